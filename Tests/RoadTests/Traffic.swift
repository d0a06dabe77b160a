import Foundation
import TestSupport
import Testing

/// What the real program sends to a terminal of 200x60.
struct Traffic {
  private static let (height, width) = (60, 200)
  private let pty: Pty
  private let review: ReviewInTerminal

  init(_ road: Road) throws {
    pty = try Pty(height: Self.height, width: Self.width)
    review = try ReviewInTerminal(
      road.dataset, in: road.folder, on: pty, options: ["--case", road.casePath, "--read-only"])
    _ = try #require(pty.take(until: "incidents"), "the dashboard never came")
    _ = settled()
  }

  func end() {
    pty.type("gq")
    pty.hangUp()
    review.process.waitUntilExit()
  }

  /// Bytes until nothing more comes.
  private func settled() -> Int {
    var (bytes, silent) = (0, 0)
    while silent < 8 {
      usleep(25_000)
      let new = pty.take().count
      silent = new == 0 ? silent + 1 : 0
      bytes += new
    }
    return bytes
  }

  /// What a key sends at once, and what follows when the cursor rests.
  func type(_ keys: String) -> (atOnce: Int, later: Int) {
    pty.type(keys)
    var atOnce = 0
    for _ in 0..<200 where atOnce == 0 {
      usleep(2000)
      atOnce += pty.take().count
    }
    usleep(10_000)
    atOnce += pty.take().count
    return (atOnce, settled())
  }
}

extension SampleSetRoadTests {
  /// A step of the cursor is at most 1 KB; a screen without pictures is drawn anew in 15 KB.
  func traffic(_ road: Road) throws {
    let traffic = try Traffic(road)
    for (open, moves) in [
      ("D", "jk"), ("Q", "jjjj"), ("V", "llll"), ("qT", "jkjk"), ("qF", "lh"), ("qC", "lljjh"), ("qW", "hh"),
      ("qS", "jk"), ("?", "jk"),
    ] {
      _ = traffic.type(open)
      // On a busy machine what follows when the cursor rests may be read with the step: the least of several counts.
      let sent = moves.map { traffic.type(String($0)).atOnce }
      #expect((sent.min() ?? 0) <= 1024, "\(moves) after \(open): \(sent)")
    }
    _ = traffic.type("qD")
    // A picture of many colors alone takes more: a cell of two colors is sent as up to 25 bytes.
    let hasPictures = road.dataset.hasSuffix("digits")
    for open in ["F", "qW", "qS", "q?"] + (hasPictures ? [] : ["q", "T", "qC", "qQV", "qqD"]) {
      _ = traffic.type(open)
      let sent = traffic.type("\u{0C}")
      #expect(sent.atOnce + sent.later <= 15 * 1024, "\(open): \(sent)")
    }
    traffic.end()
  }
}
