import Model
import Review

/// What the screens show of samples, and what decisions say of them, is read elsewhere and comes as values.
extension State {
  /// After every action: what is shown next and not at hand.
  mutating func askForSamples() -> [Effect] {
    let lacking = samples.want(neededSamples)
    return lacking.isEmpty ? [] : [.read(lacking)]
  }

  /// What a person chose for one sample becomes a decision once its digest is there.
  mutating func choose(_ choice: Session.PendingChoice) -> [Effect] {
    session.choice = choice
    return [.identify(row: choice.row)]
  }

  mutating func takeIdentified(_ sample: Decision.SampleReference) -> [Effect] {
    guard let choice = session.choice else { return [] }
    session.choice = nil
    guard material.report.ids[choice.row] == sample.id else { return [] }
    switch choice.act {
    case .verdict(let verdict): return decide(verdict, on: sample, choice)
    case .note: return note(on: sample, choice)
    case .tag(let word, let isSet):
      return append(.tag(word, isSet: isSet), rows: [Int32(choice.row)], samples: [sample])
    }
  }
}
