import ArgumentParser
import CaseFiles
import CursesDriver
import Formats
import Foundation
import Model
import Review
import Scan

/// Exit statuses of the contract (sysexits.h where it has a word for them).
enum ExitStatus {
  static let checkFailed: Int32 = 1
  static let usage: Int32 = 64
  static let dataError: Int32 = 65
  static let noInput: Int32 = 66
  static let cannotCreate: Int32 = 73
  static let ioError: Int32 = 74
  static let interrupted: Int32 = 130
}

/// An error of the program itself with the status that it ends with.
struct Failure: Error {
  let status: Int32
  let message: String
  init(_ status: Int32, _ message: String) {
    self.status = status
    self.message = message
  }
}

enum ExitReport {
  /// Prints `error` as one line on standard error and ends the process with its status.
  static func exit(for error: any Error) -> Never {
    guard let (status, message) = outcome(of: error) else { exitAsParsed(error) }
    Signals.claimEnd()
    let line = message.isEmpty ? "" : "foretaste: " + displayText(message) + "\n"
    StandardError.write(line)
    // Others may still be at work, which must find all that they use.
    if error is Interrupted { _exit(status) }
    Foundation.exit(status)
  }

  /// Help and version go to standard output as they are; of a mistake the parser tells with what was typed, which may
  /// be anything.
  private static func exitAsParsed(_ error: any Error) -> Never {
    let code = Foretaste.exitCode(for: error)
    let text = Foretaste.fullMessage(for: error)
    guard !text.isEmpty else { Foundation.exit(code.rawValue) }
    guard code.isSuccess else {
      StandardError.write(displayText(text, keepNewlines: true) + "\n")
      Foundation.exit(code.rawValue)
    }
    do { try StandardOutput.write(text + "\n") } catch { exit(for: error) }
    Foundation.exit(code.rawValue)
  }

  /// What a person is told of `error`, without control characters.
  static func message(of error: any Error) -> String {
    displayText(outcome(of: error)?.message ?? error.localizedDescription)
  }

  /// Nil for what is the argument parser's to report.
  private static func outcome(of error: any Error) -> (status: Int32, message: String)? {
    switch error {
    case is CancellationError: (ExitStatus.interrupted, "interrupted")
    case let signal as Interrupted:
      (
        signal.status,
        ([
          "ended by a signal",
          signal.hasPending ? "the last decision is NOT saved" : "all decisions are saved",
        ]
          + signal.unwritten.map { "\($0) is NOT written" }).joined(separator: "; ")
      )
    case let terminal as TerminalError: (ExitStatus.usage, terminal.description)
    case let failure as Failure: (failure.status, failure.message)
    case let gap as EncoderGap: (ExitStatus.dataError, "--encoder: " + gap.reason)
    case let format as FormatError:
      (format.kind == .notFound ? ExitStatus.noInput : ExitStatus.dataError, format.description)
    case let file as CaseFileError: (status(of: file.kind), file.description)
    case let journal as JournalError: (status(of: journal.kind), journal.description)
    default: nil
    }
  }

  private static func status(of kind: CaseFileError.Kind) -> Int32 {
    switch kind {
    case .notFound, .unreadable: ExitStatus.noInput
    case .invalid: ExitStatus.dataError
    case .cannotWrite: ExitStatus.cannotCreate
    case .writeFailed, .busy: ExitStatus.ioError
    }
  }

  private static func status(of kind: JournalError.Kind) -> Int32 {
    switch kind {
    case .notFound: ExitStatus.noInput
    case .invalid: ExitStatus.dataError
    case .cannotWrite, .notSaved, .busy: ExitStatus.ioError
    }
  }
}
