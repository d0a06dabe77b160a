import Model
import Review
import Screen

extension State {
  mutating func relabelMany(_ argument: String) -> [Effect] {
    guard mayDecideForMany() else { return [] }
    let classes = material.report.facts.classes
    if !argument.isEmpty {
      guard let label = knownLabel(argument) else { return [] }
      return askForMany(.verdict(.relabel(label)))
    }
    guard !classes.isEmpty else {
      messages.say("this dataset has no labels", .warning)
      return []
    }
    prompt = .label(LabelPrompt(.selection, classes: classes))
    return []
  }

  mutating func begin(_ bulk: Session.PendingBulk) -> [Effect] {
    session.bulk = bulk
    let title = "reading \(counted(bulk.rows.count, "sample"))"
    messages.say(title + "…")
    return want(title, .references(bulk.rows), .references)
  }

  /// The digests are there: now it can be written.
  mutating func finishBulk(_ samples: [Decision.SampleReference]) -> [Effect] {
    guard let bulk = session.bulk, samples.count == bulk.rows.count else { return [] }
    session.bulk = nil
    session.parts = parts(of: bulk, samples)
    return appendNextPart()
  }

  /// A decision has one verdict, and settles the same of all its samples: where that differs, there are several.
  private func parts(of bulk: Session.PendingBulk, _ samples: [Decision.SampleReference]) -> [Session
    .BulkPart]
  {
    struct Key: Hashable {
      let verdict: Verdict?
      let settles: [Decision.Settled]?
    }
    let agreement = bulk.isAdjudication ? agreement : Agreement([])
    var parts: [Session.BulkPart] = []
    var places: [Key: Int] = [:]
    for (row, sample) in zip(bulk.rows, samples) {
      let act: Decision.Act
      var key = Key(verdict: nil, settles: nil)
      switch bulk.decides {
      case .tag(let word, let isSet): act = .tag(word, isSet: isSet)
      case .verdict(let choice):
        guard let verdict = choice.verdict(of: Int(row), material.report) else { continue }
        act = .verdict(verdict)
        key = Key(
          verdict: verdict,
          settles: bulk.isAdjudication
            ? agreement.opinions(on: sample.id).settling(by: session.reviewer) : nil)
      }
      let place = places[key] ?? parts.count
      if place == parts.count {
        places[key] = place
        parts.append(Session.BulkPart(act: act, settles: key.settles, rows: [], samples: [], rule: bulk.rule))
      }
      parts[place].rows.append(row)
      parts[place].samples.append(sample)
    }
    return parts
  }

  /// Writes what is left of a decision for many.
  mutating func appendNextPart() -> [Effect] {
    guard !session.parts.isEmpty else { return [] }
    let part = session.parts.removeFirst()
    return append(
      part.act, rows: part.rows, samples: part.samples, rule: part.rule, settles: part.settles, intent: .bulk)
  }
}
