import Foundation
import Glibc
import TestSupport
import Testing

/// Data that means harm, as files of a folder, through the real program: each bad one costs its own sample and is named, nothing
/// is waited for, and nothing outside of the folder is opened.
@Suite struct HostileFolderTests {
  let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  /// Plain pictures of 8 x 8 as PGM in two folders.
  private func pictures() throws -> String {
    let root = folder.url.appending(path: "set").path
    for (index, name) in ["cat", "dog"].enumerated() {
      try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
      for number in 0..<12 {
        let pixels = (0..<64).map { UInt8(($0 * (number + 3) + index * 90) % 256) }
        try (Data("P5 8 8 255\n".utf8) + Data(pixels)).write(
          to: URL(filePath: "\(root)/\(name)/\(number).pgm"))
      }
    }
    return root
  }

  @Test func linksPipesAndDevicesCostTheirOwnSample() throws {
    let root = try pictures()
    let secret = try folder.write("secret.pgm", "P5 1 1 255\nx")
    symlink(secret, root + "/cat/link.pgm")
    symlink("/dev/zero", root + "/cat/zero.pgm")
    symlink("../..", root + "/up")
    symlink(".", root + "/again")
    #expect(mkfifo(root + "/dog/pipe.pgm", 0o600) == 0)
    #expect(mkfifo(root + "/pipe", 0o600) == 0)
    // The one of /dev/zero; only root may make it.
    let hasDevice = mknod(root + "/dog/device.pgm", S_IFCHR | 0o600, 0x105) == 0
    let outcome = try Program.run(["scan", root])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let bad = hasDevice ? 4 : 3
    #expect(outcome.output.contains("\(bad) of \(24 + bad) pictures cannot be decoded and are not scored"))
    #expect(outcome.output.contains("link.pgm: leaves the dataset folder"))
    #expect(outcome.output.contains("zero.pgm: leaves the dataset folder"))
    #expect(outcome.output.contains("pipe.pgm"))
  }

  /// A picture of two thousand million pixels squared in a hundred bytes, and one whose file ends at once.
  @Test func picturesThatLieAboutTheirSizeCostTheirOwnSample() throws {
    let root = try pictures()
    func word(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
    let header = Array("IHDR".utf8) + word(2_000_000_000) + word(2_000_000_000) + [8, 2, 0, 0, 0]
    let png = [0x89] + Array("PNG\r\n\u{1A}\n".utf8.map { $0 }) + word(13) + header + word(0)
    try Data(png).write(to: URL(filePath: root + "/cat/huge.png"))
    try Data("P5 60000 60000 255\n".utf8).write(to: URL(filePath: root + "/dog/short.pgm"))
    let outcome = try Program.run(["scan", root, "--memory", "512MB"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 of 26 pictures cannot be decoded and are not scored"))
    #expect(outcome.output.contains("huge.png") && outcome.output.contains("short.pgm"))
  }

  /// As many classes as rows: nothing can be said of labels, and that is said.
  @Test func aLabelOfItsOwnForEachRowIsTold() throws {
    let rows = (0..<8_000).map { "r\($0),c\($0),\($0 % 97)\n" }.joined()
    let dataset = try folder.write("classes.csv", "id,label,x\n" + rows)
    let outcome = try Program.run(["scan", dataset])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("labels are not looked at: 8000 classes of 8000 samples"))
  }

  /// A cell of many megabytes is a text like others, of which the beginning is compared.
  @Test func aHugeCellIsTold() throws {
    let dataset = folder.url.appending(path: "cell.csv").path
    let small = (0..<40).map { "r\($0),\($0 % 2),word\($0) of text \($0 % 7) \($0 % 3)\n" }.joined()
    let cell = Data(repeating: UInt8(ascii: "x"), count: 24 << 20)
    try (Data("id,label,text\n\(small)big,1,\"".utf8) + cell + Data("\"\n".utf8)).write(
      to: URL(filePath: dataset))
    let outcome = try Program.run(["scan", dataset, "--text", "text", "--memory", "512MB"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("1 text is longer than 1 MB; what lies behind that is not scored"))
  }
}
