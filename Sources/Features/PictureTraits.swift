import Glibc
import Model
import Numerics

/// How pictures are rendered, whatever they show: the strength of their detail at eight scales and in two directions,
/// their tones, how many values they use, the low bits of these, and their colors. What warps, blurs, filters, noises
/// or quantises a whole picture moves some of them (as features of image forensics do: Bayar & Stamm, 2018; Zeng et
/// al., "Rethinking the backdoor attacks' triggers", ICCV 2021, for the frequencies).
package struct PictureTraits: Sendable {
  /// What each column measures, for a person.
  package let names: [String]
  /// [N, T] standard scores over the set, bounded at ±6; 0 in a column that is the same for all.
  package let values: DenseMatrix

  private static let bands = 8
  private static let bound: Float = 6
  /// Quantiles of the gray values, and what they are called.
  private static let tones: [(share: Double, name: String)] = [
    (0.02, "black point"), (0.1, "dark tones"), (0.5, "middle tones"), (0.9, "bright tones"),
    (0.98, "white point"),
  ]

  /// - Parameter spectra: of the same images.
  /// - Throws: what `checkCancellation` throws.
  package init(
    _ images: ImageStack, spectra: CosineSpectra, workers: Workers,
    checkCancellation: @Sendable () throws -> Void
  ) throws {
    let bands = Bands(height: spectra.height, width: spectra.width)
    let blocks = try workers.map(count: images.count, blockSize: 128) { range -> [Float] in
      try checkCancellation()
      return range.flatMap { row in
        bands.means(spectra.coefficients.row(row))
          + images.withPixels(at: row) { Self.measure($0, images.shape) }
      }
    }
    names = Self.names(channels: images.shape.channels)
    let measured = DenseMatrix(rows: images.count, columns: names.count, joining: blocks)
    let standardized = try FeatureBuilder.standardized(measured, excluding: [], workers: workers)
    values = DenseMatrix(
      rows: images.count, columns: names.count,
      values: standardized.values.map { max(-Self.bound, min(Self.bound, $0)) })
  }

  private static func names(channels: Int) -> [String] {
    (0..<bands).map { ["coarse detail", "middle detail", "fine detail"][$0 * 3 / bands] }
      + ["fine vertical detail", "fine horizontal detail"]
      + ["brightness", "contrast"] + tones.map(\.name)
      + ["values in use", "pixels of one value", "odd values", "second bits"]
      + ["sharpness across", "sharpness down"]
      + (channels < 3
        ? [] : ["red over green", "blue over green", "saturation", "sharpness of red", "sharpness of blue"])
  }

  /// In the order of the names after the bands. A picture has at least one pixel.
  private static func measure(_ pixels: UnsafeBufferPointer<UInt8>, _ shape: ImageShape) -> [Float] {
    let count = shape.height * shape.width
    let channels = shape.channels
    var used = [Bool](repeating: false, count: 256 * channels)
    var values = [Int](repeating: 0, count: 256)
    var grays = values
    var gray = [Float](repeating: 0, count: count)
    for pixel in 0..<count {
      var sum = 0
      for channel in 0..<channels {
        let value = Int(pixels[pixel * channels + channel])
        used[channel * 256 + value] = true
        values[value] += 1
        sum += value
      }
      grays[(2 * sum + channels) / (2 * channels)] += 1
      gray[pixel] = Float(sum) / Float(channels)
    }
    let all = Float(count * channels)
    func bits(_ bit: Int) -> Float {
      Float((0..<256).reduce(0) { $0 + ($1 >> bit & 1) * values[$1] }) / all
    }
    let mean = gray.reduce(0, +) / Float(count)
    let variance = gray.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) } / Float(count)
    var result = [mean, log(variance.squareRoot() + 0.25)]
    result += tones.map { Float(quantile($0.share, of: grays, count: count)) }
    result.append(log(Float(used.count { $0 })))
    result.append(log(Float(values.max() ?? 0) / all))
    result += [bits(0), bits(1)]
    result += [sharpness(gray, shape, across: true), sharpness(gray, shape, across: false)]
    guard channels >= 3 else { return result }
    let green = (0..<count).map { Float(pixels[$0 * channels + 1]) }
    let red = (0..<count).map { Float(pixels[$0 * channels]) - green[$0] }
    let blue = (0..<count).map { Float(pixels[$0 * channels + 2]) - green[$0] }
    let saturation = (0..<count).reduce(Float(0)) { sum, pixel in
      sum + max(red[pixel], blue[pixel], 0) - min(red[pixel], blue[pixel], 0)
    }
    result += [red, blue].map { $0.reduce(0, +) / Float(count) } + [saturation / Float(count)]
    return result
      + [red, blue].map {
        (sharpness($0, shape, across: true) + sharpness($0, shape, across: false)) / 2
      }
  }

  private static func quantile(_ share: Double, of counts: [Int], count: Int) -> Int {
    var left = Int(share * Double(count - 1))
    for (value, count) in counts.enumerated() {
      left -= count
      if left < 0 { return value }
    }
    return counts.count - 1
  }

  /// log of the mean size of the second difference of neighboring pixels of a row or of a column.
  private static func sharpness(_ values: [Float], _ shape: ImageShape, across: Bool) -> Float {
    let step = across ? 1 : shape.width
    var sum: Float = 0
    var count = 0
    for row in across ? 0..<shape.height : 1..<max(1, shape.height - 1) {
      for column in across ? 1..<max(1, shape.width - 1) : 0..<shape.width {
        let at = row * shape.width + column
        sum += abs(values[at - step] - 2 * values[at] + values[at + step])
        count += 1
      }
    }
    return log(sum / Float(max(1, count)) + 0.25)
  }

  /// Rings of the cosine spectrum, and the upper half of it by direction.
  private struct Bands: Sendable {
    private let members: [[Int]]

    init(height: Int, width: Int) {
      var members = [[Int]](repeating: [], count: PictureTraits.bands + 2)
      for at in 1..<max(1, height * width) {
        let down = Float(at / width) / Float(height)
        let across = Float(at % width) / Float(width)
        let radius = ((down * down + across * across) / 2).squareRoot()
        members[min(PictureTraits.bands - 1, Int(radius * Float(PictureTraits.bands)))].append(at)
        if radius > 0.4, down > 2 * across { members[PictureTraits.bands].append(at) }
        if radius > 0.4, across > 2 * down { members[PictureTraits.bands + 1].append(at) }
      }
      self.members = members
    }

    /// Mean log strength of each; a coefficient of a thousandth of the full brightness counts as nothing.
    func means(_ coefficients: ArraySlice<Float>) -> [Float] {
      members.map { members in
        members.reduce(Float(0)) {
          $0 + log(abs(coefficients[coefficients.startIndex + $1]) + 1e-3)
        } / Float(max(1, members.count))
      }
    }
  }
}
