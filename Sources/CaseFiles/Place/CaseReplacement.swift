import Glibc

/// Puts a new case, whole and synced, where an old one may be.
///
///     links     what the scan did not make gets a second name in the new case: who has a journal open goes on writing
///               to the file that has its name
///     exchange  new and old case change places in one step
///     remains   what is left in the old case moves to the new one; only what the scan made is removed
///
/// Where the file system knows no exchange the old case steps aside first, and where it cannot even do that (a folder of
/// a lower layer of overlayfs) it is emptied in place; `CaseRecovery` ends what a kill interrupts. Whatever fails, the old
/// case or the new one is whole, and the new one is kept with its path said.
struct CaseReplacement {
  static let newName: FileName = "new"
  static let oldName: FileName = "old"
  /// What is on its way from one folder to another.
  static let transitName: FileName = "moving"

  private let place: CasePlace
  private let work: WorkFolder
  private let new: OpenFolder
  private var operations: FileOperations { place.parent.operations }

  /// - Parameter new: the folder `newName` in `work`.
  init(of place: CasePlace, by new: OpenFolder, in work: WorkFolder) {
    self.place = place
    self.work = work
    self.new = new
  }

  /// - Throws: `CaseFileError`, which says where the new case is kept when it could not come to its place.
  func run() throws(CaseFileError) {
    var isInPlace = false
    do throws(CaseFileError) {
      try place.withLock { parent throws(CaseFileError) in
        let remains = try replace(in: parent)
        isInPlace = true
        try synchronize(parent)
        if let remains { try clear(remains.old, called: remains.name) }
      }
    } catch {
      let isOfPlace = [place.path, place.parent.place(of: place.name)].contains(error.path)
      let reason = isOfPlace ? error.message : error.description
      throw CaseFileError(
        error.kind, place.path,
        isInPlace
          ? "the new case is in place; what else the old one held is kept in \(work.folder.path): \(reason)"
          : "\(reason); the new case is kept in \(new.path)")
    }
  }

  private typealias Remains = (old: OpenFolder, name: FileName)

  /// - Returns: the old case and its name in the work folder; nil where nothing is left of it.
  private func replace(in parent: OpenFolder) throws(CaseFileError) -> Remains? {
    // What comes to a free place at the last moment has to be looked at first.
    for _ in 0..<100 {
      guard case .folder(let old, let contents) = try place.standing() else {
        try new.synchronize()
        guard try work.folder.moveIfAbsent(Self.newName, to: parent, as: place.name) else { continue }
        return nil
      }
      try carryOver(contents, of: old)
      return try exchange(old, in: parent).map { (old, $0) }
    }
    throw parent.problem(place.name, EEXIST)
  }

  /// What the scan did not make is in the new case before that comes to its place. What cannot have a second name moves
  /// later.
  private func carryOver(_ contents: CaseContents, of old: OpenFolder) throws(CaseFileError) {
    for name in contents.others {
      let error = operations.link(old.entry(name), new.entry(name))
      guard [0, EEXIST, ENOENT, EPERM, EMLINK, EXDEV, ENOSYS, EOPNOTSUPP].contains(error) else {
        throw old.problem(name, error)
      }
    }
    let hasJournal = contents.others.contains(FileName(CaseFolder.journalName))
    if let journal = hasJournal ? CaseFolder.journalName : contents.marker?.journal {
      try CaseRecordFile.note(journal, in: new)
    }
    try new.synchronize()
  }

  private func exchange(_ old: OpenFolder, in parent: OpenFolder) throws(CaseFileError) -> FileName? {
    let (ours, theirs) = (work.folder.entry(Self.newName), parent.entry(place.name))
    let error = operations.rename(ours, theirs, .exchanging)
    guard error == 0 else {
      guard error == EXDEV || FileOperations.isUnsupported(error) else {
        throw parent.problem(place.name, error)
      }
      return try stepAside(old, in: parent)
    }
    guard try isOld(old, as: Self.newName) else {
      // Something came between the look and the exchange: everything back where it was.
      throw swapped(operations.rename(ours, theirs, .exchanging))
    }
    return Self.newName
  }

  private func stepAside(_ old: OpenFolder, in parent: OpenFolder) throws(CaseFileError) -> FileName? {
    let error = operations.rename(parent.entry(place.name), work.folder.entry(Self.oldName), .replacing)
    if error == EXDEV {
      try CaseRecovery.beginEmptying(old, in: work, parent: parent)
      try CaseRecovery.finishEmptying(old, for: place, by: new, in: work, parent: parent)
      return nil
    }
    guard error == 0 else { throw parent.problem(place.name, error) }
    do throws(CaseFileError) {
      guard try isOld(old, as: Self.oldName) else { throw swapped(0) }
      try synchronize(parent)
      guard try work.folder.moveIfAbsent(Self.newName, to: parent, as: place.name) else {
        throw parent.problem(place.name, EEXIST)
      }
    } catch {
      guard (try? work.folder.moveIfAbsent(Self.oldName, to: parent, as: place.name)) == true else {
        throw CaseFileError(
          error.kind, place.path, "\(error); what was there is kept in \(work.folder.path)")
      }
      throw error
    }
    return Self.oldName
  }

  private func clear(_ old: OpenFolder, called name: FileName) throws(CaseFileError) {
    let transit = try CaseRecovery.transit(in: work)
    try CaseRemains(of: old, through: transit).move(into: new) { () throws(CaseFileError) in
      try work.folder.removeFolder(name)
    }
  }

  private func isOld(_ old: OpenFolder, as name: FileName) throws(CaseFileError) -> Bool {
    try work.folder.status(of: name)?.identity == old.status().identity
  }

  private func swapped(_ error: Int32) -> CaseFileError {
    CaseFileError(
      .cannotWrite, place.path,
      "became something else while it was replaced"
        + (error == 0 ? "" : " and lies in \(work.folder.path) now: \(String(cString: strerror(error)))"))
  }

  private func synchronize(_ parent: OpenFolder) throws(CaseFileError) {
    try parent.synchronize()
    try work.folder.synchronize()
  }
}
