import Model
import Screen

/// One row a command. The key map, the help screen, the completion of the prompt and the hints at the foot of a
/// screen all come from here.
package struct CommandRow: Sendable {
  package enum Group: String, Sendable, CaseIterable {
    case move = "Move"
    case decide = "Decide"
    case select = "Select and decide for many"
    case find = "Find and order"
    case screens = "Screens"
    case plots = "Plots"
    case program = "Program"
  }
  /// What may follow the name at the prompt.
  package struct Argument: Sendable {
    /// Words that the prompt completes.
    package enum Words: Sendable {
      case columns, numbers, splits, conditions, classes, exportFormats, verdictsAndConditions, tags, onOrOff
    }
    /// What the command does where nothing follows its name or its keys.
    package enum Missing: Sendable {
      /// Asks for it.
      case asks
      /// Nothing.
      case refuses
      /// Something else.
      case goesOn
    }
    /// As the help writes it.
    package let text: String
    package let words: Words?
    package let missing: Missing

    init(_ text: String, _ words: Words?, _ missing: Missing) {
      self.text = text
      self.words = words
      self.missing = missing
    }
  }
  package let command: Command
  /// Each a sequence of one or two keys.
  package let keys: [[Key]]
  package let group: Group
  package let contexts: Set<Context>
  /// One line for the help screen.
  package let help: String
  /// A word or two for the foot of the screen.
  package let hint: String
  /// Nil where nothing may follow the name.
  package let argument: Argument?

  init(
    _ command: Command, _ keys: String, _ group: Group, _ contexts: Set<Context>, _ help: String,
    hint: String = "", argument: Argument? = nil
  ) {
    self.command = command
    self.keys = keys.split(separator: " ").map { KeyNames.sequence(String($0)) }
    self.group = group
    self.contexts = contexts
    self.help = help
    self.hint = hint
    self.argument = argument
  }

  /// With what it can be asked for.
  package func help(in material: CaseMaterial) -> String {
    argument?.words == .exportFormats ? "\(help): \(listed(material.writtenFormats))" : help
  }

  /// As it is typed at the prompt.
  package var usage: String { ":" + command.rawValue + (argument.map { " " + $0.text } ?? "") }
}
