import Foundation
import Model
import Review
import Screen
import TestSupport
import Testing
import Workbench

/// What was typed is a script that leads to the same journal.
@Suite struct TranscriptTests {
  /// What a journal says, whatever the clock said.
  private struct Content: Equatable {
    let act: Decision.Act
    let samples: [String]
    let note, by: String?
    let settles: [Decision.Settled]?
    init(_ decision: Decision) {
      act = decision.act
      samples = decision.samples.map(\.id)
      note = decision.note
      by = decision.by
      settles = decision.settles
    }
  }

  private static func replay(_ transcript: Transcript, on kind: MadeUpCase, memory: ViewMemory? = nil) throws
    -> Desk
  {
    let script = try KeyScript(transcript.script)
    var desk = Desk(kind.samples(), memory: memory, isHeld: script.beginsHeld)
    _ = desk.session.run(script)
    return desk
  }

  @Test(arguments: [
    "Q<Enter>ppcs r2u<C-r>R.iwhy<lt> not<Enter>3jptcrop<Enter>qq",
    "Q&label = cat<Enter>*gcyT*gpfyu<C-r>Lu:mark clean where suspicion < 0.1<Enter>y",
    "QMapjM3@a@au:sort id desc<Enter>pggVp<Space><Space>gTtwo<Enter>mxF'xc",
    "#Q #:size 3<Enter><Esc>  :goto 5<Enter>p<C-z>",
  ])
  func aSessionIsPlayedAgain(_ keys: String) throws {
    var desk = Desk()
    desk.press(keys)
    desk.press(":write transcript a.keys<Enter>")
    let transcript = try #require(desk.journal.transcripts["a.keys"])
    let again = try Self.replay(transcript, on: .images)
    #expect(
      again.journal.decisions.map(Content.init) == desk.journal.decisions.map(Content.init),
      "\(transcript.script)")
    #expect(again.state.marks.decided == desk.state.marks.decided)
  }

  @Test func keysThatComeBeforeTheWorkIsDoneDoTheSameAgain() throws {
    // The answers are late: the verdicts fall on what was shown when they were given.
    var slow = SlowDesk()
    slow.press("Qp")
    slow.answerAll()
    slow.press("&label = dog<Enter>")
    slow.press("p")
    slow.send(.saved(slow.takeSaved(), after: []))
    slow.press("c")
    slow.send(.saved(slow.takeSaved(), after: []))
    slow.answerAll()
    slow.press("p")
    slow.send(.saved(slow.takeSaved(), after: []))
    let script = slow.state.session.transcript.script
    #expect(script.contains(":hold") && script.contains(":release"))
    let again = try Self.replay(slow.state.session.transcript, on: .images)
    #expect(
      again.journal.decisions.map(Content.init) == slow.state.review.decisions.map(Content.init), "\(script)")
    #expect(again.journal.decisions.count == 3)
  }

  @Test func aKeyThatCameTooSoonIsNoPartOfIt() throws {
    var state = State(
      material: MadeUpCase.images.material(), review: .init(), reviewer: "ada", capabilities: .full,
      size: Desk.standardSize)
    let journal = MemoryJournal(MadeUpCase.images.samples())
    func send(_ action: Action) { journal.send(action, to: &state) }
    send(.started(at: 0))
    for key in KeyNames.sequence("Q<Enter>") { send(.key(key, at: 1000)) }
    send(.painted(at: 1000))
    send(.key(.character("p"), at: 1010))
    send(.key(.character("r"), at: 1020))
    send(.key(.character("2"), at: 1030))
    #expect(journal.decisions.isEmpty)
    send(.key(.character("c"), at: 2000))
    let again = try Self.replay(state.session.transcript, on: .images)
    #expect(again.journal.decisions.map(Content.init) == journal.decisions.map(Content.init))
    #expect(journal.decisions.count == 1)
  }

  @Test func pastesSizesAndWhereTheLastSessionStoppedAreInIt() throws {
    var first = Desk(.texts)
    first.press("Q&label = ham<Enter>2jgq")
    var desk = Desk(.texts, memory: first.state.memory)
    desk.session.send(.resized(ScreenSize(height: 40, width: 120)))
    desk.press("Qp&")
    desk.session.send(.paste("suspicion\n< 0.9"))
    desk.press("<Enter>c<C-f>p")
    #expect(desk.journal.decisions.count == 3)
    let again = try Self.replay(
      desk.state.session.transcript, on: .texts, memory: desk.state.session.transcript.memory)
    #expect(again.journal.decisions.map(Content.init) == desk.journal.decisions.map(Content.init))
  }

  @Test func whateverIsTypedIsReadAsTheSameKeys() throws {
    var random = SeededGenerator(7)
    let keys: [Key] =
      "aZ09 #:<>\\|é日".map { Key.character($0) }
      + [
        .enter, .tab, .backTab, .escape, .backspace, .delete, .up, .home, .pageDown, .control("a"),
        .function(12), .character("\u{301}"),
      ]
    for _ in 0..<200 {
      var state = State(
        material: MadeUpCase.vectors.material(), review: .init(), reviewer: "ada", capabilities: .full,
        size: Desk.standardSize)
      let typed = (0..<30).compactMap { _ in keys.randomElement(using: &random) }
      for key in typed { _ = update(&state, .key(key, at: 0)) }
      let script = try KeyScript(state.session.transcript.script)
      let read = script.steps.flatMap { line, step in if case .keys(let keys) = step { keys } else { [Key]() }
      }
      #expect(read == typed, "\(state.session.transcript.script)")
    }
  }

  /// Random walks as people and terminals have them: nothing of time, others or faults, but answers that come late.
  @Test(arguments: MadeUpCase.allCases)
  func randomSessionsArePlayedAgain(_ kind: MadeUpCase) throws {
    var random = SeededGenerator(20_261_127)
    let samples = kind.samples()
    let bound = Context.allCases.reduce(into: [Context: [[Key]]]()) { table, context in
      table[context] = CommandTable.rows.filter {
        $0.contexts.contains(context) && $0.command != .quit && $0.command != .back
      }
      .flatMap(\.keys)
    }
    for round in 0..<6 {
      var desk = SlowDesk(samples)
      for _ in 0..<250 {
        if Int.random(in: 0..<3, using: &random) > 0 { desk.answer() }
        // A decision is saved before the next key is looked at, whoever it waited for.
        if let append = desk.takeAppend() { desk.send(.saved(append, after: [])) }
        let keys = bound[desk.state.context]?.randomElement(using: &random) ?? [.enter]
        for key in desk.state.prompt == nil
          ? keys
          : [
            [Key.enter, .escape, .character("y"), .character("1"), .character("a")].randomElement(
              using: &random) ?? .escape
          ]
        {
          desk.send(.key(key, at: desk.now))
          while desk.takeNextKey() { desk.send(.nextKey) }
          if let append = desk.takeAppend() { desk.send(.saved(append, after: [])) }
        }
      }
      let script = try KeyScript(desk.state.session.transcript.script)
      var again = Desk(samples, isHeld: script.beginsHeld)
      _ = again.session.run(script)
      #expect(
        again.journal.decisions.map(Content.init) == desk.state.review.decisions.map(Content.init),
        "round \(round)\n\(desk.state.session.transcript.script)")
      guard round == 0 else { continue }
      #expect(!desk.state.review.decisions.isEmpty)
    }
  }

  @Test func writeCompletesFormatsAndPaths() {
    var desk = Desk()
    desk.journal.names = ["out/", "out/drop.txt", "old.csv"]
    desk.press(":write tr<Tab> o<Tab>")
    guard case .line(let line)? = desk.state.prompt else { return #expect(Bool(false), "no prompt") }
    #expect(line.string == "write transcript out/")
    desk.press("<Tab>")
    guard case .line(let next)? = desk.state.prompt else { return #expect(Bool(false), "no prompt") }
    #expect(next.string == "write transcript out/drop.txt")
    desk.press("<C-u>write csv ol<Tab><Enter>")
    guard case .export("csv", "old.csv")? = desk.journal.others.last else {
      return #expect(Bool(false), "not written")
    }
  }
}
