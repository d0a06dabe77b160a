import Formats
import Foundation
import TestSupport
import Testing

/// Folders of files, as people have them, with the real binary.
@Suite struct FolderRoadTests {
  private static func write(_ files: [String: String], in folder: URL) throws -> String {
    for (name, text) in files {
      let place = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    return folder.path
  }

  /// Labels by the name of the file, as `scan` reads the folder.
  private static func labels(_ files: [String: String]) throws -> [String: String] {
    let folder = try ScratchFolder()
    let road = try Road(try write(files, in: folder.url.appending(path: "set")))
    _ = try road.run("scan", road.dataset)
    return Dictionary(uniqueKeysWithValues: zip(try road.ids(), try road.labels()))
  }

  @Test func foldersAreClassesAndSplitsOnlyWhereClassesLieInThem() throws {
    let texts = ["a", "b"]
    #expect(
      try Self.labels(["train/1.txt": texts[0], "bus/2.txt": texts[1]]) == [
        "train/1.txt": "train", "bus/2.txt": "bus",
      ])
    #expect(
      try Self.labels(["train/x/1.txt": texts[0], "test/y/2.txt": texts[1], "test/3.txt": "c"])
        == ["train/x/1.txt": "x", "test/y/2.txt": "y", "test/3.txt": ""])
    #expect(
      try Self.labels(["x/deep/1.txt": texts[0], "y/2.txt": texts[1]]) == [
        "x/deep/1.txt": "x", "y/2.txt": "y",
      ])
  }

  /// Not for a text, a digest or a copy.
  @Test func nothingOutsideOfTheFolderIsOpened() throws {
    let folder = try ScratchFolder()
    let secret = try folder.write("secret.txt", "the secret")
    let texts = try Self.write(
      ["x/1.txt": "one", "y/2.txt": "two"], in: folder.url.appending(path: "texts"))
    try FileManager.default.createSymbolicLink(atPath: texts + "/x/3.txt", withDestinationPath: secret)
    let read = try Program.run(["inspect", texts])
    #expect(read.status == 0 && read.output.contains("leaves the dataset folder"))
    #expect(!(read.output + read.errors).contains("the secret"))

    let digits = try Digits(try Samples.part(of: "digits", rows: 200, in: folder.url))
    let pictures = try PictureForm.folder.write(digits, in: folder)
    try FileManager.default.createSymbolicLink(atPath: pictures + "/4/link.png", withDestinationPath: secret)
    let road = try Road(pictures)
    _ = try road.run("scan", pictures)
    let target = road.folder.url.appending(path: "clean").path
    let arguments = ["export", pictures, "--format", "clean", "--output", target, "--case", road.casePath]
    let kept = try Program.run(arguments)
    #expect(kept.status != 0 && kept.errors.contains("leaves the dataset folder"))
    #expect(!FileManager.default.fileExists(atPath: target))
    _ = try road.run("mark", pictures, "4/link.png", "--poisoned")
    _ = try road.run("export", pictures, "--format", "clean", "--output", target)
    #expect(!FileManager.default.fileExists(atPath: target + "/4/link.png"))
  }

  /// What an archive holds that is not read is said.
  @Test func entriesThatAreNotReadAreSaid() throws {
    let folder = try ScratchFolder()
    let digits = try Digits(try Samples.part(of: "digits", rows: 60, in: folder.url))
    let dataset = try PictureForm.tar.write(digits, in: folder)
    let shard = URL(fileURLWithPath: dataset + "/shard-0000.tar")
    let link = PictureForm.tar.tarFile("out.png", [], type: "2")
    try (Data(link) + Data(contentsOf: shard)).write(to: shard)
    let road = try Road(dataset)
    #expect(try road.run("scan", dataset).contains("1 entry is not read: out.png is a symbolic link"))
    #expect(try road.ids().count == 60)
  }

  /// Poison may still be told of where who sent what stands: in the list, not in the pictures.
  @Test func historiesAreLaidOverAListOfPictures() throws {
    let folder = try ScratchFolder()
    let digits = try Digits(try Samples.part(of: "digits", rows: 300, in: folder.url))
    let road = try Road(try PictureForm.list.write(digits, in: folder))
    let target = road.folder.url.appending(path: "history").path
    _ = try Program.run(["simulate", "benign-mirror", road.dataset, "--rate", "0.1", "--output", target])
    let planted = try CSVReader.readSmall(path: target + "/metadata.csv")
    #expect(planted.header.contains("source"))
    let refused = try Program.run([
      "simulate", "patch", road.dataset, "--rate", "0.1", "--output", target + "2",
    ])
    #expect(refused.status == 65)
  }

  @Test func featuresAreARowASample() throws {
    let folder = try ScratchFolder()
    let digits = try Digits(try Samples.part(of: "digits", rows: 120, in: folder.url))
    let dataset = try PictureForm.folder.write(digits, in: folder)
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: dataset + "/3/broken.png"))
    let target = folder.url.appending(path: "features.npy").path
    let outcome = try Program.run(["features", dataset, "--output", target])
    #expect(outcome.status == 0 && outcome.output.contains("1 sample has none"))
    let array = try NPY.map(target)
    #expect(array.shape.count == 2 && array.shape[0] == 121 && array.shape[1] > 1)
    let values = try array.column(Float.self)
    #expect(values.count { $0.isNaN } == array.shape[1])
    let again = try Program.run(["features", dataset, "--output", target])
    #expect(again.status == 73, "what is there stays")
  }
}
