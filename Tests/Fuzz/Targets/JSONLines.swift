import Formats

/// Lines tile the bytes, hold no line feed, and each parses or says at which of its bytes not.
func fuzzJSONLines(_ bytes: UnsafeRawBufferPointer) {
  var lines = JSONLines(bytes: bytes)
  var end: Int?
  while let line = lines.next() {
    precondition(line.content.lowerBound == line.bytes.lowerBound)
    precondition(line.content.upperBound <= line.bytes.upperBound)
    precondition(!bytes[line.content].contains(UInt8(ascii: "\n")))
    if let end { precondition(line.bytes.lowerBound == end) }
    end = line.bytes.upperBound
    do throws(JSONParser.Problem) {
      let value = try JSONParser.parse(bytes, in: line.content)
      precondition(value == value || "\(value)".contains("nan"))
    } catch {
      precondition(line.content.contains(error.byte) || error.byte == line.content.upperBound)
    }
  }
  if let places = try? JSONParser.places(of: "n", in: bytes) {
    for place in places { precondition((try? JSONParser.parse(bytes, in: place)) != nil) }
  }
}
