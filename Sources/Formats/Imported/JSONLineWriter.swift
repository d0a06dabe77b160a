import Model

/// Writes objects, one a line, into a file without a name.
struct JSONLineWriter {
  private let scratch: ScratchFile
  private var buffer: [UInt8] = []
  private var isLineOpen = false
  private(set) var count = 0
  private static let bufferSize = 1 << 20

  /// - Parameter name: what errors call the dataset.
  init(name: String) throws(FormatError) {
    scratch = try ScratchFile(name: name)
  }

  /// A line of members whose values are texts; nil is left out.
  mutating func append(_ members: KeyValuePairs<String, String?>) throws(FormatError) {
    for (name, value) in members {
      if let value { member(JSONText.string(name)) { $0 += JSONText.string(value) } }
    }
    try endLine()
  }

  /// - Parameters:
  ///   - name: as a JSON string.
  ///   - value: appends the value, in JSON on one line.
  mutating func member(_ name: [UInt8], _ value: (inout [UInt8]) -> Void) {
    buffer.append(UInt8(ascii: isLineOpen ? "," : "{"))
    isLineOpen = true
    buffer += name
    buffer.append(UInt8(ascii: ":"))
    value(&buffer)
  }

  /// The members of an object, which was found to be one.
  mutating func members(of object: UnsafeRawBufferPointer) {
    guard let start = object.firstIndex(of: UInt8(ascii: "{")),
      let end = object.lastIndex(of: UInt8(ascii: "}")), start < end
    else { return }
    let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard object[start + 1..<end].contains(where: { !spaces.contains($0) }) else { return }
    buffer.append(UInt8(ascii: isLineOpen ? "," : "{"))
    isLineOpen = true
    // Outside of strings, which hold none, line ends are spaces.
    for byte in object[start + 1..<end] { buffer.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
  }

  /// Ends the line of the members before.
  mutating func endLine() throws(FormatError) {
    if !isLineOpen { buffer.append(UInt8(ascii: "{")) }
    isLineOpen = false
    buffer += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
    count += 1
    if buffer.count >= Self.bufferSize { try flush() }
  }

  private mutating func flush() throws(FormatError) {
    try scratch.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  consuming func finish() throws(FormatError) -> MappedFile {
    try flush()
    return try scratch.mapped()
  }
}
