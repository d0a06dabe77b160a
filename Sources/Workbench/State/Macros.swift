import Screen

/// Sequences of keys under letters, the one that is being recorded, and the one that is being played.
package struct Macros: Sendable {
  package internal(set) var keys: [Character: [Key]] = [:]
  package private(set) var recording: Recording?
  var playback: Playback?

  package struct Recording: Sendable {
    package let letter: Character
    fileprivate(set) var keys: [Key] = []
    /// Where the command that is being typed begins.
    fileprivate var step = 0
  }

  /// What is being played: a macro, and above it those that it plays.
  struct Playback: Sendable {
    struct Frame: Sendable {
      let letter: Character
      let keys: [Key]
      var next = 0
      var timesLeft: Int
    }
    var frames: [Frame]
    var played = 0
    /// What had been refused before it began.
    let refusals: Int
    /// The next key has been asked for.
    var isAwaited = false

    /// Nil once all is played.
    mutating func nextKey() -> Key? {
      while let top = frames.last {
        if top.next < top.keys.count {
          frames[frames.count - 1].next += 1
          played += 1
          return top.keys[top.next]
        }
        if top.timesLeft > 1 {
          frames[frames.count - 1].timesLeft -= 1
          frames[frames.count - 1].next = 0
        } else {
          frames.removeLast()
        }
      }
      return nil
    }
  }

  /// More is a script.
  static let maximumKeys = 1000
  /// A macro that is played ends after so many keys, whatever its count.
  static let maximumPlayed = 10_000
  static let maximumDepth = 8

  mutating func begin(_ letter: Character) { recording = Recording(letter: letter) }

  /// - Parameter beginsStep: no command is half typed.
  mutating func record(_ key: Key, beginsStep: Bool) {
    guard var recording else { return }
    if beginsStep { recording.step = recording.keys.count }
    if recording.keys.count < Self.maximumKeys { recording.keys.append(key) }
    self.recording = recording
  }

  /// Ends the recording, without the keys that asked for its end.
  /// - Returns: the letter and how many keys are kept under it.
  mutating func finish() -> (letter: Character, count: Int)? {
    guard var recording else { return nil }
    self.recording = nil
    recording.keys.removeSubrange(recording.step...)
    keys[recording.letter] = recording.keys.isEmpty ? nil : recording.keys
    return (recording.letter, recording.keys.count)
  }
}
