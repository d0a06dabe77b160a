import CaseFiles
import Foundation
import Synchronization
import Testing

/// What a power cut may leave of a case that is replaced, made from the calls of the replacement: always a whole case,
/// the new one once it was said to be there, and all that the scan did not make.
@Suite struct CasePowerCutTests {
  private struct Losses {
    var images = 0
    var cases = 0
    var others = 0
  }

  /// - Parameter syncs: false takes the guard out: what is synced is not.
  private static func cut(_ fileSystem: ReplacementFixture.FileSystem, syncs: Bool, perCall: Int) throws
    -> Losses
  {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let models = Mutex([DiskModel(of: fixture.folder.path)])
    @Sendable func step(_ isOneStep: Bool, _ change: (inout DiskModel) -> Void = { _ in }) {
      models.withLock {
        guard var model = $0.last else { return }
        model.observe(isOneStep: isOneStep)
        change(&model)
        $0.append(model)
      }
    }
    var operations = ReplacementFixture.quick(on: fileSystem)
    let (rename, link, remove) = (operations.rename, operations.link, operations.remove)
    @Sendable func watched(_ call: () -> Int32) -> Int32 {
      step(false)
      let error = call()
      step(true)
      return error
    }
    operations.rename = { old, new, how in watched { rename(old, new, how) } }
    operations.link = { old, new in watched { link(old, new) } }
    operations.remove = { entry, isFolder in watched { remove(entry, isFolder) } }
    operations.synchronize = { descriptor in
      step(false) { if syncs { $0.synchronized(descriptor) } }
      return 0
    }
    try fixture.write("new", operations)
    step(false)
    var random = SystemRandomNumberGenerator()
    var losses = Losses()
    let all = models.withLock { $0 }
    for (call, model) in all.enumerated() {
      for _ in 0..<perCall {
        let image = FileManager.default.temporaryDirectory.appending(path: "image-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: image) }
        model.image(at: image.path, &random)
        losses.images += 1
        let version = Self.version(in: image)
        let isWhole = version == "new" || version == "old" && call < all.count - 1
        if !isWhole { losses.cases += 1 }
        if !fixture.missingOthers(in: image.path).isEmpty { losses.others += 1 }
      }
    }
    return losses
  }

  /// Of the case that the next session finds; nil for none that is whole.
  private static func version(in image: URL) -> String? {
    let path = image.appending(path: "points.case").path
    let place = try? CasePlace(path, dataset: image.appending(path: "points.csv").path)
    guard let place, (try? place.recover()) != nil else { return nil }
    return try? CaseFolder.open(path).toolVersion
  }

  @Test(arguments: ReplacementFixture.FileSystem.allCases)
  func aWholeCaseAndTheThingsOfOthersSurviveEveryCut(_ fileSystem: ReplacementFixture.FileSystem) throws {
    let losses = try Self.cut(fileSystem, syncs: true, perCall: 4)
    #expect(losses.images > 200 && losses.cases == 0 && losses.others == 0, "\(losses)")
  }

  @Test func aReplacementThatDoesNotSyncIsFoundOut() throws {
    let losses = try Self.cut(.exchanging, syncs: false, perCall: 4)
    #expect(losses.cases > 0, "\(losses)")
  }
}
