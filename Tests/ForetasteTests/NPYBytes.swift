import Foundation
import TestSupport
import Testing

/// Arrays as files of NumPy.
enum NPYBytes {
  static func array<Value: BitwiseCopyable>(_ type: String, _ shape: [Int], _ values: [Value]) -> Data {
    header(type, shape) + values.withUnsafeBytes { Data($0) }
  }

  static func header(_ type: String, _ shape: [Int]) -> Data {
    let sizes = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
    return Data(start + Array(header.utf8))
  }

  /// A folder of random pictures of 16 x 16 with ten labels.
  static func noisePictures(_ count: Int, in folder: ScratchFolder) throws -> String {
    let set = folder.url.appending(path: "set")
    try FileManager.default.createDirectory(at: set, withIntermediateDirectories: true)
    let source = try FileHandle(forReadingFrom: URL(filePath: "/dev/urandom"))
    let noise = try #require(try source.read(upToCount: count * 768))
    try (header("|u1", [count, 16, 16, 3]) + noise).write(to: set.appending(path: "images.npy"))
    try array("<i4", [count], (0..<count).map { Int32($0 % 10) }).write(to: set.appending(path: "labels.npy"))
    return set.path
  }
}
