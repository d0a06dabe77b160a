import Model

/// Lists of the pictures of a folder in Parquet: one, `metadata.parquet`, or one in the folder of each split, whose names are
/// relative to it.
struct PictureTables: ImportedFormat {
  let name = ParquetFormat().name
  private static let fileName = "metadata." + ParquetFormat().fileExtension

  func files(of folder: FolderListing) -> [String] {
    guard !LabelledFolder.pictures.files(of: folder).isEmpty else { return [] }
    if folder.files.contains(Self.fileName) { return [Self.fileName] }
    return folder.files.filter { Shards.isInFolderOfSplit($0, called: Self.fileName) }
  }

  func unread(of folder: FolderListing) -> [String] {
    let read = Set(files(of: folder) + LabelledFolder.pictures.files(of: folder))
    return folder.files.filter { !read.contains($0) }
  }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    try ParquetFormat.samples(files, listPictures: true)
  }
}
