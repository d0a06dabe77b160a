import Foundation
import Images
import TestSupport
import Testing

/// Image-scaling attacks among natural pictures, with the real binary: the decoders tell of them, and the scan finds them.
@Suite struct ScalingRoadTests {
  private static func write(attacked: Set<Int>, in folder: ScratchFolder) throws -> String {
    let root = folder.url.appending(path: "pictures")
    for index in 0..<60 {
      var picture = MadePicture(width: 160, height: 160, seed: UInt64(index + 1))
      if attacked.contains(index) {
        picture.hide(MadePicture(width: 64, height: 64, seed: UInt64(index + 700)), from: .center)
      }
      let place = root.appending(path: index % 2 == 0 ? "cat" : "dog")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let file = try PNGWriter.encode(width: 160, height: 160, channels: 1, pixels: picture.pixels)
      try Data(file).write(to: place.appending(path: "\(index).png"))
    }
    return root.path
  }

  @Test(arguments: [[], [4, 10, 26, 40]] as [Set<Int>]) func whatIsHiddenIsFound(attacked: Set<Int>) throws {
    let folder = try ScratchFolder()
    let road = try Road(try Self.write(attacked: attacked, in: folder))
    let output = try road.run("scan", road.dataset, "--detectors", "scaling", "--json")
    struct Summary: Decodable {
      struct Finding: Decodable {
        let id: String
        let kind: String
        let size: Int
      }
      let findings: [Finding]
    }
    let findings = try JSONDecoder().decode(Summary.self, from: Data(output.utf8)).findings
    #expect(findings.map(\.kind) == (attacked.isEmpty ? [] : ["scaling"]))
    #expect(findings.map(\.size) == (attacked.isEmpty ? [] : [attacked.count]))
  }
}
