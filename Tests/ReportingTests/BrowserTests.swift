import Foundation
import Reporting
import Testing

/// Outside of the suite, whose condition asks for it.
private let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

/// The page as a real browser reads it: Chromium from Debian (`apt-get install chromium`), where there is one.
@Suite(.enabled(if: browser != nil), .serialized) struct BrowserTests {
  @Test(arguments: HTMLPageTests.modalities.indices) func aBrowserFindsTheSameElementsAndNoOthers(
    _ index: Int
  ) throws {
    var hostile = HostileText(seed: UInt64(index) + 6)
    var fixture = ReportFixture(modality: HTMLPageTests.modalities[index])
    // All that is hostile at once.
    fixture.word = (0..<30).map { _ in hostile.next() }.joined(separator: " ")
    let text = HTMLPage(fixture.page).text
    let (document, messages) = try Self.run(["--dump-dom"], on: text)
    func counts(_ text: String) -> [String: Int] {
      PageReader(text).tags.filter { !$0.isEnd && $0.name != "!DOCTYPE" }
        .reduce(into: [:]) { $0[$1.name, default: 0] += 1 }
    }
    #expect(counts(document) == counts(text))
    // The style sheet's hash holds, and there was nothing that the policy had to refuse.
    #expect(!messages.contains("Content Security Policy"), "\(messages)")
  }

  @Test func itPrints() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString).pdf")
    defer { try? FileManager.default.removeItem(at: file) }
    _ = try Self.run(["--print-to-pdf=\(file.path)"], on: HTMLPage(ReportFixture().page).text)
    #expect(try Data(contentsOf: file).prefix(5) == Data("%PDF-".utf8))
  }

  private static func run(_ arguments: [String], on text: String) throws -> (output: String, messages: String)
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "page.html")
    try Data(text.utf8).write(to: page)
    let messages = folder.appending(path: "messages")
    try Data().write(to: messages)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(browser))
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--user-data-dir=\(folder.path)/profile",
      ] + arguments + [page.absoluteString]
    let output = Pipe()
    process.standardOutput = output
    let log = try FileHandle(forWritingTo: messages)
    process.standardError = log
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try log.close()
    #expect(process.terminationStatus == 0)
    return (String(decoding: data, as: UTF8.self), try String(contentsOf: messages, encoding: .utf8))
  }
}
