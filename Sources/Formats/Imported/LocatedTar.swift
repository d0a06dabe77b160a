import Model

/// Samples of archives, each found by where its first entry begins.
final class LocatedTar: LocatedSamples {
  private let places: SamplePlaces
  private let opened: [MappedFile]
  private let names: [String]
  var count: Int { places.count }
  let havePictures: Bool

  /// Nil where the archives are others.
  init?(_ files: [SourceFile], _ places: SamplePlaces) {
    guard let opened = try? files.map({ try $0.open() }),
      opened.map(\.bytes.count) == places.parts.map(\.size)
    else { return nil }
    self.places = places
    self.opened = opened
    names = files.map(\.name)
    havePictures = places.parts.contains(where: \.holdsPictures)
  }

  private func shard(of row: Int) -> (shard: TarShard, part: Int)? {
    guard let place = places.place(of: row),
      let shard = try? TarShard(opened[place.part], place.bytes, name: names[place.part])
    else { return nil }
    return (shard, place.part)
  }

  func append(_ row: Int, to line: inout JSONLine) -> Bool {
    guard let (shard, part) = shard(of: row), let sample = shard.samples.first else { return false }
    shard.append(sample, places.parts[part].split, to: &line)
    return true
  }

  func withPicture(at row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard let (shard, _) = shard(of: row), let sample = shard.samples.first else { return }
    let picture = shard.picture(of: sample)
    if !picture.isEmpty { body(UnsafeRawBufferPointer(rebasing: shard.bytes[picture])) }
  }
}
