import Model

/// What one line of a journal says.
struct JournalLine {
  enum Content {
    case decision(Decision)
    /// A decision in parts begins: it shall have `total` samples.
    case begin(Decision, total: UInt64)
    /// Further samples of the decision that began at the line `of`.
    case more([Decision.SampleReference], of: UInt64, isEnd: Bool)
  }
  let sequence: UInt64
  let prev: Digest
  let content: Content
}

/// Reads one line of a journal. Members may stand in any order; unknown ones are passed over.
enum LineReader {
  /// - Throws: `JournalProblem.Reason`.
  static func read(_ bytes: UnsafeRawBufferPointer) throws -> JournalLine {
    var json = JSONCursor(bytes)
    var members = Members()
    try json.object { json, name in try members.take(name, &json) }
    try json.end()
    return try members.line()
  }

  private struct Members {
    var v, seq, undoes, of, total: UInt64?
    var at: Int64?
    var reviewer, verdict, label, note, by, part, tag: String?
    var prev: Digest?
    var samples: [Decision.SampleReference]?
    var shown: Decision.Shown?
    var removed: Decision.Removed?
    var settles: [Decision.Settled]?

    mutating func take(_ name: JSONName, _ json: inout JSONCursor) throws {
      switch name {
      case "v": v = try json.unsigned()
      case "seq": seq = try json.unsigned()
      case "undoes": undoes = try json.optional { try $0.unsigned() }
      case "of": of = try json.unsigned()
      case "total": total = try json.unsigned()
      case "at": at = try json.time()
      case "reviewer": reviewer = try json.string()
      case "verdict": verdict = try json.string()
      case "label": label = try json.optional { try $0.string() }
      case "note": note = try json.optional { try $0.string() }
      case "by": by = try json.optional { try $0.string() }
      case "part": part = try json.string()
      case "prev": prev = try json.digest()
      case "samples": samples = try LineReader.samples(&json)
      case "shown": shown = try json.optional { try LineReader.shown(&$0) }
      case "removed": removed = try LineReader.removed(&json)
      case "tag": tag = try json.string()
      case "settles": settles = try LineReader.settles(&json)
      default: try json.skip()
      }
    }

    func line() throws -> JournalLine {
      guard let v, (1...3).contains(v) else {
        throw JournalProblem.Reason(v.map { "version \($0) is not known" } ?? "has no version")
      }
      guard let seq, let prev, let samples else { throw JournalProblem.Reason("is no decision") }
      let content: JournalLine.Content
      switch (part, of, total) {
      case (nil, nil, nil): content = .decision(try decision(seq, samples))
      case ("begin", nil, let total?): content = .begin(try decision(seq, samples), total: total)
      case ("more", let of?, nil): content = .more(samples, of: of, isEnd: false)
      case ("end", let of?, nil): content = .more(samples, of: of, isEnd: true)
      default: throw JournalProblem.Reason("is no part of a decision")
      }
      return JournalLine(sequence: seq, prev: prev, content: content)
    }

    private func decision(_ seq: UInt64, _ samples: [Decision.SampleReference]) throws -> Decision {
      guard let at else {
        throw JournalProblem.Reason("'at' is no time")
      }
      guard let reviewer, let verdict else { throw JournalProblem.Reason("is no decision") }
      let act = try act(verdict)
      if settles != nil {
        guard case .verdict = act else {
          throw JournalProblem.Reason("'settles' goes with a verdict only")
        }
      }
      return Decision(
        sequence: seq, at: at, reviewer: reviewer, samples: samples, act: act, note: note, shown: shown,
        by: by,
        settles: settles)
    }

    private func act(_ verdict: String) throws -> Decision.Act {
      // Not a switch over all four: it would copy each of them for every line.
      let isAlone = label == nil && undoes == nil && removed == nil && tag == nil
      switch verdict {
      case "poisoned" where isAlone: return .verdict(.poisoned)
      case "clean" where isAlone: return .verdict(.clean)
      case "unsure" where isAlone: return .verdict(.unsure)
      case "relabel" where undoes == nil && removed == nil && tag == nil:
        if let label { return .verdict(.relabel(label)) }
      case "undo" where label == nil && removed == nil && tag == nil: if let undoes { return .undo(undoes) }
      case "tag", "untag":
        if label == nil, undoes == nil, removed == nil, let tag {
          return .tag(tag, isSet: verdict == "tag")
        }
      case "repair" where label == nil && undoes == nil && tag == nil:
        if let removed { return .repair(removed) }
      default: break
      }
      throw JournalProblem.Reason("the verdict '\(verdict)' does not go with its fields")
    }
  }

  private static func samples(_ json: inout JSONCursor) throws -> [Decision.SampleReference] {
    var samples: [Decision.SampleReference] = []
    try json.array { json in
      var id: String?
      var digest: Digest?
      try json.object { json, name in
        switch name {
        case "id": id = try json.string()
        case "digest": digest = try json.optional { try $0.digest() }
        default: try json.skip()
        }
      }
      guard let id else { throw JournalProblem.Reason("a sample has no id") }
      samples.append(.init(id: id, digest: digest))
    }
    return samples
  }

  private static func settles(_ json: inout JSONCursor) throws -> [Decision.Settled] {
    var settled: [Decision.Settled] = []
    try json.array { json in
      var reviewer, word, label: String?
      try json.object { json, name in
        switch name {
        case "reviewer": reviewer = try json.string()
        case "verdict": word = try json.string()
        case "label": label = try json.optional { try $0.string() }
        default: try json.skip()
        }
      }
      guard let reviewer, let verdict = word.flatMap({ Verdict(word: $0, newLabel: label) }) else {
        throw JournalProblem.Reason("'settles' is not whole")
      }
      settled.append(.init(reviewer: reviewer, verdict: verdict))
    }
    return settled
  }

  private static func shown(_ json: inout JSONCursor) throws -> Decision.Shown {
    var suspicion: Float?
    var rank: UInt64?
    var version: String?
    try json.object { json, name in
      switch name {
      case "suspicion": suspicion = Float(try json.number())
      case "rank": rank = try json.unsigned()
      case "version": version = try json.string()
      default: try json.skip()
      }
    }
    guard let suspicion, let rank = rank.flatMap(Int.init(exactly:)), let version else {
      throw JournalProblem.Reason("'shown' is not whole")
    }
    return .init(suspicion: suspicion, rank: rank, version: version)
  }

  private static func removed(_ json: inout JSONCursor) throws -> Decision.Removed {
    var bytes: UInt64?
    var digest: Digest?
    var file: String?
    try json.object { json, name in
      switch name {
      case "bytes": bytes = try json.unsigned()
      case "sha256": digest = try json.digest()
      case "file": file = try json.string()
      default: try json.skip()
      }
    }
    guard let bytes = bytes.flatMap(Int.init(exactly:)), let digest, let file else {
      throw JournalProblem.Reason("'removed' is not whole")
    }
    return .init(bytes: bytes, digest: digest, file: file)
  }
}
