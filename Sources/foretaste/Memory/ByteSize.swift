import ArgumentParser
import Foundation

/// A number of bytes as people write it: 512MB, 4 GB, 2GiB, 1.5G. Units are powers of 1024, whichever way they are written.
struct ByteSize: ExpressibleByArgument, Equatable, CustomStringConvertible {
  let bytes: Int

  private static let units: [(letter: Character, shift: Int)] = [("K", 10), ("M", 20), ("G", 30), ("T", 40)]

  init(bytes: Int) { self.bytes = bytes }

  /// Nil for what is no positive number with one of these units, or none (bytes), and beyond 2^62 bytes.
  init?(argument: String) {
    let text = argument.filter { $0 != " " }.uppercased()
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var unit = text.dropFirst(digits.count)
    if unit.last == "B" { unit.removeLast() }
    if unit.last == "I", unit.count == 2 { unit.removeLast() }
    guard let number = Double(digits), unit.count <= 1 else { return nil }
    var shift = 0
    if let letter = unit.first {
      guard let known = Self.units.first(where: { $0.letter == letter }) else { return nil }
      shift = known.shift
    }
    let bytes = number * Double(1 << shift)
    guard bytes >= 1, bytes <= 0x1p62 else { return nil }
    self.bytes = Int(bytes)
  }

  /// Rounded up to two digits or more, so that what it says is enough: "1.3 GB".
  var description: String {
    guard let unit = Self.units.last(where: { bytes >= 1 << $0.shift }) else { return "\(bytes) bytes" }
    let tenths = (Double(bytes) / Double(1 << unit.shift) * 10).rounded(.up) / 10
    return "\(tenths >= 10 ? "\(Int(tenths.rounded(.up)))" : "\(tenths)") \(unit.letter)B"
  }
}

extension ByteSize {
  /// Of a file, or of all files in a folder and below; nil where there is none.
  static func ofFiles(at path: String) -> ByteSize? {
    let files = FileManager.default
    func size(_ path: String) -> Int { ((try? files.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0 }
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    guard isFolder.boolValue else { return ByteSize(bytes: size(path)) }
    let names =
      files.enumerator(atPath: path)?.lazy.compactMap { $0 as? String } ?? [String]().lazy.compactMap { $0 }
    return ByteSize(bytes: names.reduce(0) { $0 + size(path + "/" + $1) })
  }
}
