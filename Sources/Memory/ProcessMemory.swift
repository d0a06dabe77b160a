import Glibc

/// Bytes of the process that are in memory (statm in proc(5)).
package struct ProcessMemory {
  package let resident: Int
  /// Of these, pages of mapped files.
  package let ofFiles: Int

  package static var now: ProcessMemory {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    defer { if file >= 0 { close(file) } }
    var text = [UInt8](repeating: 0, count: 128)
    let count = file >= 0 ? read(file, &text, text.count) : 0
    let pages = String(decoding: text.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    func bytes(_ index: Int) -> Int {
      (pages.indices.contains(index) ? Int(pages[index]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
    return ProcessMemory(resident: bytes(1), ofFiles: bytes(2))
  }
}
