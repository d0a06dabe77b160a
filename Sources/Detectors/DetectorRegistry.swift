import Scanning
import TriggerMining

/// Every detector, in the order in which its column stands in scores.csv. A new detector is one line in its family.
package enum DetectorRegistry {
  package static let all: [any Detector] =
    labels + representation + density + duplicates + TriggerDetectors.all + gradients + origin

  private static let labels: [any Detector] = [
    ConfidentLearning(), SelfConfidence(), Margin(), LabelNoise(), NeighborDisagreement(),
    NeighborPlurality(),
    LabelPairs(), ClassDiscriminant(),
  ]
  private static let representation: [any Detector] = [
    SpectralSignature(), ActivationClustering(), SCAn(), SPECTRE(), FeatureCollision(),
  ]
  private static let density: [any Detector] = [
    ClassDistance(), NeighborDistance(), LocalOutlier(), ClassMahalanobis(), ClassResidual(),
    IsolationForest(),
    SpectrumDistance(), HighFrequencies(), Scaling(), WordNovelty(), CharacterSurprise(),
    Interpolation(), RandomValues(),
  ]
  private static let duplicates: [any Detector] = [
    NearDuplicates(), ExactCopies(), TextCopies(), PictureCopies(),
  ]
  private static let gradients: [any Detector] = [
    EL2N(), GraNd(), GradientDirection(), AreaUnderMargin(), Forgetting(), RobustLoss(), EarlyLearned(),
  ]
  private static let origin: [any Detector] = [
    WindowLabels(), WindowFlags(), SourceLabels(), SourceFlags(), NeighborTimes(), NeighborSources(),
  ]
}
