import ArgumentParser
import Foundation
import Model
import Review

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check the hash chain of a journal.",
    discussion: "Ends 0 when the chain holds and 1, naming the line, when not.")

  @Argument(help: "A review journal, or a case folder with one.", completion: .file()) var path: String

  mutating func run() throws {
    let journal = JournalPath(path).path
    let contents = try Journal.read(path: journal)
    for problem in contents.problems {
      try StandardOutput.write(displayText("\(journal): \(problem)") + "\n")
    }
    guard contents.problems.isEmpty else { throw ExitCode(ExitStatus.checkFailed) }
    try StandardOutput.write(
      displayText(
        "\(journal): \(counted(contents.decisions.count, "decision")), the chain holds, head \(contents.head)"
      )
        + "\n")
  }
}
