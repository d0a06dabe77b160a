import CSpill
import Foundation
import Formats
import Memory
import Model

/// Memory that a scan keeps within (`--memory`, or what is free).
///
/// Arrays of 128 KB and more are counted; those that would exceed the budget lie in mapped files without a name
/// (`CSpill`): the matrices of features, tables of neighbors, columns of scores and whatever else is large. What is small
/// stays in memory: names, texts while they are cut up, work of the threads. For that a part of the budget is kept free, and
/// a dataset for which it is too small is refused before it is scanned. Pages of the files that are in memory are given back
/// whenever the process has more than its budget.
struct MemoryBudget {
  let size: ByteSize
  /// Where the arrays lie that do not fit.
  let folder: String
  /// Whether somebody asked for it; else it is kept where it can be.
  private let isAsked: Bool

  /// What the program needs before it has seen any data, its threads' work included.
  private static let base = 64 << 20
  /// Bytes of small objects that a sample takes, measured on sets of each kind.
  private static let bytesPerSample = 500

  /// Share of what is free that a scan takes without `--memory`.
  private static let shareOfFree = 0.9

  /// - Parameters:
  ///   - wanted: nil for what is free.
  ///   - casePath: where the case will lie, whose disk is the last place to spill to.
  /// - Throws: where a budget is asked for that cannot be kept. Nil where none is, and the system does not say what is free.
  init?(_ wanted: ByteSize?, casePath: String) throws {
    let free = FreeMemory().bytes.map { ByteSize(bytes: Int(Double($0) * Self.shareOfFree)) }
    guard let size = wanted ?? free else { return nil }
    if size.bytes < 2 * Self.base, wanted != nil {
      throw Failure(
        ExitStatus.usage, "--memory \(size): a scan takes \(ByteSize(bytes: 2 * Self.base)) at least")
    }
    let parent = URL(fileURLWithPath: casePath).deletingLastPathComponent().path
    guard let folder = SpillFolder.find([parent]) else {
      guard wanted != nil else { return nil }
      throw Failure(
        ExitStatus.cannotCreate,
        "--memory: no folder on a disk for arrays beyond \(size); TMPDIR names one (those that lie in memory do not count)"
      )
    }
    self.size = size
    self.folder = folder
    isAsked = wanted != nil
  }

  /// Bytes that are kept free for what is not counted.
  private func reserve(samples: Int) -> Int { max(Self.base + samples * Self.bytesPerSample, size.bytes / 4) }

  /// From now on large arrays beyond the budget are spilled.
  /// - Throws: where no file can be made in the folder.
  func begin() throws { try begin(samples: 0) }

  private func begin(samples: Int) throws {
    let error = cspill_begin(folder, UInt64(max(1, size.bytes - reserve(samples: samples))))
    guard error == 0 || !isAsked else {
      throw Failure(ExitStatus.cannotCreate, "\(folder): \(String(cString: strerror(error)))")
    }
  }

  /// Makes room for the small objects of so many samples.
  /// - Throws: where they alone need more than the budget, with the size that would do.
  func admit(samples: Int) throws {
    let needed = Self.base + samples * Self.bytesPerSample
    guard size.bytes >= needed + needed / 3 else {
      throw Failure(
        ExitStatus.dataError,
        "\(counted(samples, "sample takes", "samples take")) \(ByteSize(bytes: needed + needed / 3)) of memory, beside arrays that may lie on "
          + "disk, and there are \(size): --memory \(ByteSize(bytes: needed + needed / 3)) would do")
    }
    try begin(samples: samples)
  }

  /// - Throws: where an array did not fit on the disk, so that the budget is no longer kept.
  func check() throws {
    let error = cspill_error()
    guard error == 0 else {
      throw Failure(
        ExitStatus.ioError,
        "\(folder): has no room for what does not fit into \(size) of memory (\(String(cString: strerror(error)))); "
          + "TMPDIR names another folder")
    }
  }
}
