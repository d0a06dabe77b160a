import Glibc

/// Ends what processes that are gone have begun: a whole case is always found, and what they left behind goes.
enum CaseRecovery {
  /// Where there is no case and a process was killed while it replaced one: the old case comes back, or the new one to its
  /// place. Where there is a case nothing is even looked at.
  static func recover(_ place: CasePlace) throws(CaseFileError) {
    guard try !hasRecord(place) else { return }
    try place.withLock { parent throws(CaseFileError) in
      guard try !hasRecord(place) else { return }
      for work in try WorkFolder.leftBehind(in: parent, of: place.name) {
        if try isCase(CaseReplacement.oldName, in: work), try isFree(place, in: parent) {
          let isBack = try work.folder.moveIfAbsent(CaseReplacement.oldName, to: parent, as: place.name)
          try parent.synchronize()
          if isBack { return }
        }
        guard try isEmptying(place, in: parent, by: work) else { continue }
        let new = try work.folder.folder(CaseReplacement.newName)
        let old = try parent.folderIfPresent(place.name)
        try finishEmptying(old, for: place, by: new, in: work, parent: parent)
        return try parent.synchronize()
      }
    }
  }

  /// Says in both folders that `old` gives way to the new case, and is not whole from now on. The new one can be found
  /// then, whatever happens.
  static func beginEmptying(_ old: OpenFolder, in work: WorkFolder, parent: OpenFolder) throws(CaseFileError)
  {
    try CaseRemains.mark(work.folder)
    try parent.synchronize()
    try CaseRemains.mark(old)
  }

  /// Moves what the scan did not make out of `old`, removes it, and puts the new case in its place.
  static func finishEmptying(
    _ old: OpenFolder?, for place: CasePlace, by new: OpenFolder, in work: WorkFolder, parent: OpenFolder
  ) throws(CaseFileError) {
    if let old {
      let identity = try old.status().identity
      try CaseRemains(of: old, through: try transit(in: work)).move(into: new) { () throws(CaseFileError) in
        guard try parent.status(of: place.name)?.identity == identity else { return true }
        return try parent.removeFolder(place.name)
      }
    }
    guard try work.folder.moveIfAbsent(CaseReplacement.newName, to: parent, as: place.name) else {
      throw parent.problem(place.name, EEXIST)
    }
  }

  /// Removes the work folders of processes that are gone; what they hold and no scan has made goes to the case first.
  /// What cannot be removed stays for the next time.
  static func removeLeftBehind(_ place: CasePlace, by work: WorkFolder) {
    try? place.withLock { parent throws(CaseFileError) in
      guard let target = try parent.folderIfPresent(place.name) else { return }
      let transit = try transit(in: work)
      for left in try WorkFolder.leftBehind(in: parent, of: place.name) {
        try? clear(left, into: target, through: transit)
      }
    }
  }

  static func transit(in work: WorkFolder) throws(CaseFileError) -> OpenFolder {
    if let transit = try work.folder.folderIfPresent(CaseReplacement.transitName) { return transit }
    let transit = try work.folder.makeFolder(CaseReplacement.transitName)
    // What comes through it must not be in a folder that a power cut takes.
    try work.folder.synchronize()
    return transit
  }

  /// Ends the work of this process.
  static func close(_ work: WorkFolder) {
    _ = try? work.folder.removeFolder(CaseReplacement.transitName)
    _ = try? work.folder.removeFile(CaseContents.emptyingName)
    _ = try? work.removeIfEmpty()
  }

  /// Whether nothing has the name of the place; an empty folder that held it for a rename makes way.
  private static func isFree(_ place: CasePlace, in parent: OpenFolder) throws(CaseFileError) -> Bool {
    guard let standing = try parent.status(of: place.name) else { return true }
    return standing.isFolder ? try parent.removeFolder(place.name) : false
  }

  /// Whether a process was killed that was emptying what stands at the place, or had just removed it.
  private static func isEmptying(
    _ place: CasePlace, in parent: OpenFolder, by work: WorkFolder
  ) throws(CaseFileError) -> Bool {
    guard try work.folder.status(of: CaseContents.emptyingName) != nil,
      try isCase(CaseReplacement.newName, in: work)
    else { return false }
    if let folder = try parent.folderIfPresent(place.name),
      try folder.status(of: CaseContents.emptyingName) != nil
    {
      return true
    }
    return try isFree(place, in: parent)
  }

  private static func clear(
    _ left: WorkFolder, into target: OpenFolder, through transit: OpenFolder
  ) throws(CaseFileError) {
    let cases = [CaseReplacement.newName, CaseReplacement.oldName]
    let folders = cases + [CaseReplacement.transitName, CaseContents.arraysName]
    for name in try left.folder.names() where !folders.contains(name) {
      // A folder that no scan makes: the whole was not made by one.
      guard try left.folder.status(of: name)?.isFolder != true else { return }
    }
    if let moving = try left.folder.folderIfPresent(CaseReplacement.transitName) {
      for name in try moving.names() { try moving.keep(name, in: target, as: name) }
      _ = try left.folder.removeFolder(CaseReplacement.transitName)
    }
    for name in cases {
      guard let folder = try left.folder.folderIfPresent(name) else { continue }
      try CaseRemains(of: folder, through: transit).move(into: target) { () throws(CaseFileError) in
        try left.folder.removeFolder(name)
      }
    }
    // Earlier versions had the case in the work folder itself.
    try CaseRemains(of: left.folder, through: transit).move(into: target) { () throws(CaseFileError) in
      try left.removeIfEmpty()
    }
  }

  private static func hasRecord(_ place: CasePlace) throws(CaseFileError) -> Bool {
    guard let folder = try place.parent.folderIfPresent(place.name) else { return false }
    return try folder.status(of: CaseRecordFile.name) != nil
  }

  private static func isCase(_ name: FileName, in work: WorkFolder) throws(CaseFileError) -> Bool {
    guard let folder = try work.folder.folderIfPresent(name) else { return false }
    return try CaseRecordFile.read(in: folder).flatMap(CaseMarker.init) != nil
  }
}
