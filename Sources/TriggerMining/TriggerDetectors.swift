import Scanning

/// The detectors of triggers, in the order in which their columns stand in scores.csv.
package enum TriggerDetectors {
  package static let all: [any Detector] = [
    WordTriggers(),
    CharacterTriggers(),
    CellTriggers(),
    PatchTriggers(),
    ShiftedPatchTriggers(),
    BlendTriggers(),
    TransformTriggers(),
  ]
}
