/// Objects in any of the forms that a file of JSON holds them in.
struct JSONFormat: RecordFormat {
  let name = "JSON"
  let fileExtension = "json"

  func rows(
    of text: RecordText, name: String, options: DatasetOptions
  ) throws(FormatError) -> any RecordRows {
    try ObjectScan(text, isLines: false, name: name, skipsBadLines: options.skipBadLines)
  }
}
