import ArgumentParser
import Formats
import Glibc
import Isolation

/// The program: parses the command line, runs the command, and turns errors into one line and an exit status.
@main
struct Foretaste: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foretaste",
    abstract: "Find poison in training data and keep the record of what was decided.",
    discussion: """
      foretaste DATASET scans the dataset if there is no current case, then opens the workbench.

      Exit status: 0 fine; 1 the check did not hold; 64 usage; 65 the data is wrong; 66 no such input; \
      73 or 74 cannot write; 130 interrupted.
      """,
    version: toolVersion,
    subcommands: [
      OpenCommand.self, ScanCommand.self, InspectCommand.self, ReviewCommand.self, PlayCommand.self,
      MarkCommand.self,
      ExportCommand.self, LogCommand.self, VerifyCommand.self, BenchCommand.self, FitCommand.self,
      SimulateCommand.self, RepairCommand.self, FeaturesCommand.self, CheckCommand.self, ReportCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  static func main() {
    // Before anything starts a thread: what a decoder gives up, it gives up for the whole process.
    if CommandLine.arguments.dropFirst().first == PictureDecoding.command { Glibc.exit(DecoderWorker.run()) }
    StandardDescriptors.openMissing()
    Signals.unblock()
    Signals.ignoreBrokenPipes()
    guard CommandLine.arguments.count > 1 else {
      StandardError.write(Welcome.text(in: "."))
      Glibc.exit(ExitStatus.usage)
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      ExitReport.exit(for: error)
    }
  }
}

/// Stands in every case and decision; raised with every release.
let toolVersion = "0.1.0"
