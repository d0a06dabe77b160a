import Review

/// Whatever the bytes are, the valid prefix alone reads as the same decisions and has no fault; each decision can be
/// shown.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJournal(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  let contents = Journal.parse(bytes)
  precondition(contents.end.bytes <= count && contents.problems.count <= 1)
  let prefix = Journal.parse(UnsafeRawBufferPointer(rebasing: bytes[..<contents.end.bytes]))
  precondition(
    prefix.problems.isEmpty && prefix.decisions == contents.decisions && prefix.head == contents.head)
  for decision in contents.decisions { _ = JournalLog.line(for: decision) }
  _ = Agreement([ReviewState(contents.decisions)])
  return 0
}
