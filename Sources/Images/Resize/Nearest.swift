/// One old pixel for every new one.
enum Nearest {
  static func resize(_ pixels: [UInt8], _ shape: ResizeShape, isCentered: Bool) -> [UInt8] {
    func sourceIndex(_ index: Int, _ old: Int, _ new: Int) -> Int {
      isCentered ? (2 * index + 1) * old / (2 * new) : index * old / new
    }
    let columns = (0..<shape.newWidth).map { sourceIndex($0, shape.width, shape.newWidth) * shape.channels }
    return [UInt8](unsafeUninitializedCapacity: shape.newCount) { target, written in
      pixels.withUnsafeBufferPointer { source in
        for row in 0..<shape.newHeight {
          let start = sourceIndex(row, shape.height, shape.newHeight) * shape.width * shape.channels
          for column in columns {
            for channel in 0..<shape.channels {
              target[written] = source[start + column + channel]
              written += 1
            }
          }
        }
      }
    }
  }
}
