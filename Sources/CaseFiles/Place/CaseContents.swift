import Formats
import Glibc

/// What a folder that shall be replaced by a case holds. A case is known by its marker, case.json, and holds nothing
/// but what a scan makes and files or links directly in it, such as journals and notes, which a new case takes over.
struct CaseContents {
  /// Nil for an empty folder.
  let marker: CaseMarker?
  /// What the scan did not make.
  let others: [FileName]

  static let arraysName: FileName = "arrays"
  private static let scoresName: FileName = "scores.csv"
  /// Says of a folder that it was a case and is emptied for another one.
  static let emptyingName: FileName = "case.json.emptying"

  /// - Throws: `CaseFileError` with the reason where the folder is neither a case nor empty.
  init(of folder: OpenFolder) throws(CaseFileError) {
    func refusal(_ reason: String) -> CaseFileError {
      CaseFileError(
        .cannotWrite, folder.path, "\(reason); nothing is replaced, name another place with --case")
    }
    guard try folder.status().st_uid == geteuid() else { throw refusal("belongs to another user") }
    let names = try folder.names()
    guard !names.isEmpty else {
      (marker, others) = (nil, [])
      return
    }
    guard let record = try CaseRecordFile.read(in: folder) else {
      throw refusal("is a folder that no scan has made (it has no case.json)")
    }
    guard let marker = CaseMarker(record) else { throw refusal("its case.json is no case record") }
    var others: [FileName] = []
    for name in names {
      guard let status = try folder.status(of: name) else { continue }
      switch name {
      case Self.arraysName:
        guard status.isFolder else { throw refusal("its arrays are no folder") }
        let arrays = try folder.folder(name)
        for name in try arrays.names() {
          guard Self.isArray(name), try arrays.status(of: name)?.isRegularFile != false else {
            throw refusal("its arrays hold \(name.text), which no scan makes")
          }
        }
      case CaseRecordFile.name, Self.scoresName:
        guard status.isRegularFile else { throw refusal("its \(name.text) is no regular file") }
      case _ where DatasetFiles.isFileOfDataset(name.text):
        throw refusal("holds \(name.text), a file of a dataset")
      default:
        guard status.isRegularFile || status.isLink else {
          throw refusal("holds \(status.isFolder ? "the folder " : "")\(name.text), which no scan makes")
        }
        if !Self.isMade(name) { others.append(name) }
      }
    }
    (self.marker, self.others) = (marker, others)
  }

  /// Whether a scan makes the file of this name, directly in the case.
  static func isMade(_ name: FileName) -> Bool {
    [scoresName, CaseRecordFile.name, emptyingName].contains(name) || CaseRecordFile.isTemporary(name)
  }

  /// Whether what has this name, directly in a case, is taken for a part of it.
  static func isOfCase(_ name: FileName) -> Bool {
    isMade(name) || name == arraysName || name == FileName(CaseFolder.journalName)
  }

  static func isArray(_ name: FileName) -> Bool { name.text.hasSuffix(".npy") }
}

/// Takes apart a case that was replaced, or that a process left behind: what a scan made is removed, by the descriptor
/// of the folder that was looked at, and everything else goes to the case that took its place.
struct CaseRemains {
  let folder: OpenFolder
  /// A folder that nobody else knows, for what is on its way.
  let transit: OpenFolder
  private let madeArrays: Set<String>?

  init(of folder: OpenFolder, through transit: OpenFolder) throws(CaseFileError) {
    self.folder = folder
    self.transit = transit
    madeArrays = try CaseRecordFile.read(in: folder).flatMap(CaseMarker.init)?.arrays.map(Set.init)
  }

  /// - Parameter removeFolder: removes the folder itself; false where something is in it again.
  func move(into target: OpenFolder, removeFolder: () throws(CaseFileError) -> Bool) throws(CaseFileError) {
    for _ in 0..<1000 {
      try moveOthers(into: target)
      // First of what is removed: a case that is half gone must not look like one.
      try folder.removeFile(CaseRecordFile.name)
      // Where it stands in the place of a case, that is on the disk before anything else goes.
      if try folder.status(of: CaseContents.emptyingName) != nil { try folder.synchronize() }
      try removeArrays()
      for name in try folder.names() where CaseContents.isMade(name) && name != CaseContents.emptyingName {
        try folder.removeFile(name)
      }
      try target.synchronize()
      let isMarked = try folder.removeFile(CaseContents.emptyingName)
      if try removeFolder() { return }
      if isMarked { try Self.mark(folder) }
    }
    throw folder.problem(nil, ENOTEMPTY)
  }

  /// Says that the folder is emptied, for whoever finds it half empty.
  static func mark(_ folder: OpenFolder) throws(CaseFileError) {
    guard try folder.status(of: CaseContents.emptyingName) == nil else { return }
    var mark = try FileWriter(in: folder, name: CaseContents.emptyingName, mode: 0o600)
    try mark.finish()
    try folder.synchronize()
  }

  private func moveOthers(into target: OpenFolder) throws(CaseFileError) {
    for name in try folder.names() where !CaseContents.isMade(name) && name != CaseContents.arraysName {
      try move(name, from: folder, into: target)
    }
    guard let arrays = try folder.folderIfPresent(CaseContents.arraysName) else {
      // No folder, and yet there: not the scan's.
      if try folder.status(of: CaseContents.arraysName) != nil {
        try move(CaseContents.arraysName, from: folder, into: target)
      }
      return
    }
    let others = try arrays.names().filter { !isMadeArray($0) }
    guard !others.isEmpty else { return }
    let targetArrays = try target.folder(CaseContents.arraysName)
    for name in others { try move(name, from: arrays, into: targetArrays) }
    try targetArrays.synchronize()
  }

  private func removeArrays() throws(CaseFileError) {
    guard let arrays = try folder.folderIfPresent(CaseContents.arraysName) else { return }
    for name in try arrays.names() where isMadeArray(name) { try arrays.removeFile(name) }
    // Not empty: the next round moves what has come.
    _ = try folder.removeFolder(CaseContents.arraysName)
  }

  private func isMadeArray(_ name: FileName) -> Bool {
    madeArrays?.contains(name.text) ?? CaseContents.isArray(name)
  }

  /// The entry is taken out first and looked at then: what comes under its name meanwhile is not touched.
  private func move(
    _ name: FileName, from source: OpenFolder, into target: OpenFolder
  ) throws(CaseFileError) {
    let error = source.operations.rename(source.entry(name), transit.entry(name), .replacing)
    if error == ENOENT { return }
    guard error == 0 else { throw source.problem(name, error) }
    try transit.keep(name, in: target, as: name)
  }
}
