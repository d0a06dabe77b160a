import Parquet
import Testing
import Values

/// Values as people write them, and as JSON.
@Suite struct RenderingTests {
  static func json(_ value: NestedValue) -> String {
    var bytes: [UInt8] = []
    value.appendJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func numbersAreNumbers() {
    #expect(Self.json(.int(.min)) == "-9223372036854775808")
    #expect(Self.json(.uint(.max)) == "18446744073709551615")
    #expect(Self.json(.float(1.1)) == "1.1")
    #expect(Self.json(.double(.leastNonzeroMagnitude)) == "5e-324")
    #expect(Self.json(.double(.nan)) == "\"NaN\"")
    #expect(Self.json(.double(-.infinity)) == "\"-Infinity\"")
  }

  @Test func decimalsKeepTheirScale() {
    #expect(DecimalValue(-1250, scale: 2).description == "-12.50")
    #expect(DecimalValue(5, scale: 3).description == "0.005")
    #expect(DecimalValue(0, scale: 0).description == "0")
    #expect(DecimalValue(.min, scale: 0).description == "-9223372036854775808")
    #expect(DecimalValue([UInt8](repeating: 0xFF, count: 40), scale: 1).description == "-0.1")
    // 2^127, and the smallest of 16 bytes.
    #expect(
      DecimalValue([0, 0x80] + [UInt8](repeating: 0, count: 15), scale: 0).description
        == "170141183460469231731687303715884105728")
    #expect(
      DecimalValue([0x80] + [UInt8](repeating: 0, count: 15), scale: 38).description
        == "-1.70141183460469231731687303715884105728")
  }

  @Test func timesAreThoseOfTheCalendar() {
    func timestamp(_ count: Int64, _ unit: TimeUnit, _ isUTC: Bool = false) -> String {
      TimestampValue(count: count, unit: unit, isUTC: isUTC).description
    }
    #expect(timestamp(0, .nanoseconds) == "1970-01-01T00:00:00")
    #expect(timestamp(-1, .milliseconds, true) == "1969-12-31T23:59:59.999Z")
    #expect(timestamp(1_709_209_800_250, .milliseconds) == "2024-02-29T12:30:00.250")
    #expect(timestamp(.min, .nanoseconds) == "1677-09-21T00:12:43.145224192")
    #expect(timestamp(.max, .nanoseconds) == "2262-04-11T23:47:16.854775807")
    #expect(timestamp(.max, .microseconds) == "+294247-01-10T04:00:54.775807")
    #expect(timestamp(.min, .milliseconds) == "-292275055-05-16T16:47:04.192")
    #expect(Self.json(.date(-719_162)) == "\"0001-01-01\"")
    #expect(Self.json(.date(11_016)) == "\"2000-02-29\"")
    #expect(Self.json(.date(.max)) == "\"+5881580-07-11\"")
    #expect(Self.json(.date(.min)) == "\"-5877641-06-23\"")
  }

  @Test func bytesAreTextOrBase64() {
    #expect(Self.json(.bytes(Array("text".utf8))) == "\"text\"")
    #expect(Self.json(.bytes([0xFF, 0x00])) == "\"/wA=\"")
    #expect(Self.json(.bytes([0xFF])) == "\"/w==\"")
    #expect(Self.json(.bytes([0xFF, 0xFE, 0xFD])) == "\"//79\"")
    #expect(
      Self.json(.uuid((0..<16).map { UInt8($0 * 17) })) == "\"00112233-4455-6677-8899-aabbccddeeff\"")
  }

  @Test func nestedValuesAreObjectsAndArrays() {
    let structure = StructureValue(
      names: ["a\"", "b"], values: [.list([.null, .bool(true)]), .string("\n\u{1}é")])
    #expect(Self.json(.structure(structure)) == #"{"a\"":[null,true],"b":"\n\u0001é"}"#)
    let map = NestedValue.map([
      EntryValue(key: .int(1), value: .map([])), EntryValue(key: .null, value: .list([])),
    ])
    #expect(Self.json(map) == #"{"1":{},"null":[]}"#)
    #expect(map.text == Array(#"{"1":{},"null":[]}"#.utf8))
    #expect(NestedValue.string("plain").text == Array("plain".utf8))
  }
}
