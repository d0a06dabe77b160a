import Glibc

/// What a decoder does on purpose at a file that asks for it, so that the pool can be tested.
enum Faults {
  /// - Parameter file: "PROBE:" and the name of a fault; any other is decoded.
  static func intercept(_ file: UnsafeRawBufferPointer) {
    let prefix = Array("PROBE:".utf8)
    guard file.count > prefix.count, file.prefix(prefix.count).elementsEqual(prefix) else { return }
    switch String(decoding: file.dropFirst(prefix.count), as: UTF8.self) {
    case "crash": UnsafeMutablePointer<Int>(bitPattern: 0x5000_0000_0000)?.pointee = 1
    case "trap": fatalError("on purpose")
    case "abort": abort()
    case "exit": exit(5)
    case "hang": while true { pause(1) }
    case "memory":
      var blocks: [[UInt8]] = []
      while true { blocks.append([UInt8](repeating: 1, count: 10 << 20)) }
    case "leak": leak(400 << 20)
    case "open": exit(open("/etc/passwd", O_RDONLY) < 0 ? 7 : 8)
    case "socket": _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    case "fork": exit(fork() < 0 ? 7 : 8)
    case "execute": _ = mmap(nil, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    case "lie": say([UInt8](repeating: 0xFF, count: 4096))
    // A picture of one pixel, whatever was asked for.
    case "wrong-size":
      let numbers: [UInt8] = [1, 3, 0, 1, 1, 3, 1, 1, 1, 0, 0, 0, 0]
      say(numbers.flatMap { [$0, 0, 0, 0] } + [9, 9, 9])
    case "trickle":
      while true {
        say([0])
        pause(20_000_000)
      }
    case "big": say([UInt8](repeating: 0, count: 1 << 20))
    default: break
    }
  }

  private static func say(_ bytes: [UInt8]) { _ = write(1, bytes, bytes.count) }

  /// Without a system call that the filter forbids.
  private static func pause(_ turns: Int) {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<turns / 1000 + 1 { _ = numbers.next() }
  }

  private static func leak(_ size: Int) {
    // Not malloc: optimised code leaves out what nobody reads.
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    if memory == MAP_FAILED { exit(9) }
  }
}
