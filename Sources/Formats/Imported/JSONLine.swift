/// Objects of JSON, one a line.
struct JSONLine {
  private(set) var bytes: [UInt8] = []
  private var isOpen = false

  /// Members whose values are texts; nil is left out.
  mutating func append(_ members: KeyValuePairs<String, String?>) {
    for (name, value) in members {
      if let value { member(JSONText.string(name)) { $0 += JSONText.string(value) } }
    }
  }

  /// - Parameters:
  ///   - name: as a JSON string.
  ///   - value: appends the value, in JSON on one line.
  mutating func member(_ name: [UInt8], _ value: (inout [UInt8]) -> Void) {
    bytes.append(UInt8(ascii: isOpen ? "," : "{"))
    isOpen = true
    bytes += name
    bytes.append(UInt8(ascii: ":"))
    value(&bytes)
  }

  /// The members of an object, which was found to be one.
  mutating func members(of object: UnsafeRawBufferPointer) {
    guard let start = object.firstIndex(of: UInt8(ascii: "{")),
      let end = object.lastIndex(of: UInt8(ascii: "}")), start < end
    else { return }
    let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard object[start + 1..<end].contains(where: { !spaces.contains($0) }) else { return }
    bytes.append(UInt8(ascii: isOpen ? "," : "{"))
    isOpen = true
    // Outside of strings, which hold none, line ends are spaces.
    for byte in object[start + 1..<end] { bytes.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
  }

  /// Ends the line of the members before.
  mutating func end() {
    if !isOpen { bytes.append(UInt8(ascii: "{")) }
    isOpen = false
    bytes += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
