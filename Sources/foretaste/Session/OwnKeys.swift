import Foundation
import Workbench

/// Keys of a person's own: `$XDG_CONFIG_HOME/foretaste/keys`, as the XDG Base Directory Specification has it.
enum OwnKeys {
  /// More is no list of keys.
  private static let maxBytes = 1 << 20

  /// The standard keys where there is no such file, or where it says something that is not understood; then also why.
  static func read(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> (keymap: Keymap, problem: String?) {
    let given = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    let path = (given ?? home + "/.config") + "/foretaste/keys"
    guard let data = FileManager.default.contents(atPath: path), data.count <= maxBytes else {
      return (.standard, nil)
    }
    do throws(Keymap.Problem) {
      return (try Keymap(changes: String(decoding: data, as: UTF8.self)), nil)
    } catch {
      return (.standard, "\(path): \(error); the usual keys hold")
    }
  }
}
