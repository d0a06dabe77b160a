import Model
import Synchronization

/// Pictures as they are, decoded when they are asked for: each takes a process, so that those that were shown last are kept,
/// and many at once share their processes.
final class DecodedPictures: Sendable {
  let encoded: EncodedPictures
  private let kept = Mutex(Kept())

  /// Of all that are kept.
  private static let maxBytes = 64 << 20

  private struct Kept {
    var pictures: [Int: Image] = [:]
    /// In the order in which they came.
    var rows: [Int] = []
    var bytes = 0

    mutating func add(_ picture: Image, at row: Int) {
      guard pictures.updateValue(picture, forKey: row) == nil else { return }
      rows.append(row)
      bytes += picture.pixels.count
      while bytes > maxBytes, rows.count > 1, let oldest = pictures.removeValue(forKey: rows.removeFirst()) {
        bytes -= oldest.pixels.count
      }
    }
  }

  init(_ encoded: EncodedPictures) { self.encoded = encoded }

  func picture(at row: Int) -> Result<Image, PayloadProblem> {
    if let picture = kept.withLock({ $0.pictures[row] }) { return .success(picture) }
    let result = PictureDecoding(workers: 1).pictures(encoded, at: [row])[0]
    if case .success(let picture) = result { kept.withLock { $0.add(picture, at: row) } }
    return result
  }

  func pictures(at rows: [Int]) -> [Result<Image, PayloadProblem>] {
    PictureDecoding(workers: 1).pictures(encoded, at: rows)
  }
}
