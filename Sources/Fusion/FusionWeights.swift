import CFusionWeights
import Foundation

/// All that the fusion has learnt, and from what: a file that `foretaste fit` writes and that stands in the program.
package struct FusionWeights: Sendable, Codable, Equatable {
  /// Where the weights come from, and how well they did on what they had not seen.
  package struct Provenance: Sendable, Codable, Equatable {
    package struct FittedSet: Sendable, Codable, Equatable {
      package var name: String
      package var digest: String
      package var samples: Int
      package var poisoned: Int
      package init(name: String, digest: String, samples: Int, poisoned: Int) {
        self.name = name
        self.digest = digest
        self.samples = samples
        self.poisoned = poisoned
      }
    }
    /// Means over the sets of one attack, of one modality, or of all, none of which the trees were grown on.
    package struct HeldOut: Sendable, Codable, Equatable {
      package var group: String
      package var sets: Int
      package var auroc: Double
      package var averagePrecision: Double
      package var tprAt1: Double
    }
    package var tool: String
    package var date: String
    package var seed: UInt64
    package var detectors: [String]
    package var sets: [FittedSet]
    package var heldOut: [HeldOut]
  }

  package static let schemaVersion = 3
  package var schema = FusionWeights.schemaVersion
  package var provenance: Provenance
  package var reliability: ReliabilityModel
  package var calibration: SuspicionCalibration
  /// Of members of findings: log odds that they are poison. How much of a set is poison has no part in them, as the
  /// finding has ruled out chance.
  package var memberCalibration: SuspicionCalibration

  package init(
    provenance: Provenance, reliability: ReliabilityModel, calibration: SuspicionCalibration,
    memberCalibration: SuspicionCalibration
  ) {
    self.provenance = provenance
    self.reliability = reliability
    self.calibration = calibration
    self.memberCalibration = memberCalibration
  }

  package struct Damage: Error, CustomStringConvertible, Sendable {
    package let description: String
  }

  /// - Throws: `Damage` when the bytes are no weights that can be used.
  package init(json: Data) throws {
    guard json.count <= 64 << 20 else { throw Damage(description: "larger than 64 MB") }
    guard let decoded = try? JSONDecoder().decode(FusionWeights.self, from: json) else {
      throw Damage(description: "no fusion weights, or of another version")
    }
    guard decoded.schema == Self.schemaVersion else {
      throw Damage(
        description: "fusion weights of version \(decoded.schema); this program reads \(Self.schemaVersion)")
    }
    guard decoded.reliability.isSound, decoded.calibration.isSound,
      decoded.calibration.curve.count >= 2, decoded.memberCalibration.isSound
    else {
      throw Damage(description: "fusion weights that are damaged")
    }
    self = decoded
  }

  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// The weights that the program came with.
  package static let builtIn: FusionWeights = {
    do {
      var size = 0
      guard let bytes = fusion_weights(&size) else { preconditionFailure("no built-in fusion weights") }
      return try FusionWeights(json: Data(bytes: bytes, count: size))
    } catch {
      preconditionFailure("the built-in fusion weights: \(error)")
    }
  }()

  /// Detectors that the weights know.
  package var detectors: Set<String> { Set(provenance.detectors) }
}
