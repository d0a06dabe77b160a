import Screen

/// What was typed in a session, with all that a script needs to come to the same decisions again.
package struct Transcript: Sendable {
  enum Event: Sendable, Equatable {
    case started
    case key(Key)
    case paste(String)
    case resized(ScreenSize)
    /// Work has been answered.
    case answered
    case remark(String)
  }
  /// An event, and whether work was still under way when it had been taken in.
  struct Entry {
    let event: Event
    var isBusy = false
    /// No command is half typed after it.
    var endsStep = true
  }

  /// Where the session before stopped, which decides what this one begins with.
  package let memory: ViewMemory?
  let size: ScreenSize
  let isBlind: Bool
  private(set) var entries: [Entry] = []
  /// Where the command that is being typed begins.
  private var step = 0

  init(memory: ViewMemory?, size: ScreenSize, isBlind: Bool) {
    self.memory = memory
    self.size = size
    self.isBlind = isBlind
  }

  package var keyCount: Int { entries.count { if case .key = $0.event { true } else { false } } }

  /// - Parameter beginsStep: no command is half typed.
  mutating func add(_ event: Event, beginsStep: Bool = true) {
    if beginsStep { step = entries.count }
    entries.append(Entry(event: event))
  }

  /// How things stand once the last event has been taken in.
  mutating func settle(isBusy: Bool, endsStep: Bool) {
    guard let last = entries.indices.last else { return }
    entries[last].isBusy = isBusy
    entries[last].endsStep = endsStep
  }

  /// The last key did nothing because it came too soon, which a script cannot repeat: what was half typed is left.
  mutating func ignoreLast() {
    guard let last = entries.indices.last, case .key = entries[last].event else { return }
    let isAlone = last == step
    entries.removeLast()
    if !isAlone { entries.append(Entry(event: .key(.escape))) }
  }

  /// The command that was typed stands for other keys, which come instead.
  mutating func dropStep() { entries.removeSubrange(min(step, entries.count)...) }
}
