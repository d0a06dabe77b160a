import Features
import Model
import Numerics

extension Dataset {
  /// The same with the encoder's features as its embedding. One that lies in the dataset gives way, and a note says so:
  /// to name an encoder is to ask for it.
  /// - Parameter progress: told 0...1, from any thread.
  /// - Throws: `EncoderGap` where the encoder has nothing to say of such samples, else what `checkCancellation` throws.
  package func encoded(
    by encoder: any SampleEncoder, workers: Workers, progress: @escaping @Sendable (Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> Dataset {
    if let gap = encoder.gap(in: self) { throw EncoderGap(reason: gap) }
    var result = self
    result.features = try encoder.features(
      of: self, workers: workers, progress: progress, checkCancellation: checkCancellation)
    result.encoder = encoder.identity
    if let own = features {
      result.notes.append(
        "the dataset's own embedding, \(own.columns) dimensions, is not looked at: an encoder was named")
    }
    return result
  }
}

/// Why an encoder cannot encode a dataset, in one line.
package struct EncoderGap: Error {
  package let reason: String
  package init(reason: String) { self.reason = reason }
}
