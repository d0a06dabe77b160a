/// Every detector, in the order in which its column stands in scores.csv. A new detector is one line here.
package enum DetectorRegistry {
  package static let all: [any Detector] = [
    ConfidentLearning(),
    SelfConfidence(),
    Margin(),
    NeighborDisagreement(),
    SpectralSignature(),
    ActivationClustering(),
    ClassDistance(),
    NeighborDistance(),
    NearDuplicates(),
    WordTriggers(),
    CharacterTriggers(),
    CellTriggers(),
    PatchTriggers(),
    ShiftedPatchTriggers(),
    BlendTriggers(),
    EL2N(),
    GraNd(),
  ]
}
