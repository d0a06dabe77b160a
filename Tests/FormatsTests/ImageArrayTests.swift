import Formats
import Foundation
import Model
import Testing

/// Pictures are the same ones however an array holds them.
@Suite struct ImageArrayTests {
  private static let (count, height, width) = (5, 4, 6)

  /// [N, H, W, 3] from 0 to 255, both among them.
  private static let pixels = (0..<count * height * width * 3).map { UInt8($0 * 73 % 256) }

  private static func pixel(_ image: Int, _ row: Int, _ column: Int, _ channel: Int) -> UInt8 {
    pixels[((image * height + row) * width + column) * 3 + channel]
  }

  /// The values of one order of the axes, `inner` last.
  private static func values(channels: Int, channelsFirst: Bool) -> [UInt8] {
    var result: [UInt8] = []
    func value(_ image: Int, _ row: Int, _ column: Int, _ channel: Int) -> UInt8 {
      channel < 3 ? pixel(image, row, column, channel) : 200
    }
    for image in 0..<count {
      if channelsFirst {
        for channel in 0..<channels {
          for row in 0..<height {
            for column in 0..<width { result.append(value(image, row, column, channel)) }
          }
        }
      } else {
        for row in 0..<height {
          for column in 0..<width {
            for channel in 0..<channels { result.append(value(image, row, column, channel)) }
          }
        }
      }
    }
    return result
  }

  private static func file(_ kind: String, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    switch kind {
    case "0 to 1": NPY.encode(shape: shape, bytes.map { Float($0) / 255 })
    case "-1 to 1": NPY.encode(shape: shape, bytes.map { Float($0) / 255 * 2 - 1 })
    case "0.0 to 255.0": NPY.encode(shape: shape, bytes.map(Float.init))
    case "whole numbers": NPY.encode(shape: shape, bytes.map(Int64.init))
    default: NPY.encode(shape: shape, bytes)
    }
  }

  private func load(_ file: [UInt8]) throws -> Dataset {
    let fixture = try ReadingFixture()
    try fixture.write("images.npy", file)
    return try fixture.load()
  }

  @Test(arguments: ["bytes", "whole numbers", "0 to 1", "-1 to 1", "0.0 to 255.0"], [3, 4])
  func colorPicturesAreReadInAnyLayout(kind: String, channels: Int) throws {
    for channelsFirst in [false, true] {
      let (n, h, w) = (Self.count, Self.height, Self.width)
      let shape = channelsFirst ? [n, channels, h, w] : [n, h, w, channels]
      let bytes = Self.values(channels: channels, channelsFirst: channelsFirst)
      let data = try load(Self.file(kind, shape, bytes))
      let stack = try #require(data.images)
      #expect(stack.shape == ImageShape(height: h, width: w, channels: 3))
      #expect((0..<n).flatMap { stack[$0].pixels } == Self.pixels, "\(kind), \(shape)")
      let note = data.notes.first { $0.hasPrefix("images.npy") } ?? ""
      #expect(note.contains("opacity") == (channels == 4))
      #expect(note.contains("channels stand before") == channelsFirst)
    }
  }

  @Test func grayPicturesAreReadInAnyLayout() throws {
    let bytes = (0..<3 * 25).map { UInt8($0 * 7 % 251) }
    for shape in [[3, 5, 5], [3, 1, 5, 5], [3, 5, 5, 1], [3, 25]] {
      let stack = try #require(try load(NPY.encode(shape: shape, bytes)).images)
      #expect(stack.shape == ImageShape(height: 5, width: 5, channels: 1))
      #expect((0..<3).flatMap { stack[$0].pixels } == bytes, "\(shape)")
    }
  }

  @Test func fortranOrderIsRead() throws {
    let (n, h, w) = (Self.count, Self.height, Self.width)
    var bytes = NPY.encodedHeader(descr: "<f4", shape: [n, 3, h, w], isFortranOrder: true)
    for column in 0..<w {
      for row in 0..<h {
        for channel in 0..<3 {
          for image in 0..<n {
            withUnsafeBytes(of: Float(Self.pixel(image, row, column, channel)) / 255) { bytes += Array($0) }
          }
        }
      }
    }
    let stack = try #require(try load(bytes).images)
    #expect((0..<n).flatMap { stack[$0].pixels } == Self.pixels)
  }

  @Test(
    arguments: [
      (NPY.encode(shape: [2, 2, 2], [0, 1, 2, 300, 4, 5, 6, 7] as [Float]), "values from 0.0 to 300.0"),
      (NPY.encode(shape: [2, 2, 2], [0, 1, 2, .nan, 4, 5, 6, 7] as [Float]), "element 3"),
      (NPY.encode(shape: [1, 2, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7] as [UInt8]), "1, 3 or 4 channels"),
      (NPY.encode(shape: [2, 6], (0..<12).map { UInt8($0) }), "has the shape [2, 6]"),
    ] as [([UInt8], String)])
  func whatIsNoPictureIsRefused(_ file: [UInt8], _ expected: String) throws {
    do {
      _ = try load(file)
      Issue.record("it was read")
    } catch { #expect("\(error)".contains(expected), "\(error)") }
  }
}
