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
  private struct Entry {
    let event: Event
    var isBusy = false
    /// No command is half typed after it.
    var endsStep = true
  }

  /// Where the session before stopped, which decides what this one begins with.
  package let memory: ViewMemory?
  private let size: ScreenSize
  private let isBlind: Bool
  private var entries: [Entry] = []
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

  // MARK: The script

  /// As `KeyScript` reads it: the directives that it begins with, and a line for each few commands.
  package var script: String {
    var lines = Lines()
    lines.directive(":size \(size.width)x\(size.height)")
    var isHolding = false
    for (index, entry) in entries.enumerated() {
      if !isHolding, entry.event != .answered, mustHold(from: index) {
        lines.directive(":hold")
        isHolding = true
      }
      switch entry.event {
      case .started: if isBlind { lines.directive(":blind on<Enter>") }
      case .key(let key): lines.key(key, endsStep: entry.endsStep)
      case .paste(let text): lines.directive(":paste " + KeyNames.written(paste: text))
      case .resized(let size): lines.directive(":size \(size.width)x\(size.height)")
      case .remark(let text): lines.directive("# " + text)
      case .answered where isHolding:
        lines.directive(":answer")
        if !entry.isBusy {
          lines.directive(":release")
          isHolding = false
        }
      case .answered: break
      }
    }
    lines.flush()
    return lines.text
  }

  /// Whether something else came before all work that an event led to was answered, as a script would do at once.
  private func mustHold(from start: Int) -> Bool {
    var index = start
    while entries[index].isBusy {
      guard index + 1 < entries.count else { return false }
      guard entries[index + 1].event == .answered else { return true }
      index += 1
    }
    return false
  }

  /// Lines of keys that are read as the same keys again.
  private struct Lines {
    private(set) var text = ""
    private var keys: [Key] = []
    private var line = ""
    private static let width = 60

    mutating func directive(_ line: String) {
      flush()
      text += line + "\n"
    }

    mutating func key(_ key: Key, endsStep: Bool) {
      var written = line + KeyNames.written(key)
      // A mark that combines with what stands before it would be another key.
      if KeyNames.sequence(written).count != keys.count + 1 {
        flush()
        written = KeyNames.written(key)
      }
      line = written
      keys.append(key)
      if endsStep, line.count >= Self.width || key == .enter { flush() }
    }

    mutating func flush() {
      guard !keys.isEmpty else { return }
      if KeyScript.isSpecial(line) {
        line = KeyNames.named(keys[0]) + line.dropFirst()
      }
      // Spaces at the ends of a line are none of its keys.
      if keys.first == .character(" ") { line = KeyNames.named(keys[0]) + line.dropFirst() }
      if keys.count > 1, keys.last == .character(" ") {
        line = line.dropLast() + KeyNames.named(.character(" "))
      }
      text += line + "\n"
      line = ""
      keys = []
    }
  }
}
