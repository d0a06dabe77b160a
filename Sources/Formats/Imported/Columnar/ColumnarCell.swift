import Values

/// A value as the cell that it would be in JSON.
struct ColumnarCell {
  let kind: Record.Kind
  let bytes: [UInt8]

  static let missing = ColumnarCell(.missing)

  private init(_ kind: Record.Kind, _ bytes: [UInt8] = []) {
    self.kind = kind
    self.bytes = bytes
  }

  init(text: String?) { self.init(text == nil ? .missing : .text, Array((text ?? "").utf8)) }

  init(_ value: NestedValue, _ classes: ClassNames?) {
    if let label = classes?.name(of: value) {
      self.init(text: label)
      return
    }
    switch value {
    case .null: self.init(.missing)
    case .bool: self.init(.bool, value.text)
    // What JSON has no number for is a string there.
    case .float(let number) where !number.isFinite: self.init(text: Self.text(number))
    case .double(let number) where !number.isFinite: self.init(text: Self.text(number))
    case .int, .uint, .float, .double, .decimal: self.init(.number, value.text)
    case .list: self.init(.list, value.text)
    case .structure, .map: self.init(.object, value.text)
    default: self.init(.text, value.text)
    }
  }

  /// With the folder that the name of a picture is relative to.
  func name(in folder: String) -> ColumnarCell {
    guard kind == .text, !folder.isEmpty else { return self }
    return ColumnarCell(.text, Array((folder + "/").utf8) + bytes)
  }

  static func text(_ number: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    if number.isFinite { return number.description }
    return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
  }
}

extension Record {
  mutating func append(_ cell: ColumnarCell) {
    var field = Field(start: scratch.count, kind: cell.kind)
    scratch += cell.bytes
    field.end = scratch.count
    field.isInScratch = true
    fields.append(field)
  }
}
