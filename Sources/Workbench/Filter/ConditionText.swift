/// A name or a value as a condition must write it: quoted where it is no plain word.
func conditionWord(_ value: String) -> String {
  let isPlain = value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:/".contains($0)) }
  let isKeyword = ["and", "or", "not"].contains(value.lowercased())
  guard !isPlain || isKeyword || value.isEmpty else { return value }
  var quoted = ""
  for character in value {
    if character == "\"" || character == "\\" { quoted.append("\\") }
    quoted.append(character)
  }
  return "\"\(quoted)\""
}
