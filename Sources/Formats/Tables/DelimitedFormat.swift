/// Tables of text, one row a line. The delimiter that the name stands for is used unless another makes clearly more of a
/// table of the file: `DialectSearch`.
struct DelimitedFormat: RecordFormat {
  let name: String
  let fileExtension: String
  var otherExtensions: [String] = []
  let delimiter: UInt8

  static let csv = DelimitedFormat(name: "CSV", fileExtension: "csv", delimiter: UInt8(ascii: ","))
  static let tsv = DelimitedFormat(
    name: "TSV", fileExtension: "tsv", otherExtensions: ["tab"], delimiter: UInt8(ascii: "\t"))

  func rows(
    of text: RecordText, name: String, options: DatasetOptions
  ) throws(FormatError) -> any RecordRows {
    try TableScan(text, usualDelimiter: delimiter, name: name, options: options)
  }
}
