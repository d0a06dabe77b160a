import Screen

extension Transcript {
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
