import Screen
import Workbench

/// A script is read, or the line of its fault is one of its lines.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzKeyScript(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let source = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  do throws(KeyScript.Problem) {
    _ = try KeyScript(source)
  } catch {
    precondition(error.line >= 1 && error.line <= source.utf8.count + 1)
  }
  return 0
}
