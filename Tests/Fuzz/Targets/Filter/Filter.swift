import Support
import Workbench

/// A filter can be asked of every row, or its error points into the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFilter(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let material = MadeUp.material else { return 0 }
  let source = String(fuzzed: start, count)
  do throws(FilterError) {
    let filter = try CompiledFilter(source, material: material)
    for row in 0..<material.count { _ = filter.holds(row) { $0 == 1 ? .poisoned : nil } }
  } catch {
    precondition((0...source.count).contains(error.offset) && error.length >= 0)
  }
  return 0
}
