import Numerics

/// Pictures by what their small squares look like (Coates, Ng & Lee, "An analysis of single-layer networks in
/// unsupervised feature learning", AISTATS 2011): squares of the set itself, each with its contrast taken off and
/// whitened, are grouped into so many kinds; a picture is how much of each kind its four quarters hold. No label and no
/// other data has a part in it.
///
/// Kinds are found by spherical k-means and weighed by the "triangle" of the paper: how much nearer a square is to a kind
/// than to the kinds on average.
struct PatchFeatures: Sendable {
  /// Pixels from one square to the next.
  private static let stride = 2
  private static let components = 64
  private static let kinds = PatchDictionary.kinds

  private let pictures: AveragedPictures
  private let dictionary: PatchDictionary
  /// Values of a square.
  private var size: Int { dictionary.mean.count }

  /// Whether there is room for squares in each quarter.
  static func fits(_ pictures: AveragedPictures) -> Bool {
    min(pictures.height, pictures.width) >= 2 * PatchDictionary.side && pictures.channels >= 3
  }

  /// [N, at most `components`]
  static func build(_ pictures: AveragedPictures, seed: UInt64, workers: Workers) throws -> DenseMatrix {
    let dictionary = try PatchDictionary(pictures, seed: seed, workers: workers)
    let encoder = PatchFeatures(pictures: pictures, dictionary: dictionary)
    let encoded = try FeatureBuilder.standardized(
      try encoder.encode(workers: workers), excluding: [], workers: workers)
    let principal = try PrincipalComponents.fit(
      encoded, rows: Array(0..<encoded.rows), count: components, seed: seed, workers: workers)
    return try principal.project(encoded, workers: workers)
  }

  /// [N, 4 * kinds]: the sums over each quarter.
  private func encode(workers: Workers) throws -> DenseMatrix {
    let rows = (pictures.height - PatchDictionary.side) / Self.stride + 1
    let columns = (pictures.width - PatchDictionary.side) / Self.stride + 1
    let width = 4 * Self.kinds
    return try DenseMatrix(rows: pictures.count, columns: width, blockRows: 32, workers: workers) {
      range, target in
      let room = Room(pictures.size, places: rows * columns, width: size, kinds: Self.kinds)
      target.initialize(repeating: 0, count: range.count * width)
      for (index, picture) in range.enumerated() {
        encode(picture, rows, columns, room, to: target + index * width)
      }
    }
  }

  private func encode(
    _ picture: Int, _ rows: Int, _ columns: Int, _ room: Room, to target: UnsafeMutablePointer<Float>
  ) {
    let (width, kinds, places) = (size, Self.kinds, rows * columns)
    pictures.read(picture, to: room.picture)
    for place in 0..<places {
      let square = room.squares + place * width
      PatchDictionary.copy(
        room.picture, of: pictures, place / columns * Self.stride, place % columns * Self.stride, to: square)
      for index in 0..<width { square[index] -= dictionary.mean[index] }
    }
    dictionary.whitening.withUnsafeValues { whitening in
      dictionary.centers.withUnsafeValues { centers in
        guard let whitening = whitening.baseAddress, let centers = centers.baseAddress else { return }
        BLAS.gemm(
          m: places, n: width, k: width, room.squares, lda: width, whitening, ldb: width, room.whitened,
          ldc: width)
        BLAS.gemm(
          m: places, n: kinds, k: width, room.whitened, lda: width, centers, ldb: width, transposeB: true,
          room.products, ldc: kinds)
      }
    }
    for place in 0..<places {
      let quarter = (place / columns * 2 / rows) * 2 + place % columns * 2 / columns
      add(room.whitened + place * width, room.products + place * kinds, to: target + quarter * kinds)
    }
  }

  /// max(0, mean distance − distance) of each kind.
  private func add(
    _ square: UnsafePointer<Float>, _ products: UnsafeMutablePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    // Of unit vectors: ‖q − c‖² = ‖q‖² + 1 − 2 q·c.
    let base = Distance.dot(square, square, count: size) + 1
    let bytes = UnsafeMutableRawPointer(products)
    var total = SIMD16<Float>.zero
    for at in Swift.stride(from: 0, to: 4 * Self.kinds, by: 64) {
      var squares = base - bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self) * 2
      squares.replace(with: 0, where: squares .< 0)
      let distances = squares.squareRoot()
      bytes.storeBytes(of: distances, toByteOffset: at, as: SIMD16<Float>.self)
      total += distances
    }
    let mean = total.sum() / Float(Self.kinds)
    let target = UnsafeMutableRawPointer(sums)
    for at in Swift.stride(from: 0, to: 4 * Self.kinds, by: 64) {
      var nearer = mean - bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      nearer.replace(with: 0, where: nearer .< 0)
      let sum = target.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self) + nearer
      target.storeBytes(of: sum, toByteOffset: at, as: SIMD16<Float>.self)
    }
  }

  /// What the squares of one picture take.
  private final class Room {
    let picture: UnsafeMutablePointer<Float>
    let squares: UnsafeMutablePointer<Float>
    let whitened: UnsafeMutablePointer<Float>
    let products: UnsafeMutablePointer<Float>

    init(_ size: Int, places: Int, width: Int, kinds: Int) {
      func room(_ count: Int) -> UnsafeMutablePointer<Float> {
        let values = UnsafeMutablePointer<Float>.allocate(capacity: count)
        values.initialize(repeating: 0, count: count)
        return values
      }
      picture = room(size)
      squares = room(places * width)
      whitened = room(places * width)
      products = room(places * kinds)
    }

    deinit { for values in [picture, squares, whitened, products] { values.deallocate() } }
  }
}
