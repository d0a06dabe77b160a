import ArgumentParser
import Model
import Simulation

/// What `simulate` plants: an attack, or an everyday history in which nothing is poison.
enum Simulated: ExpressibleByArgument {
  case attack(Attack)
  case history(History)

  init?(argument: String) {
    if let attack = Attack(rawValue: argument) {
      self = .attack(attack)
    } else if let history = History(rawValue: argument) {
      self = .history(history)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { Attack.allCases.map(\.rawValue) + History.allCases.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  var name: String {
    switch self {
    case .attack(let attack): attack.rawValue
    case .history(let history): history.rawValue
    }
  }

  func planted(in dataset: Dataset, rate: Double, seed: UInt64) throws(CannotPlant) -> Planting {
    switch self {
    case .attack(let attack): try Planter.plant(attack, in: dataset, rate: rate, seed: seed)
    case .history(let history): try Planter.plant(history, in: dataset, rate: rate, seed: seed)
    }
  }
}
