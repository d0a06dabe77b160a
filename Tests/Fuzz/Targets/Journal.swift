import Review

/// Whatever the bytes are, the valid prefix alone reads as the same decisions and has no fault; each decision can be
/// shown.
func fuzzJournal(_ bytes: UnsafeRawBufferPointer) {
  let contents = Journal.parse(bytes)
  precondition(contents.end.bytes <= bytes.count && contents.problems.count <= 1)
  let prefix = Journal.parse(UnsafeRawBufferPointer(rebasing: bytes[..<contents.end.bytes]))
  precondition(
    prefix.problems.isEmpty && prefix.decisions == contents.decisions && prefix.head == contents.head)
  for decision in contents.decisions { _ = JournalLog.line(for: decision) }
  _ = Agreement([ReviewState(contents.decisions)])
}
