import Model

/// Payloads of a dataset, each read from its mapped file when it is asked for.
///
/// The content digest of a sample is SHA-256 over what is judged, a zero byte, and the given label's name. Judged are
/// the pixels of a picture, or the bytes of its file; the text, as it was parsed; of a row the columns that are its features, sorted by name, each
/// as name and cell with their lengths in bytes before them (UInt64, little-endian); else the features as little-endian
/// Float. How a file quotes or orders its columns, and columns that play no part, do not change it; a digest is known again
/// after a column was added.
struct SampleContents: PayloadSource {
  enum Store: Sendable {
    case images(ImageStack)
    case pictures(DecodedPictures)
    case records(RecordReader)
    case features(Matrix)
    case nothing
  }
  let store: Store
  /// The texts of the records where they are in memory, so that none is parsed again.
  var texts: StringColumn?
  let labelName: @Sendable (Int) -> String

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    switch store {
    case .images(let stack):
      row < stack.count ? .success(.image(stack[row])) : .failure(.init(reason: "no such image"))
    case .pictures(let pictures):
      row < pictures.encoded.count
        ? pictures.picture(at: row).map(Payload.image) : .failure(.init(reason: "no such picture"))
    case .records(let reader): reader.payload(at: row)
    case .features(let matrix):
      row < matrix.rows ? .success(.features(matrix.row(row))) : .failure(.init(reason: "no such row"))
    case .nothing: .failure(.init(reason: "the dataset has labels only"))
    }
  }

  func payloads(at rows: [Int]) -> [Result<Payload, PayloadProblem>] {
    guard case .pictures(let pictures) = store, rows.allSatisfy({ $0 < pictures.encoded.count }) else {
      return rows.map(payload)
    }
    return pictures.pictures(at: rows).map { $0.map(Payload.image) }
  }

  func contentDigest(at row: Int) -> Digest { digest(of: row, labelled: labelName(row)) }

  /// Of the content alone, by which a sample without an id is named: a relabel leaves the name.
  func nameDigest(at row: Int) -> Digest {
    var hasher = SHA256()
    update(&hasher, with: row, .parsed)
    return hasher.digest
  }

  /// A digest of another form is one of the same content: those of earlier versions were taken over the bytes of the
  /// record, and those before a column was added to the table are of the other columns.
  func isBound(_ digest: Digest, to row: Int, labelled label: String) -> Bool {
    if digest == self.digest(of: row, labelled: label) { return true }
    guard case .records(let reader) = store else { return false }
    return digest == self.digest(of: row, labelled: label, .record)
      || reader.addable.contains { digest == self.digest(of: row, labelled: label, .without($0)) }
  }

  enum Form {
    case parsed
    /// The bytes of the record.
    case record
    /// Parsed, without some columns.
    case without(Set<Int>)
  }

  /// Of the bytes of its record, by which samples of the same content may be told apart; 0 where there are none.
  func recordHash(at row: Int) -> UInt64 {
    guard case .records(let reader) = store else { return 0 }
    return reader.withLine(at: row) { SHA256.digest(of: $0).prefix }
  }

  func digest(of row: Int, labelled label: String, _ form: Form = .parsed) -> Digest {
    var hasher = SHA256()
    update(&hasher, with: row, form)
    hasher.update([0])
    hasher.update(Array(label.utf8))
    return hasher.digest
  }

  private func update(_ hasher: inout SHA256, with row: Int, _ form: Form) {
    switch store {
    case .images(let stack):
      if row < stack.count {
        stack.withPixels(at: row) { hasher.update(UnsafeRawBufferPointer($0)) }
      }
    case .pictures(let pictures):
      // What cannot be opened has the content of nothing.
      if row < pictures.encoded.count { _ = try? pictures.encoded.withBytes(at: row) { hasher.update($0) } }
    case .records(let reader):
      switch form {
      case .parsed:
        if let texts, row < texts.count {
          texts.withUTF8(at: row) { hasher.update(UnsafeRawBufferPointer($0)) }
        } else {
          reader.withJudged(at: row) { hasher.update($0) }
        }
      case .record: reader.withLine(at: row) { hasher.update($0) }
      case .without(let columns): reader.withJudged(at: row, leaving: columns) { hasher.update($0) }
      }
    case .features(let matrix):
      if row < matrix.rows { matrix.row(row).withUnsafeBytes { hasher.update($0) } }
    case .nothing: break
    }
  }
}
