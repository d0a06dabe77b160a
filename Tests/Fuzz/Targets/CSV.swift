import Formats

/// Records tile the bytes, lines rise, and every cell can be asked what it means.
func fuzzCSV(_ bytes: UnsafeRawBufferPointer) {
  for delimiter in [UInt8(ascii: ","), UInt8(ascii: "\t")] {
    var reader = CSVReader(bytes: bytes, delimiter: delimiter)
    var record = Record()
    var end: Int?
    var line = 0
    while (try? reader.next(&record)) == true {
      precondition(record.count > 0 && !record.bytes.isEmpty && record.line > line)
      if let end { precondition(record.bytes.lowerBound == end) }
      end = record.bytes.upperBound
      line = record.line
      for index in 0..<record.count {
        let number = CellValue.number(record.field(index))
        precondition(number?.isFinite ?? true)
        _ = CellValue.time(record.field(index))
      }
    }
  }
}
