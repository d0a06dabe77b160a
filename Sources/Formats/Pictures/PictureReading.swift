import Model

/// The pictures of a dataset as a scan compares them: at one size, with those that cannot be decoded.
struct PictureReading {
  let images: ImageStack
  /// Samples without a picture, and why.
  let problems: [Int: String]
  let notes: [String]
  /// As `Dataset.scaling`.
  let scaling: [Float]?

  private static let listed = 5

  /// Nil where none of them can be read.
  init?(
    _ pictures: EncodedPictures, options: DatasetOptions, progress: (Double) -> Void
  ) throws(FormatError) {
    guard let size = PictureSize(of: pictures, wanted: options.resolution) else { return nil }
    let decoding = PictureDecoding(workers: options.threads)
    let stack = try decoding.stack(
      pictures, size.shape, scaling: options.resolution == nil ? .usual : .target, progress: progress)
    guard stack.problems.count < pictures.count else { return nil }
    let problems = stack.problems
    var notes = [size.note].compactMap { $0 }
    if !problems.isEmpty {
      let shown = problems.keys.sorted().prefix(Self.listed).map { row in
        "\(pictures.name(at: row)): \(problems[row] ?? "")"
      }
      let more = problems.count > Self.listed ? "; …" : ""
      notes.append(
        "\(problems.count) of \(pictures.count) pictures cannot be decoded and are not scored (\(shown.joined(separator: "; "))\(more))"
      )
    }
    images = stack.images
    scaling = stack.scaling
    self.problems = problems
    self.notes = notes
  }
}

extension DatasetFiles {
  /// The pictures that lie beside the records, or that a column of them names; nil where there are none.
  /// - Parameters:
  ///   - imported: those of the samples themselves.
  ///   - column: of the records, that names files.
  ///   - count: of the samples.
  func pictures(
    _ reader: RecordReader?, column: Int?, count: Int, imported: EncodedPictures?
  ) -> EncodedPictures? {
    if let imported { return imported }
    guard let reader, let column, path("images.npy") == nil else { return nil }
    if let cells = PictureCells(reader, column: column, count: count) {
      return EncodedPictures(cells: cells, count: count)
    }
    let pictures = EncodedPictures(
      files: PictureFiles(in: folder, count: count) { reader.cell(column, at: $0) })
    return pictures.areThere ? pictures : nil
  }
}
