import Foundation
import Images
import Isolation
import Testing

extension Decoders {
  @Suite struct PoolTests {
    @Test func decodesAsInThisProcess() throws {
      let files = (1...300).map { gray($0 % 40 + 1, UInt8($0 % 256)) }
      let target = ImageTarget(width: 7, height: 5, channels: 3, filter: .bilinear)
      for options in [
        DecodeOptions(), DecodeOptions(turnsUpright: false, target: target),
      ] {
        let found = try outcomes(probePool(options: options), files)
        for (file, result) in zip(files, found.results) {
          #expect(try result.get() == ImageDecoder.decode(file, options))
        }
        #expect(found.report.restarts == 0)
      }
    }

    @Test func errorsComeAcrossWhole() throws {
      let files = [Array("P5 2 2 255\n1".utf8), Array("nothing".utf8), Array("P5 99999 9 255\n".utf8), []]
      let found = try outcomes(probePool(), files)
      for (file, result) in zip(files, found.results) {
        #expect(throws: DecodeFailure.self) { try result.get() }
        do {
          _ = try ImageDecoder.decode(file)
        } catch {
          #expect(result == .failure(.image(error)))
        }
      }
    }

    /// Whatever a picture does costs it alone, for any number of decoders, and the same each time.
    @Test func resultsDoNotDependOnTheNumberOfWorkers() throws {
      let faults = ["crash", "trap", "exit", "lie", "leak", "abort"]
      let files = (0..<400).map { index in
        index % 37 == 5 ? fault(faults[index / 37 % faults.count]) : gray(index % 60 + 1, UInt8(index % 256))
      }
      let first = try outcomes(probePool(workers: 1), files).results.map(message)
      for workers in 2...4 {
        #expect(try outcomes(probePool(workers: workers), files).results.map(message) == first)
      }
      #expect(first.filter { $0.contains(" x ") }.count == 400 - 11)
    }

    @Test func closureMayFailAndIsAskedAgainOnlyAfterADeath() throws {
      var asked: [Int: Int] = [:]
      var results: [String] = []
      let report = try probePool(workers: 1).decode(
        count: 5,
        request: { index, body throws(DecodeFailure) in
          asked[index, default: 0] += 1
          if index == 1 { throw .source("no such file") }
          (index == 3 ? fault("crash") : gray(3, 1)).withUnsafeBytes { body($0) }
        }, onResult: { _, result in results.append(message(result)) })
      #expect(results == ["3 x 3", "no such file", "3 x 3", "decoder crashed (signal 11)", "3 x 3"])
      #expect(asked[0] == 1 && asked[1] == 1 && asked[2] == 1)
      // Once in company, once in a new process by itself.
      #expect(asked[3] == 2 && report.restarts == 2)
    }

    @Test func largePicturesGoThroughWhole() throws {
      let files = [gray(3000, 7), gray(1, 1), gray(2500, 9), expanding(width: 9000, height: 9000)]
      let found = try outcomes(probePool(), files)
      let sides = try found.results.map { try $0.get().width }
      #expect(sides == [3000, 1, 2500, 9000])
      #expect(try found.results[2].get().pixels.allSatisfy { $0 == 9 })
    }

    /// Few bytes that become many: results wait for those before them only up to a bound.
    @Test func resultsThatWaitAreBounded() throws {
      let files = [fault("hang")] + (0..<20).map { _ in expanding(width: 6000, height: 6000) }
      var most = 0
      var results: [String] = []
      let before = residentBytes()
      try probePool(seconds: 3).decode(
        count: files.count, request: { index, body in files[index].withUnsafeBytes { body($0) } },
        shouldStop: {
          most = max(most, residentBytes())
          return false
        }, onResult: { _, result in results.append(message(result)) })
      #expect(results == ["took more than 3 s"] + [String](repeating: "6000 x 6000", count: 20))
      // 20 results have 720 MB.
      #expect(most > before && most - before < 450 << 20)
    }

    @Test func canBeStopped() throws {
      var results = 0
      let clock = ContinuousClock()
      let start = clock.now
      try probePool().decode(
        count: 3, request: { _, body in fault("hang").withUnsafeBytes { body($0) } },
        shouldStop: { clock.now - start > .milliseconds(500) }, onResult: { _, _ in results += 1 })
      #expect(results == 0 && clock.now - start < .seconds(5))
    }

    @Test func programsThatAreNoDecoderAreAnError() {
      for (path, arguments) in [
        ("/nonexistent", []), ("/bin/true", []), (probePath, ["orphan"]),
      ] {
        let pool = DecoderPool(workers: 2, arguments: arguments, executable: path)
        #expect(throws: PoolError.self) { try pool.decode([gray(1, 1)]) { _, _ in } }
      }
    }
  }
}
