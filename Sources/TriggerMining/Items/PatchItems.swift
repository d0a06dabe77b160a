import Model
import Numerics
import Scanning

/// Single pixels and patches of 2x2, 3x3 and 4x4 at fixed positions: where noise shines through a trigger, a pixel of it
/// still has its level.
package struct PatchItems: ItemSource {
  /// A square, by its side and its upper left corner.
  package struct Site: Comparable, Sendable {
    let size: Int
    let row: Int
    let column: Int
    package static func < (a: Site, b: Site) -> Bool {
      (a.size, a.row, a.column) < (b.size, b.row, b.column)
    }
  }

  private let pixels: PatchPixels
  /// By pixel, the levels of its channels in each image: images of one pixel end to end, as every site looks at all
  /// images.
  private let levels: [[UInt8]]
  package let sites: [Site]

  package init(images: ImageStack) {
    pixels = PatchPixels(images: images)
    levels = pixels.levelsByPixel()
    let shape = images.shape
    sites = [1, 2, 3, 4].flatMap { size in
      (0...shape.height - size).flatMap { row in
        (0...shape.width - size).map { Site(size: size, row: row, column: $0) }
      }
    }
  }

  package func specificity(of site: Site) -> Int { site.size }

  package func forEachItem(
    at site: Site, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let count = pixels.images.count
    var codes = [UInt64](repeating: 0, count: count)
    codes.withUnsafeMutableBufferPointer { codes in
      for pixel in pixels.square(size: site.size, row: site.row, column: site.column) {
        levels[pixel].withUnsafeBufferPointer { levels in
          for image in 0..<count {
            codes[image] = codes[image] &* PatchPixels.multiplier &+ UInt64(levels[image])
          }
        }
      }
      // So that no code is `CodeGrouper.none`.
      for image in 0..<count { codes[image] >>= 1 }
    }
    var grouper = CodeGrouper(rowCount: count)
    grouper.forEachGroup(of: codes, sizes: sizes, body)
  }

  package func item(_ candidate: Candidate<Site>) -> TriggerItem {
    let site = candidate.site
    return .patch(
      row: site.row, column: site.column, height: site.size, width: site.size,
      values: pixels.values(of: candidate.holder, size: site.size, row: site.row, column: site.column))
  }

  package func phrase(_ candidate: Candidate<Site>) -> String {
    let site = candidate.site
    return "a \(site.size)x\(site.size) patch at row \(site.row), column \(site.column)"
  }
}

/// Patches of 3x3 pixels at any position.
package struct ShiftedPatchItems: ItemSource {
  /// A part of all codes, by a hash, so that few of them are in memory at once and parts run side by side.
  package typealias Site = Int

  private static let size = 3
  /// Each goes over all images, so there are as many in a large set as in a small one.
  private static let parts = 8
  package let sites = Array(0..<parts)
  private let pixels: PatchPixels

  package init(images: ImageStack) { pixels = PatchPixels(images: images) }

  package func forEachItem(
    at part: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var index = InvertedIndex()
    for image in 0..<pixels.images.count {
      var codes: [UInt64] = []
      forEachPatch(of: image) { code, _, _ in
        if Int(Hash.mix(code) % UInt64(Self.parts)) == part { codes.append(code) }
      }
      index.add(codes, row: image)
    }
    index.forEachGroup(sizes: sizes, body)
  }

  /// The polynomial hash of each patch that is not flat, from those of its rows.
  private func forEachPatch(of image: Int, _ body: (_ code: UInt64, _ row: Int, _ column: Int) -> Void) {
    let shape = pixels.images.shape
    let across = shape.width - Self.size + 1
    let levels = pixels.levels(of: image)
    let m = PatchPixels.multiplier
    let m3 = m &* m &* m
    // Of three levels side by side; `flat` is their level where they are equal, and -1 where they are not.
    var codes = [UInt64](repeating: 0, count: shape.height * across)
    var flat = [Int16](repeating: 0, count: codes.count)
    for row in 0..<shape.height {
      for column in 0..<across {
        let at = row * shape.width + column
        let (a, b, c) = (levels[at], levels[at + 1], levels[at + 2])
        codes[row * across + column] = (UInt64(a) &* m &+ UInt64(b)) &* m &+ UInt64(c)
        flat[row * across + column] = a == b && b == c ? Int16(a) : -1
      }
    }
    for row in 0...shape.height - Self.size {
      for at in row * across..<(row + 1) * across {
        let (second, third) = (at + across, at + 2 * across)
        if flat[at] >= 0, flat[at] == flat[second], flat[at] == flat[third] { continue }
        body((codes[at] &* m3 &+ codes[second]) &* m3 &+ codes[third], row, at - row * across)
      }
    }
  }

  package func item(_ candidate: Candidate<Site>) -> TriggerItem {
    let image = candidate.holder
    var corner = (row: 0, column: 0)
    forEachPatch(of: image) { code, row, column in if code == candidate.code { corner = (row, column) } }
    return .shiftedPatch(
      height: Self.size, width: Self.size,
      values: pixels.values(of: image, size: Self.size, row: corner.row, column: corner.column))
  }

  package func phrase(_ candidate: Candidate<Site>) -> String {
    "a \(Self.size)x\(Self.size) patch at varying positions"
  }
}

/// Square patches of the images of a stack, quantised to four levels a channel.
struct PatchPixels: Sendable {
  /// Of the polynomial hash of a patch's levels: odd and without structure (SplitMix64's increment).
  static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  let images: ImageStack

  /// Indices of the pixels of a patch, row-major.
  func square(size: Int, row: Int, column: Int) -> [Int] {
    (row..<row + size).flatMap { y in (column..<column + size).map { y * images.shape.width + $0 } }
  }

  /// By pixel, the levels of each image, two bits a channel.
  func levelsByPixel() -> [[UInt8]] {
    var levels = [[UInt8]](
      repeating: [UInt8](repeating: 0, count: images.count), count: images.shape.height * images.shape.width)
    for image in 0..<images.count {
      for (pixel, level) in self.levels(of: image).enumerated() { levels[pixel][image] = level }
    }
    return levels
  }

  /// The level of each pixel of an image, two bits a channel.
  func levels(of image: Int) -> [UInt8] {
    let channels = images.shape.channels
    return images.withPixels(at: image) { pixels in
      (0..<images.shape.height * images.shape.width).map { pixel in
        var level: UInt8 = 0
        for channel in 0..<channels { level = level << 2 | pixels[pixel * channels + channel] >> 6 }
        return level
      }
    }
  }

  /// The values of a patch as they are, row-major, channels interleaved.
  func values(of image: Int, size: Int, row: Int, column: Int) -> [UInt8] {
    let channels = images.shape.channels
    return images.withPixels(at: image) { pixels in
      square(size: size, row: row, column: column).flatMap { pixels[$0 * channels..<($0 + 1) * channels] }
    }
  }
}
