import Glibc

/// The constants of `TriggerMiner`, by stage.
package enum MiningParameters {
  /// Rounds of mining; each but the first needs a finding in the round before.
  static let maxRounds = 4

  // Candidates
  /// Items with fewer holders are not tested.
  package static let minHolders = 5
  /// An item that holds a larger share of a class describes the class, and is not tested against it.
  package static let maxShareOfClass = 2.0 / 3

  // Screen
  /// Holders of an item whose neighbors vote.
  static let maxVoting = 64
  /// Candidates of each list that are confirmed. The overlapping items of one trigger are some ten to a hundred.
  static let shortlistLength = 200
  /// log p above which a screened item is dropped. It is lenient, as a probe that has seen the holders of a trigger has
  /// partly learnt it.
  static let maxLogP = -3.0

  // Null
  /// Items that a block of sites samples, and items of these with distinct holders that ρ is fitted to.
  static let (maxSampled, maxFitted) = (600, 300)

  // Confirm
  /// Candidates of each list that are refined, and refinements of each list that are confirmed.
  static let (maxRefined, maxRefinements) = (50, 50)
  /// The strongest candidates are counted again over more of their holders: a few holders cannot be many more than
  /// expected of a label that most samples have.
  static let (maxRecounted, maxRecountedHolders) = (32, 512)

  // Select
  /// Family-wise error: one clean set in a thousand shows a finding.
  static let level = 0.001
  static let logLevel = log(level)
  /// Level of an item over the holders that no stronger trigger explains. It is one test of an item that is significant
  /// over all its holders already, and is not corrected.
  static let levelOfRest = 0.001
  /// Standard errors by which the holders may be fewer than those by chance and those that were planted.
  static let maxMissingHolders = 2.0
  /// Standard errors (at one in twenty) by which the label of the holders is less probable by the content than that of others.
  static let minContradiction = 1.645
  /// Share of the members of a trigger without a label that must have one label for the trigger to be named by it.
  static let minShareOfLabel = 0.9
  /// Purity from which an item decides the label, and below which it only shifts its odds.
  static let (decidingPurity, minPurity) = (0.9, 0.3)
  /// Between the two, the area under the curve above which the rest of the samples tells members from clean holders.
  static let maxAreaOfRest = 0.7
  /// Holders that this area is taken over.
  static let maxRankedHolders = 4_096
}
