import ArgumentParser
import Foundation
import Model
import Review

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print the decisions of a journal, one a line.")

  @Argument(help: "A review journal.", completion: .file()) var journal: String

  mutating func run() throws {
    let contents = try Journal.read(path: journal)
    let text = contents.decisions.map { JournalLog.line(for: $0) + "\n" }.joined()
    try StandardOutput.write(text)
    for problem in contents.problems {
      StandardError.write("foretaste: \(displayText(problem.description))\n")
    }
    if contents.problems.contains(where: { !$0.isTornTail }) {
      throw Failure(ExitStatus.checkFailed, "")
    }
  }
}
