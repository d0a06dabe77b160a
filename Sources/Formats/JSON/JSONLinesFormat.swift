/// One object a line; where that is not so, the other forms of JSON too.
struct JSONLinesFormat: RecordFormat {
  let name = "JSON Lines"
  let fileExtension = "jsonl"
  let otherExtensions = ["ndjson"]

  func claims(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  func rows(
    of text: RecordText, name: String, options: DatasetOptions
  ) throws(FormatError) -> any RecordRows {
    try ObjectScan(text, isLines: true, name: name, skipsBadLines: options.skipBadLines)
  }
}
