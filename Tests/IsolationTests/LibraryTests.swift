import Foundation
import Images
import Isolation
import Testing

extension Decoders {
  @Suite struct LibraryTests {
    /// Under the filter every decoder does all that it does without, for whole files and for damaged ones.
    @Test func librariesDoTheSameUnderConfinement() throws {
      var state: UInt64 = 17
      func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
      }
      var files: [[UInt8]] = []
      for name in samples.keys.sorted() {
        let whole = [UInt8](Data(base64Encoded: samples[name] ?? "") ?? Data())
        files.append(whole)
        for _ in 0..<300 {
          var changed = whole
          for _ in 0...random(3) { changed[random(changed.count)] = UInt8(random(256)) }
          files.append(changed)
        }
      }
      let options = DecodeOptions(
        limits: ImageLimits(maxPixels: 1 << 20), target: ImageTarget(width: 9, height: 9, channels: 3))
      let found = try outcomes(probePool(workers: 3, options: options), files)
      #expect(found.report.restarts == 0)
      for (file, result) in zip(files, found.results) {
        do {
          let image = try ImageDecoder.decode(file, options)
          #expect(result == .success(image))
        } catch {
          #expect(result == .failure(.image(error)))
        }
      }
    }
  }
}
