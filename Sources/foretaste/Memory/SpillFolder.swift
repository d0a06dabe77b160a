import CSpill
import Foundation

/// Where spilled arrays lie: the first folder for temporary files that is on a disk.
enum SpillFolder {
  /// - Parameter others: folders beyond `TMPDIR` and `/var/tmp`, as that of the case.
  /// - Returns: an absolute path; nil where none is on a disk and can be written to.
  static func find(_ others: [String]) -> String? {
    let wanted = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    return ([wanted, "/var/tmp"] + others)
      .map { URL(fileURLWithPath: $0).standardizedFileURL.path }
      .first { cspill_room($0) > 0 }
  }
}
