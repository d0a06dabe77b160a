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
  private func settled() -> [UInt8] {
    var (bytes, silent): ([UInt8], Int) = ([], 0)
    while silent < 8 {
      usleep(25_000)
      let new = pty.take()
      silent = new.isEmpty ? silent + 1 : 0
      bytes += new
    }
    return bytes
  }

  /// What a key sends at once, and what follows when the cursor rests.
  func type(_ keys: String) -> (atOnce: [UInt8], later: [UInt8]) {
    pty.type(keys)
    var atOnce: [UInt8] = []
    for _ in 0..<200 where atOnce.isEmpty {
      usleep(2000)
      atOnce += pty.take()
    }
    usleep(10_000)
    atOnce += pty.take()
    return (atOnce, settled())
  }

  /// The screen drawn anew, by what its bytes are for.
  func repaint() -> Sent {
    let sent = type("\u{0C}")
    return Sent(sent.atOnce + sent.later)
  }
}

/// Bytes to a terminal by their kind.
struct Sent: CustomStringConvertible {
  private(set) var letters = 0
  private(set) var colors = 0
  private(set) var moves = 0
  var total: Int { letters + colors + moves }
  var description: String { "\(total) bytes: letters \(letters), colors \(colors), moves \(moves)" }

  init(_ bytes: [UInt8]) {
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x1B else {
        if bytes[place] < 0x20 { moves += 1 } else { letters += 1 }
        place += 1
        continue
      }
      // ESC [ … final byte, or ESC, some byte, and a character set.
      let isSequence = place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "[")
      let end =
        isSequence
        ? bytes[(place + 2)...].firstIndex { (0x40...0x7E).contains($0) } : min(place + 2, bytes.count - 1)
      let last = end ?? bytes.count - 1
      if !isSequence || bytes[last] == UInt8(ascii: "m") {
        colors += last - place + 1
      } else {
        moves += last - place + 1
      }
      place = last + 1
    }
  }
}

extension SampleSetRoadTests {
  /// A step of the cursor is at most 1 KB; a screen without pictures is drawn anew in 15 KB, one with pictures in what their
  /// colors take. With TRAFFIC in the environment the bytes of each screen are told by kind.
  func traffic(_ road: Road) throws {
    let traffic = try Traffic(road)
    for (open, moves) in [
      ("D", "jk"), ("Q", "jjjj"), ("V", "llll"), ("qT", "jkjk"), ("qF", "lh"), ("qC", "lljjh"), ("qW", "hh"),
      ("qS", "jk"), ("?", "jk"),
    ] {
      _ = traffic.type(open)
      // On a busy machine what follows when the cursor rests may be read with the step: the least of several counts.
      let sent = moves.map { traffic.type(String($0)).atOnce.count }
      #expect((sent.min() ?? 0) <= 1024, "\(moves) after \(open): \(sent)")
    }
    _ = traffic.type("qD")
    // A cell of two colors is sent as up to 23 bytes, three of them its letter: a screen full of pictures takes more.
    let hasPictures = road.dataset.hasSuffix("digits")
    for (open, kilobytes) in [
      ("F", 15), ("qW", 15), ("qS", 15), ("q?", 15), ("qD", 15), ("Q", hasPictures ? 18 : 15),
      ("\r", hasPictures ? 18 : 15), ("qT", hasPictures ? 40 : 15), ("qC", hasPictures ? 21 : 15),
      ("qQV", hasPictures ? 70 : 15),
    ] {
      _ = traffic.type(open)
      let sent = traffic.repaint()
      if ProcessInfo.processInfo.environment["TRAFFIC"] != nil {
        print("\(road.dataset) \(open.debugDescription): \(sent)")
      }
      #expect(sent.total <= kilobytes * 1024, "\(open): \(sent)")
    }
    traffic.end()
  }
}
