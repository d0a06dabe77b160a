import CaseFiles
import Formats
import Foundation
import Model
import Review
import Screen
import Workbench

/// What a session works on, opened once: the case, its samples, the journal. The same under a terminal and in a
/// script; what differs is who sends the keys and looks at the frames.
struct ReviewSession {
  let opened: OpenedCase
  let dataset: DatasetArguments
  let reviewer: String
  let samples: CaseSamples
  let journal: SessionJournal
  let beside: BesideJournals
  private let isBlind: Bool
  let userState: UserState

  init(
    opened: OpenedCase, dataset: DatasetArguments, journal: JournalArguments, others: BesideArguments,
    readOnly: Bool
  ) throws {
    self.opened = opened
    self.dataset = dataset
    reviewer = journal.reviewerName
    userState = UserState()
    samples = CaseSamples(
      report: opened.report, payloads: try opened.payloads(at: dataset.dataset, options: opened.options),
      version: toolVersion, exportFormats: ExportFormats.names)
    isBlind = others.blind
    let own = journal.journal(of: opened, payloads: samples.payloads, known: userState.knownJournals)
    // Before the session's own is opened and locked: a wrong name is told at once.
    beside = try BesideJournals(
      others.beside, own: own.path,
      names: CurrentNames(report: opened.report, payloads: samples.payloads))
    self.journal = try SessionJournal(own, reviewer: reviewer, readOnly: readOnly, userState: userState)
  }

  func state(
    capabilities: Capabilities, background: Background, size: ScreenSize, memory: ViewMemory?
  ) -> State {
    let (keymap, problem) = OwnKeys.read()
    return State(
      material: samples.material, review: journal.review, reviewer: reviewer,
      readOnlyReason: journal.readOnlyReason,
      untrusted: journal.untrusted, beside: beside.current, isBlind: isBlind, capabilities: capabilities,
      background: background, size: size,
      memory: memory, keymap: keymap, notice: problem)
  }

  /// The session ends.
  /// - Parameter interruption: the signal that ended it, if one did.
  /// - Throws: `Failure` where something that was decided is not saved, whatever ended the session.
  func end(interrupted interruption: Interrupted? = nil) throws {
    journal.close()
    if let loss = journal.loss {
      throw Failure(ExitStatus.ioError, (interruption == nil ? "" : "ended by a signal; ") + loss)
    }
    if let interruption { throw interruption }
  }

  /// An export of the decisions as they stand now, which may run beside the session.
  func exporting(_ name: String, to path: String) -> @Sendable () -> Action {
    if let refusal = journal.refusal { return { .notice("nothing was written: \(refusal)", isError: true) } }
    guard let format = ExportFormats.named(name) else {
      return { .notice("no format \(name)", isError: true) }
    }
    let loss = journal.loss
    let own = [journal.current].compactMap(\.self)
    let target = (path as NSString).expandingTildeInPath
    let (opened, dataset, payloads) = (opened, dataset.dataset, samples.payloads)
    let (beside, madeAt) = (beside, currentMilliseconds())
    return {
      do {
        // Those of others may have grown, and may be long.
        let journals = own + (try beside.reviewed())
        let exporter = Exporter(
          opened: opened, dataset: dataset, payloads: payloads, journals: journals, madeAt: madeAt)
        let told = try exporter.export(format, to: target)
        return loss.map { .notice("\(told); not in it: \($0)", isError: true) }
          ?? .notice(told, isError: false)
      } catch {
        return .notice(ExitReport.message(of: error), isError: true)
      }
    }
  }
}

/// What has to do with files, as a script runs it.
extension ReviewSession: EffectRunner {
  func append(_ decision: Decision) -> Action? { journal.append(decision) }
  func trust() -> Action? { .trusted(journal.trust()) }
  func export(_ format: String, to path: String) -> Action? { exporting(format, to: path)() }
  func readBeside() -> Action? {
    _ = beside.read()
    return .besideRead(beside.current)
  }

  func write(_ transcript: Transcript, to path: String) -> Action? {
    do {
      let what = "a transcript of \(counted(transcript.keyCount, "key"))"
      let told = try TextFile.write(
        try script(of: transcript), what: what, to: (path as NSString).expandingTildeInPath)
      return .notice("\(told); foretaste play \(path) DATASET --journal NEW plays it again", isError: false)
    } catch {
      return .notice(ExitReport.message(of: error), isError: true)
    }
  }

  /// With what stands behind it, and where the session before stopped.
  private func script(of transcript: Transcript) throws -> String {
    var head =
      "# foretaste \(toolVersion): what \(displayText(reviewer)) typed at \(displayText(dataset.dataset))\n"
    if let memory = transcript.memory {
      head += ":resume " + String(decoding: try JSONEncoder().encode(memory), as: UTF8.self) + "\n"
    }
    return head + transcript.script
  }

  /// At most so many names are worth choosing from.
  private static let maxNames = 200

  func completePath(_ path: String) -> Action? { .pathCompleted(path, Self.names(completing: path)) }

  static func names(completing path: String) -> [String] {
    let head = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let begin = path.dropFirst(head.count)
    let folder = head.isEmpty ? "." : (head as NSString).expandingTildeInPath
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(begin) && (begin.hasPrefix(".") || !$0.hasPrefix(".")) }.sorted()
      .prefix(maxNames).map { name in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
        return head + name + (isFolder.boolValue ? "/" : "")
      }
  }

  func copy(_ text: String, isQuoted: Bool) -> Action? {
    do {
      let how = isQuoted ? " (quoted for a shell: it holds characters that cannot be shown)" : ""
      return .notice("copied \(text)\(how); it is also in \(try userState.writeCopied(text))", isError: false)
    } catch {
      return .notice("cannot copy: \(error.localizedDescription)", isError: true)
    }
  }
}
