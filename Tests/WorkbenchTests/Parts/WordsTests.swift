import Foundation
import Testing
import Workbench

/// Words that readers did not understand, or that are no terms of the field, do not come back: neither into a string of
/// the program, nor onto a screen by being put together.
@Suite struct WordsTests {
  static let unwanted = [
    "drawn at random", "can be named", "have a place far from", "arrived together", "improbable label",
    "farther than the tail", "spelt less", "spelt unlike", "second component of", "alike samples",
    "driven by",
    "seen by", "means nothing here", "open again", "decide again what was", "are so already",
    "place, content",
    "beyond reason", "taken back", "take back", "makes no groups", "Such as:",
    "put in order", "in order…", "that nobody has decided", "stand twice", "must be there",
    "is no key", "Only numbers came", "of less evidence",
    "is to be sorted by", "Esc leaves", "does it, Esc", "of wrong labels on", "without a place",
    "no condition says",
    "samples as RELABEL",
    "no column of numbers", "change the order of text", "behind a key", "another id than the file has",
  ]

  @Test func noStringOfTheProgramHoldsThem() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let grep = Process()
    let output = Pipe()
    grep.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Within quotes; what a comment says is no matter of this test.
    let words = Self.unwanted.map { $0.replacing(".", with: "\\.") }.joined(separator: "|")
    grep.arguments = [
      "grep", "-rniE", "--include=*.swift", "^[^/]*\"[^\"]*(\(words))", sources.path,
    ]
    grep.standardOutput = output
    try grep.run()
    let found = try output.fileHandleForReading.readToEnd() ?? Data()
    grep.waitUntilExit()
    #expect(grep.terminationStatus == 1, "\(String(decoding: found, as: UTF8.self))")
  }

  @Test(arguments: MadeUpCase.allCases)
  func noScreenShowsThem(_ kind: MadeUpCase) {
    for screen in ScreenToSee.allCases {
      var desk = Desk(kind, size: .init(height: 60, width: 200), beside: screen.beside(kind))
      desk.press(screen.keys)
      let text = desk.session.frame().text().lowercased()
      for word in Self.unwanted where text.contains(word.lowercased()) {
        Issue.record("\(screen): \(word)")
      }
    }
  }
}
