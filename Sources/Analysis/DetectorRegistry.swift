/// Every detector, in the order in which its column stands in scores.csv. A new detector is one line here.
package enum DetectorRegistry {
  package static let all: [any Detector] = [
    ConfidentLearning(),
    SelfConfidence(),
    Margin(),
    LabelNoise(),
    NeighborDisagreement(),
    NeighborPlurality(),
    LabelPairs(),
    ClassDiscriminant(),
    SpectralSignature(),
    ActivationClustering(),
    SCAn(),
    SPECTRE(),
    FeatureCollision(),
    ClassDistance(),
    NeighborDistance(),
    LocalOutlier(),
    ClassMahalanobis(),
    ClassResidual(),
    IsolationForest(),
    SpectrumDistance(),
    HighFrequencies(),
    WordNovelty(),
    CharacterSurprise(),
    NearDuplicates(),
    ExactCopies(),
    TextCopies(),
    PictureCopies(),
    WordTriggers(),
    CharacterTriggers(),
    CellTriggers(),
    PatchTriggers(),
    ShiftedPatchTriggers(),
    BlendTriggers(),
    TransformTriggers(),
    EL2N(),
    GraNd(),
    GradientDirection(),
    AreaUnderMargin(),
    Forgetting(),
    RobustLoss(),
    WindowLabels(),
    WindowFlags(),
    SourceLabels(),
    SourceFlags(),
    NeighborTimes(),
    NeighborSources(),
  ]

  /// Family of the detector of that name; nil where there is none.
  package static func family(of name: String) -> DetectorInfo.Family? { families[name] }

  private static let families = Dictionary(
    all.map { ($0.info.name, $0.info.family) }, uniquingKeysWith: { first, _ in first })
}
