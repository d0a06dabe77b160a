/// Files by path relative to the output folder.
package typealias SampleFiles = [String: [UInt8]]

/// What is known of one sample.
struct TruthRow {
  let id: String
  var attack = ""
  var csv: String { "\(id),\(attack.isEmpty ? 0 : 1),\(attack),\(attack.isEmpty ? "clean" : "poison")\n" }
}

package enum SampleSets {
  /// All sets and their truth tables, the same bytes for every call.
  package static func make() -> SampleFiles {
    var files: SampleFiles = [:]
    for set in [DigitSet.make(), ChatSet.make(), TableSet.make()] { files.merge(set) { first, _ in first } }
    return files
  }

  static func truth(_ rows: [TruthRow]) -> [UInt8] {
    Array(("id,poisoned,attack,role\n" + rows.map(\.csv).joined()).utf8)
  }

  /// Minutes since 2026-03-01 00:00 UTC as ISO 8601; the sets span less than a month.
  static func time(minutes: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "2026-03-\(two(1 + minutes / 1440))T\(two(minutes / 60 % 24)):\(two(minutes % 60)):00Z"
  }

  /// Version 1.0 header of a .npy file.
  static func npy(descr: String, shape: [Int], _ data: [UInt8]) -> [UInt8] {
    let dimensions = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let dict = "{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(dimensions)), }"
    let padding = (64 - (dict.utf8.count + 11) % 64) % 64
    let header = dict + String(repeating: " ", count: padding) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [
      1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8),
    ]
      + Array(header.utf8) + data
  }
}
