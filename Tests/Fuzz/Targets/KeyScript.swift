import Screen
import Workbench

/// A script is read, or the line of its fault is one of its lines.
func fuzzKeyScript(_ bytes: UnsafeRawBufferPointer) {
  let source = String(decoding: bytes, as: UTF8.self)
  do throws(KeyScript.Problem) {
    _ = try KeyScript(source)
  } catch {
    precondition(error.line >= 1 && error.line <= source.utf8.count + 1)
  }
}
