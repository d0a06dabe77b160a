import Foundation
import Model
import Review
import Testing

/// The reader and the writer of lines against Foundation's JSON and calendar.
@Suite struct LineFormatTests {
  /// Ids, notes and names of every kind, some of them hostile.
  static func text(_ random: inout SystemRandomNumberGenerator) -> String {
    let pieces = [
      "a", "\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{2028}", "😀", "\u{202E}", "/", "</", "ß",
      "\t", "0",
      "\u{FFFF}", "名",
    ]
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  static func decision(_ random: inout SystemRandomNumberGenerator) -> Decision {
    let acts: [Decision.Act] = [
      .verdict(.poisoned), .verdict(.clean), .verdict(.unsure), .verdict(.relabel(text(&random))),
      .undo(.random(in: 0...UInt64.max, using: &random)),
      .tag(text(&random), isSet: Bool.random(using: &random)),
    ]
    let act = acts.randomElement(using: &random) ?? .verdict(.clean)
    var settles: [Decision.Settled]?
    if case .verdict = act, Bool.random(using: &random) {
      settles = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        .init(
          reviewer: text(&random), verdict: Bool.random(using: &random) ? .relabel(text(&random)) : .clean)
      }
    }
    let isShown = Bool.random(using: &random)
    return Decision(
      at: .random(in: -12_000_000_000_000...253_000_000_000_000, using: &random), reviewer: text(&random),
      samples: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        return .init(id: text(&random), digest: Bool.random(using: &random) ? Digest(bytes: bytes) : nil)
      },
      act: act,
      note: Bool.random(using: &random) ? text(&random) : nil,
      shown: isShown
        ? .init(suspicion: .random(in: 0...1, using: &random), rank: 7, version: text(&random)) : nil,
      by: Bool.random(using: &random) ? text(&random) : nil, settles: settles)
  }

  @Test func linesAreJSONThatFoundationReadsAlike() throws {
    struct Line: Decodable {
      struct Sample: Decodable, Equatable {
        var id: String
        var digest: String?
      }
      struct Shown: Decodable { var suspicion: Float }
      struct Settled: Decodable, Equatable {
        var reviewer, verdict: String
        var label: String?
      }
      var v: Int
      var seq: UInt64
      var at, reviewer, verdict, prev: String
      var samples: [Sample]
      var label, note, by, tag: String?
      var settles: [Settled]?
      var undoes: UInt64?
      var shown: Shown?
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)").path
    var random = SystemRandomNumberGenerator()
    let decisions = (0..<400).map { _ in Self.decision(&random) }
    do {
      var writer = try JournalWriter(path: path)
      for decision in decisions { _ = try writer.append(decision) }
    }
    let read = try Journal.read(path: path)
    #expect(read.problems.isEmpty)
    let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == decisions.count && read.decisions.count == decisions.count)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for (index, (bytes, decision)) in zip(lines, decisions).enumerated() {
      var expected = decision
      expected.sequence = UInt64(index) + 1
      #expect(read.decisions[index] == expected)
      let line = try JSONDecoder().decode(Line.self, from: Data(bytes))
      let settles = decision.settles?.map {
        Line.Settled(reviewer: $0.reviewer, verdict: $0.verdict.word, label: $0.verdict.newLabel)
      }
      #expect(line.settles == settles)
      if case .tag(let word, _) = decision.act { #expect(line.tag == word) }
      let version = decision.settles != nil || line.tag != nil ? 3 : 1
      #expect(line.v == version && line.seq == expected.sequence && line.reviewer == decision.reviewer)
      #expect(line.samples == decision.samples.map { .init(id: $0.id, digest: $0.digest?.hex) })
      #expect(line.note == decision.note && line.by == decision.by && line.verdict == decision.act.word)
      #expect(line.shown?.suspicion == decision.shown?.suspicion)
      let date = try Date(line.at, strategy: style)
      #expect(Int64((date.timeIntervalSince1970 * 1000).rounded()) == decision.at)
    }
  }

  /// Lines between were taken out, and the chain was made anew: the hashes follow one another, the numbers do not.
  @Test(arguments: [0, 1, 2, 3]) func aNumberThatDoesNotFollowIsNoticed(number: Int) {
    func line(_ number: Int, after line: String?) -> String {
      let prev = line.map { Array($0.utf8).withUnsafeBytes(SHA256.digest).hex } ?? Digest.zero.hex
      return #"{"at":"2026-03-01T09:30:00.123Z","reviewer":"ada","samples":[],"seq":\#(number),"v":1,"#
        + #""verdict":"clean","prev":"\#(prev)"}"#
    }
    let first = line(1, after: nil)
    let journal = Array((first + "\n" + line(number, after: first) + "\n").utf8)
    let contents = journal.withUnsafeBytes(Journal.parse)
    #expect(contents.decisions.count == (number == 2 ? 2 : 1))
    #expect(contents.problems.map(\.description) == (number == 2 ? [] : ["line 2: has the number \(number)"]))
  }

  @Test func timesAreReadAsFoundationReadsThem() throws {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let at = Int64.random(in: -62_000_000_000_000...253_000_000_000_000, using: &random)
      let text = Timestamp.text(at)
      #expect(Timestamp.milliseconds(text) == at)
      // Before 1583 Foundation's calendar is the Julian one; ISO 8601 has the Gregorian all along.
      guard at > -12_200_000_000_000 else { continue }
      let date = try Date(text, strategy: style)
      #expect(Int64((date.timeIntervalSince1970 * 1000).rounded()) == at, "\(text)")
    }
    #expect(Timestamp.milliseconds("1970-01-01T00:00:00Z") == 0)
    #expect(Timestamp.milliseconds("1970-01-01T00:00:00.5Z") == 500)
    #expect(Timestamp.milliseconds("1970-01-01T00:00:00.12345678901234567890123Z") == 123)
    for wrong in [
      "", "Z", "1970-01-01T00:00:00", "1970-02-30T00:00:00Z", "1970-13-01T00:00:00Z", "1970-01-00T00:00:00Z",
      "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z", "1970-01-01T00:00:00.Z",
      "1970-01-01T00:00:00.1x3Z", "1970-01-01 00:00:00Z", "+970-01-01T00:00:00Z", "1970-01-01T00:00:00ZZ",
    ] { #expect(Timestamp.milliseconds(wrong) == nil, "\(wrong)") }
  }

  /// Valid JSON in another hand: spaces, order, escapes, members that nobody knows.
  @Test func otherHandsAreRead() {
    let line =
      "{ \"v\" : 1, \"prev\":\"\(String(repeating: "0", count: 64))\",\"x\":[1.5e3,{\"y\":null},true,\"\\u00e9\"],"
      + "\"seq\":1 ,\"at\":\"2026-01-01T00:00:00Z\",\"reviewer\":\"\\ud83d\\ude00\\/\",\"note\":null,"
      + "\"samples\":[ {\"id\":\"\\u0041\",\"digest\":null} ],\"verdict\":\"clean\"}\n"
    let contents = Data(line.utf8).withUnsafeBytes(Journal.parse)
    #expect(contents.problems.isEmpty)
    #expect(contents.decisions.first?.reviewer == "😀/" && contents.decisions.first?.samples.first?.id == "A")
  }

  /// Eight bytes of a string are looked at at once: what ends, escapes or spoils it is seen at every place of them.
  @Test func everyByteOfAStringCounts() {
    let prev = String(repeating: "0", count: 64)
    func reviewer(_ name: [UInt8]) -> [UInt8]? {
      let line =
        Array("{\"at\":\"2026-01-01T00:00:00Z\",\"samples\":[],\"seq\":1,\"v\":1,\"verdict\":\"clean\",".utf8)
        + Array("\"reviewer\":\"".utf8) + name + Array("\",\"prev\":\"\(prev)\"}\n".utf8)
      return line.withUnsafeBytes(Journal.parse).decisions.first.map { Array($0.reviewer.utf8) }
    }
    for length in 1...18 {
      for place in 0..<length {
        var name = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        for byte in UInt8.min...UInt8.max {
          name[place] = byte
          let standsForItself =
            (0x20..<0x80).contains(byte) && ![UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(byte)
          #expect(reviewer(name) == (standsForItself ? name : nil), "byte \(byte) at \(place) of \(length)")
        }
        name.replaceSubrange(place...place, with: Array("é".utf8))
        #expect(reviewer(name) == name)
        name.replaceSubrange(place...place + 1, with: Array("\\n".utf8))
        #expect(reviewer(name)?.count == length && reviewer(name)?[place] == 0x0A)
      }
    }
  }

  /// Numbers are read as the standard library reads them, short ones without its help.
  @Test func numbersAreTheNearestOnes() {
    let prev = String(repeating: "0", count: 64)
    func suspicion(_ number: String) -> Float? {
      let line =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"reviewer\":\"a\",\"samples\":[],\"seq\":1,\"v\":1,\"verdict\":\"clean\","
        + "\"shown\":{\"rank\":1,\"suspicion\":\(number),\"version\":\"\"},\"prev\":\"\(prev)\"}\n"
      return Data(line.utf8).withUnsafeBytes(Journal.parse).decisions.first?.shown?.suspicion
    }
    var random = SystemRandomNumberGenerator()
    let drawn = (0..<2000).map { _ in
      let digits = (0..<Int.random(in: 1...18, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }
      return "0." + digits.joined()
    }
    for text in drawn + [
      "0", "1", "0.1", "9007199254740993", "9007199254740.993", "1e-7", "-0.5", "0.30000001192092896",
    ] {
      #expect(suspicion(text) == Double(text).map { Float($0) }, "\(text)")
    }
    for wrong in ["1.", ".5", "01", "1.2.3", "+1", "1e999", "-", "0x1"] {
      #expect(suspicion(wrong) == nil, "\(wrong)")
    }
  }

  @Test func whatIsNoJSONIsNoDecision() {
    let prev = String(repeating: "0", count: 64)
    let good =
      "{\"at\":\"2026-01-01T00:00:00Z\",\"reviewer\":\"a\",\"samples\":[],\"seq\":1,\"v\":1,\"verdict\":\"clean\","
      + "\"prev\":\"\(prev)\"}"
    func count(_ line: String) -> Int {
      Data((line + "\n").utf8).withUnsafeBytes(Journal.parse).decisions.count
    }
    #expect(count(good) == 1)
    let faults: [(String, String)] = [
      ("\"a\",", "\"a\\x\","), ("\"a\",", "\"\\ud800\","), ("\"a\",", "\"\u{1}\","), ("[]", "[,]"),
      ("[]", "[{}]"),
      ("[]", "[{\"id\":1}]"), ("\"seq\":1", "\"seq\":01"), ("\"seq\":1", "\"seq\":-1"),
      ("\"v\":1", "\"v\":4"),
      ("clean\",", "clean\",\"label\":\"x\","), ("clean", "undo"), ("clean", "tag"),
      ("clean\",", "clean\",\"tag\":\"x\","), ("clean\",", "tag\",\"tag\":\"x\",\"label\":\"x\","),
      ("clean\",", "tag\",\"tag\":\"x\",\"settles\":[],"),
      ("clean\",", "clean\",\"settles\":[{\"reviewer\":\"b\"}],"),
      ("clean\",", "clean\",\"settles\":[{\"reviewer\":\"b\",\"verdict\":\"relabel\"}],"), ("\"v\":1,", ""),
      (prev, "0"),
      ("[]", String(repeating: "[", count: 100_000)), ("{\"at\"", "[\"at\""), (",\"seq\"", ",,\"seq\""),
    ]
    for (part, fault) in faults {
      #expect(count(good.replacing(part, with: fault)) == 0, "\(fault.prefix(30))")
    }
    #expect(count(good + "x") == 0)
  }
}
