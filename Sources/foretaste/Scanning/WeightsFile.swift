import Foundation
import Fusion
import Model

/// Fusion weights that an expert brings.
struct WeightsFile {
  let weights: FusionWeights
  /// SHA-256 of the file, hexadecimal: a case made with other weights is not current.
  let digest: String
  let name: String

  /// - Throws: `Failure` when the file cannot be read or holds no weights.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(ExitStatus.noInput, "\(path): cannot be read")
    }
    do {
      weights = try FusionWeights(json: data)
    } catch {
      throw Failure(ExitStatus.dataError, "\(path): \(error)")
    }
    digest = data.withUnsafeBytes(SHA256.digest).hex
    name = path.split(separator: "/").last.map(String.init) ?? path
  }
}
