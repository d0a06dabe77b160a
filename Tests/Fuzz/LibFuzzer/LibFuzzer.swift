import Foundation
import FuzzTargets

private let target: FuzzTarget = {
  guard let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"], let target = FuzzTarget.named(name)
  else { preconditionFailure("FUZZ_TARGET names no target") }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  target.run(UnsafeRawBufferPointer(start: start, count: count))
  return 0
}
