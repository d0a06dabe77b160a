import ArgumentParser
import CaseFiles
import Model
import Review

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check the hash chain of a journal.",
    discussion: "Ends 0 when the chain holds and 1, naming each line, when not.")

  @Argument(help: "A review journal, or a case folder with one.", completion: .file()) var path: String

  mutating func run() throws {
    let verification = try Verification.verify(path: path)
    try StandardOutput.write(verification.lines.map { displayText($0) + "\n" }.joined())
    if !verification.holds { throw ExitCode(ExitStatus.checkFailed) }
  }
}
