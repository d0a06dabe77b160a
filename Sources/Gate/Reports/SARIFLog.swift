/// The parts of SARIF 2.1.0 (OASIS, 2020) that a gate needs. Names are those of its schema.
package struct SARIFLog: Encodable {
  struct Message: Encodable {
    let text: String
  }
  struct Configuration: Encodable {
    let level: String
  }
  struct Rule: Encodable {
    let id: String
    let shortDescription: Message
    let defaultConfiguration: Configuration
  }
  struct Driver: Encodable {
    let name: String
    let semanticVersion: String
    let rules: [Rule]
  }
  struct Tool: Encodable {
    let driver: Driver
  }
  struct ArtifactLocation: Encodable {
    let uri: String
  }
  struct Region: Encodable {
    let startLine: Int
  }
  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }
  struct LogicalLocation: Encodable {
    let name: String
    let kind: String
  }
  struct Location: Encodable {
    let physicalLocation: PhysicalLocation
    let logicalLocations: [LogicalLocation]?
  }
  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    /// By which a result is known again in the next run.
    let partialFingerprints: [String: String]
  }
  struct Invocation: Encodable {
    let executionSuccessful: Bool
  }
  struct Run: Encodable {
    let tool: Tool
    let invocations: [Invocation]
    let results: [Result]
    let columnKind: String
  }

  let schema: String
  let version: String
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }
}
