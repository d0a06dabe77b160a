/// As databases and hospitals hand tables out: commas are text there more often than not.
extension DelimitedFormat {
  static let psv = DelimitedFormat(name: "PSV", fileExtension: "psv", delimiter: UInt8(ascii: "|"))
}
