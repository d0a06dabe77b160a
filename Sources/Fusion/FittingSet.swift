import Numerics

/// A set whose truth is known, as the fusion is fitted on it.
package struct FittingSet: Sendable {
  package let name: String
  /// Folder of sets that it is one of.
  package let root: String
  package let digest: String
  package let modality: String
  /// Attack that is left out together with all others of its name; "none" of a clean set.
  package let attack: String
  /// nil where a sample counts neither way.
  package let truth: [Bool?]
  let views: FusionViews
  /// By detector of the views its average precision on the set; empty where there is nothing to tell apart.
  let precisions: [Double]

  package init(
    name: String, root: String = "", digest: String, modality: String, attack: String, truth: [Bool?],
    views: FusionViews
  ) {
    precondition(truth.count == views.count)
    self.name = name
    self.root = root
    self.digest = digest
    self.modality = modality
    self.attack = attack
    self.truth = truth
    self.views = views
    let counted = truth.indices.filter { truth[$0] != nil }
    let poisoned = counted.map { truth[$0] == true }
    precisions =
      poisoned.contains(true) && poisoned.contains(false)
      ? views.detectors.map { view in
        Quality.averagePrecision(counted.map { view.tail[$0] }, truth: poisoned)
      } : []
  }

  /// Whether there are both poison and clean samples to tell apart.
  var isMixed: Bool { !precisions.isEmpty }

  /// The scores that a model gives the samples.
  func score(_ model: ReliabilityModel) -> [Float] {
    SuspicionScore(views) { model.reliability(of: $0.name, $1) }.values
  }
}
