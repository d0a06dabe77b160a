import Images

/// What is decoded has the size that the header tells; the formats that libraries decode are left to their own process.
func fuzzPicture(_ bytes: UnsafeRawBufferPointer) {
  guard let header = try? ImageHeader.read(bytes) else { return }
  precondition(header.width > 0 && header.height > 0 || (try? ImageDecoder.decode(bytes, options)) == nil)
  guard [.bmp, .pnm, .gif].contains(header.format), let image = try? ImageDecoder.decode(bytes, options)
  else { return }
  precondition(image.pixels.count == image.width * image.height * image.channels)
  precondition(Set([image.width, image.height]) == Set([header.width, header.height]))
}

private let options = DecodeOptions(limits: ImageLimits(maxFileBytes: 1 << 20, maxPixels: 1 << 16))
