import Formats

/// The members of a JSON object of a model, each held against what it may be.
struct Settings {
  let file: String
  let value: JSONValue

  /// What is null counts as not there.
  subscript(name: String) -> JSONValue? {
    guard let member = value[name], member != .null else { return nil }
    return member
  }

  func problem(_ name: String, _ message: String) -> FormatError { FormatError(file, at: name, message) }

  func int(_ name: String, in range: ClosedRange<Int>) throws(FormatError) -> Int? {
    guard let member = self[name] else { return nil }
    guard case .number(let number) = member, let value = Int(exactly: number), range.contains(value) else {
      throw problem(name, "a whole number from \(range.lowerBound) to \(range.upperBound) is expected")
    }
    return value
  }

  func required(_ name: String, in range: ClosedRange<Int>) throws(FormatError) -> Int {
    guard let value = try int(name, in: range) else { throw problem(name, "is not there") }
    return value
  }

  func double(_ name: String) throws(FormatError) -> Double? {
    guard let member = self[name] else { return nil }
    guard case .number(let number) = member, number.isFinite else {
      throw problem(name, "a number is expected")
    }
    return number
  }

  func bool(_ name: String) throws(FormatError) -> Bool? {
    guard let member = self[name] else { return nil }
    guard case .bool(let value) = member else { throw problem(name, "true or false is expected") }
    return value
  }

  func string(_ name: String) throws(FormatError) -> String? {
    guard let member = self[name] else { return nil }
    guard case .string(let text) = member else { throw problem(name, "a string is expected") }
    return text
  }

  func array(_ name: String) throws(FormatError) -> [JSONValue]? {
    guard let member = self[name] else { return nil }
    guard case .array(let values) = member else { throw problem(name, "an array is expected") }
    return values
  }

  func object(_ name: String) throws(FormatError) -> Settings? {
    guard let member = self[name] else { return nil }
    guard case .object = member else { throw problem(name, "an object is expected") }
    return Settings(file: file, value: member)
  }

  /// Throws where a member that changes the result is set to anything but `expected`.
  func require(_ name: String, _ expected: JSONValue) throws(FormatError) {
    guard let member = self[name], member != expected else { return }
    throw problem(name, "is set to what is not supported")
  }
}
