import Glibc
import Images

/// The other side of `DecoderPool`: a process that decodes and can do little else.
package enum DecoderWorker {
  /// Answers until its input ends. The process is confined from then on and is to end with the status that is given.
  /// - Parameters:
  ///   - input: by convention 0, as `output` is 1: other descriptors are closed.
  ///   - filtersCalls: false for tests: as on a kernel that has no filter of system calls.
  ///   - intercept: is shown each file before it is decoded; for tests, which make a decoder fail on purpose.
  package static func run(
    input: Int32 = 0, output: Int32 = 1, filtersCalls: Bool = true,
    intercept: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) -> Int32 {
    var stream = WorkerStream(input: input, output: output)
    guard let bytes = stream.read(WorkerSettings.byteCount), let settings = WorkerSettings(bytes[...]) else {
      return 2
    }
    guard let confinement = Confinement.enter(memory: settings.memory, filtersCalls: filtersCalls) else {
      return 3
    }
    var greeting = WireWriter()
    greeting.put(confinement.wireValue)
    guard stream.write(greeting.bytes) else { return 0 }
    while let head = stream.read(8) {
      var reader = WireReader(head[...])
      guard let size = reader.size(), size <= settings.options.limits.maxFileBytes else { return 2 }
      guard let memory = malloc(max(1, size)) else {
        guard stream.skip(size), stream.write(WireReply.encoded(noMemory)) else { return 0 }
        continue
      }
      defer { free(memory) }
      let file = UnsafeMutableRawBufferPointer(start: memory, count: size)
      guard stream.read(into: file) else { return 0 }
      intercept?(UnsafeRawBufferPointer(file))
      guard answer(UnsafeRawBufferPointer(file), settings.options, stream) else { return 0 }
    }
    return 0
  }

  private static let noMemory = ImageError(.outOfMemory, "no memory left")

  private static func answer(
    _ file: UnsafeRawBufferPointer, _ options: DecodeOptions, _ stream: borrowing WorkerStream
  ) -> Bool {
    do throws(ImageError) {
      try checkMemory(file, options)
      let image = try ImageDecoder.decode(file, options)
      let head = WireReply.head(of: image)
      // One call for small pictures, no copy of large ones.
      if image.pixels.count <= 1 << 16 { return stream.write(head + image.pixels) }
      return stream.write(head) && stream.write(image.pixels)
    } catch {
      return stream.write(WireReply.encoded(error))
    }
  }

  /// Swift ends the process where an allocation fails. Whether a picture's own bytes can be had is therefore asked
  /// first, so that this is told as what it is.
  private static func checkMemory(
    _ file: UnsafeRawBufferPointer, _ options: DecodeOptions
  ) throws(ImageError) {
    let header = try ImageHeader.read(file)
    try options.limits.check(width: header.width, height: header.height)
    let need = header.workingBytes(turnsUpright: options.turnsUpright)
    guard need > 1 << 20 else { return }
    // Mapped and never touched, so that it costs no page.
    guard let memory = mmap(nil, need, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), memory != MAP_FAILED
    else {
      throw noMemory
    }
    munmap(memory, need)
  }
}
