import Images
import Isolation
import Model

/// Decodes pictures in processes of their own: a picture that harms its decoder costs one sample.
package struct PictureDecoding: Sendable {
  let workers: Int

  /// The command that the decoders are started by.
  package static let command = "decode-worker"

  private func pool(_ target: ImageTarget?, _ scaling: DecodeOptions.ScalingSizes = .none) -> DecoderPool {
    var options = DecodeOptions(target: target)
    options.scaling = scaling
    return DecoderPool(
      workers: workers, arguments: [Self.command],
      // Decoders multiply no matrices: no threads are started for that.
      environment: ["OPENBLAS_NUM_THREADS=1"],
      options: options)
  }

  struct Stack {
    let images: ImageStack
    /// Why samples have no picture, by row.
    let problems: [Int: String]
    /// As `Dataset.scaling`; nil where no picture is large enough.
    let scaling: [Float]?
  }

  /// All pictures at one size; black where one cannot be decoded.
  /// - Throws: `FormatError` where no decoder can be started.
  func stack(
    _ pictures: EncodedPictures, _ shape: ImageShape, scaling: DecodeOptions.ScalingSizes,
    progress: (Double) -> Void
  ) throws(FormatError) -> Stack {
    let size = shape.byteCount
    var problems: [Int: String] = [:]
    var isGray = true
    var traces = [Float](repeating: .nan, count: 3 * pictures.count)
    let target = ImageTarget(width: shape.width, height: shape.height, channels: shape.channels)
    let pixels = try Column<UInt8>(count: pictures.count * size) { pixels throws(FormatError) in
      pixels.initialize(repeating: 0)
      try run(pool(target, scaling), pictures, rows: 0..<pictures.count) { row, result in
        progress(Double(row) / Double(pictures.count))
        switch result {
        case .failure(let failure): problems[row] = failure.description
        case .success(let image):
          if let trace = image.scaling {
            traces.replaceSubrange(
              3 * row..<3 * row + 3, with: [trace.score, trace.firstControl, trace.secondControl])
          }
          isGray = isGray && Self.isGray(image.pixels)
          _ = pixels[(row * size)...].update(fromContentsOf: image.pixels)
        }
      }
    }
    let known = traces.contains { !$0.isNaN } ? traces : nil
    guard isGray else {
      return Stack(images: ImageStack(shape: shape, pixels: pixels), problems: problems, scaling: known)
    }
    let gray = ImageShape(height: shape.height, width: shape.width, channels: 1)
    let first = Column<UInt8>(count: pictures.count * gray.byteCount) { first in
      for index in first.indices { first.initializeElement(at: index, to: pixels[index * shape.channels]) }
    }
    return Stack(images: ImageStack(shape: gray, pixels: first), problems: problems, scaling: known)
  }

  private static func isGray(_ pixels: [UInt8]) -> Bool {
    var at = 0
    while at + 2 < pixels.count {
      if pixels[at] != pixels[at + 1] || pixels[at] != pixels[at + 2] { return false }
      at += 3
    }
    return true
  }

  /// Some pictures as they are.
  func pictures(_ pictures: EncodedPictures, at rows: [Int]) -> [Result<Image, PayloadProblem>] {
    var found = rows.map { _ in Result<Image, PayloadProblem>.failure(.init(reason: "cannot be decoded")) }
    do throws(FormatError) {
      try run(pool(nil), pictures, rows: rows) { place, result in
        found[place] = result.map { image in
          Image(
            shape: ImageShape(height: image.height, width: image.width, channels: image.channels),
            pixels: image.pixels)
        }.mapError { .init(reason: "\(pictures.name(at: rows[place])): \($0)") }
      }
    } catch {
      return rows.map { _ in .failure(.init(reason: error.description)) }
    }
    return found
  }

  /// - Parameter body: told the place in `rows`.
  private func run(
    _ pool: DecoderPool, _ pictures: EncodedPictures, rows: some RandomAccessCollection<Int>,
    _ body: (_ place: Int, Result<DecodedImage, DecodeFailure>) -> Void
  ) throws(FormatError) {
    do throws(PoolError) {
      try pool.decode(
        count: rows.count,
        request: { place, take throws(DecodeFailure) in
          do throws(FormatError) {
            try pictures.withBytes(at: rows[rows.index(rows.startIndex, offsetBy: place)]) { take($0) }
          } catch {
            throw .source(error.description)
          }
        },
        onResult: body)
    } catch {
      throw FormatError("pictures", "cannot be decoded: \(error)")
    }
  }
}
