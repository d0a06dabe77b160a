import Values

/// A message as it stands in a file (Arrow columnar format 1.5, "Encapsulated message format"): the length of the
/// metadata, behind the mark FFFFFFFF since version 0.15; the metadata; the body.
struct ArrowMessage {
  enum Kind: UInt8 {
    case schema = 1
    case dictionary = 2
    case batch = 3
  }
  let kind: Kind
  /// Of its kind.
  let header: FlatTable
  let body: ArrowBytes
  /// All of it in the file.
  let whole: Range<Int>
  /// Of that the mark, the length and the metadata.
  let metadataSize: Int
  /// Of the metadata, as the file has it.
  let version: Int16

  static let mark: UInt32 = 0xFFFF_FFFF

  /// - Returns: nil where the stream ends: at a length of 0, or at the end of the file.
  static func read(_ file: ArrowBytes, at offset: Int, limits: ArrowLimits) throws(ColumnarError)
    -> ArrowMessage?
  {
    do throws(ColumnarError) {
      return try message(file, at: offset, limits: limits)
    } catch {
      throw error.located(offset: offset)
    }
  }

  private static func message(_ file: ArrowBytes, at offset: Int, limits: ArrowLimits) throws(ColumnarError)
    -> ArrowMessage?
  {
    guard offset >= 0, offset <= file.count else {
      throw ColumnarError(.malformed, "a message outside of the file")
    }
    guard offset < file.count else { return nil }
    guard offset <= file.count - 4 else { throw cutOff }
    var start = offset + 4
    var length = file.load(UInt32.self, at: offset)
    if length == mark {
      guard start <= file.count - 4 else { throw cutOff }
      length = file.load(UInt32.self, at: start)
      start += 4
    }
    guard length != 0 else { return nil }
    guard length <= limits.metadataBytes else {
      throw ColumnarError(
        .limit, "no Arrow, or a message with metadata of \(length) bytes, more than \(limits.metadataBytes)")
    }
    guard Int(length) <= file.count - start else { throw cutOff }
    let bodyStart = start + Int(length)
    let table = try FlatTable(root: file[start..<bodyStart])
    let version = try table.number(0, Int16.self)
    guard (3...4).contains(version) else {
      throw ColumnarError(.unsupported, "metadata of version \(Int(version) + 1) is not supported")
    }
    let number = try table.number(1, UInt8.self)
    guard let kind = Kind(rawValue: number), let header = try table.table(2) else {
      throw ColumnarError(
        .unsupported, "a message of the kind \(number), which is no table, is not supported")
    }
    let bodySize = try table.number(3, Int64.self)
    guard bodySize >= 0 else { throw ColumnarError(.malformed, "a body of \(bodySize) bytes") }
    guard bodySize <= file.count - bodyStart else { throw cutOff }
    let end = bodyStart + Int(bodySize)
    return ArrowMessage(
      kind: kind, header: header, body: file[bodyStart..<end], whole: offset..<end,
      metadataSize: bodyStart - offset, version: version)
  }

  private static var cutOff: ColumnarError { ColumnarError(.malformed, "cut off within a message") }
}
