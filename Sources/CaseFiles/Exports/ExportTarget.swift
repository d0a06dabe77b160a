import Formats
import Glibc

/// The file or folder that an export becomes. It is made in a work folder beside its place and moved there when it is
/// whole; what is there already is never touched, unless it is empty.
package struct ExportTarget {
  package enum Kind { case file, folder }
  package let path: String
  private let kind: Kind
  private let parent: OpenFolder
  private let name: FileName
  private let replacesEmpty: Bool

  private static let newName: FileName = "export"
  /// The empty file that was at the place.
  private static let oldName: FileName = "empty"

  /// - Throws: `CaseFileError` when something is there that is not empty, or when the export would be taken for a part of
  ///   the dataset or the case whose folder it lies in.
  package init(
    _ path: String, kind: Kind, operations: FileOperations = .real
  ) throws(CaseFileError) {
    let path = FilePath.withoutTrailingSlashes(path)
    guard !path.isEmpty else { throw CaseFileError(.cannotWrite, "--output", "is empty") }
    self.path = path
    self.kind = kind
    do throws(CaseFileError) {
      parent = try OpenFolder(path: FilePath.parent(of: path), operations: operations)
    } catch {
      throw CaseFileError(error.kind, path, error.message)
    }
    name = FileName(FilePath.name(of: path))
    if let reason = try Self.harm(of: name, in: parent) { throw CaseFileError(.cannotWrite, path, reason) }
    guard let status = try parent.status(of: name) else {
      replacesEmpty = false
      return
    }
    let isEmpty =
      switch kind {
      case .file: status.isRegularFile && status.st_size == 0
      case .folder: status.isFolder ? try parent.folder(name).names().isEmpty : false
      }
    guard isEmpty else { throw Self.isThere(path) }
    replacesEmpty = true
  }

  /// What would come of an export of this name; nil where it is taken for nothing but an export.
  private static func harm(of name: FileName, in folder: OpenFolder) throws(CaseFileError) -> String? {
    if DatasetFiles.namesRead.contains(name.text) {
      for other in DatasetFiles.namesRead where try folder.status(of: FileName(other)) != nil {
        return
          "would be read as a part of the dataset that \(other) belongs to; choose another name or folder"
      }
    }
    guard CaseContents.isOfCase(name), try folder.status(of: CaseRecordFile.name) != nil else { return nil }
    return "is the name of a part of the case; choose another name or folder"
  }

  /// One file.
  /// - Parameter body: writes it, and says what was written.
  /// - Returns: that, and where.
  static func write(_ path: String, _ body: (inout FileWriter) throws -> String) throws -> [String] {
    let target = try ExportTarget(path, kind: .file)
    return try target.fill { temporary in
      var file = try FileWriter(path: temporary, mode: 0o666)
      let written = try body(&file)
      try file.finish()
      return ["wrote \(written) to \(target.path)"]
    }
  }

  /// - Parameter body: writes the whole export, synced, at the path that it is given.
  package func fill<Result>(_ body: (_ temporary: String) throws -> Result) throws -> Result {
    try Self.fill([self]) { try body($0[0]) }
  }

  /// Several that belong together: all of them come to their places, in this order, or none.
  static func fill<Result>(
    _ targets: [ExportTarget], _ body: (_ temporaries: [String]) throws -> Result
  ) throws -> Result {
    let number = UnfinishedExports.begin(targets.last?.path ?? "")
    defer { UnfinishedExports.end(number) }
    let works = try targets.map { target in
      target.removeLeftBehind()
      return try UnfinishedExports.make(for: number) {
        try WorkFolder(in: target.parent, for: target.name)
      } clear: {
        target.clear($0)
      }
    }
    let temporaries = works.map { $0.folder.place(of: newName) }
    do {
      let result = try body(temporaries)
      for work in works { try work.folder.synchronize() }
      try UnfinishedExports.put(number) { try put(works, at: targets) }
      return result
    } catch {
      // What a person asked for is the target; they need not know of the other name.
      guard let problem = error as? CaseFileError,
        let (target, temporary) = zip(targets, temporaries).first(where: { problem.path.hasPrefix($1) })
      else { throw error }
      throw CaseFileError(
        problem.kind, target.path + problem.path.dropFirst(temporary.count), problem.message)
    }
  }

  private static func put(_ works: [WorkFolder], at targets: [ExportTarget]) throws(CaseFileError) {
    for (index, (target, work)) in zip(targets, works).enumerated() {
      do throws(CaseFileError) { try target.put(work) } catch {
        for earlier in targets[..<index] { try? earlier.parent.removeTree(earlier.name) }
        throw error
      }
    }
  }

  private func put(_ work: WorkFolder) throws(CaseFileError) {
    let made = try work.folder.status(of: Self.newName)?.identity
    if replacesEmpty, kind == .file { try takeEmptyFile(into: work) }
    if replacesEmpty, kind == .folder {
      // A rename over a folder succeeds only while that is empty.
      let error = parent.operations.rename(
        work.folder.entry(Self.newName), parent.entry(name), .replacing)
      guard ![ENOTEMPTY, EEXIST, ENOTDIR].contains(error) else { throw Self.isThere(path) }
      guard error == 0 else { throw parent.problem(name, error) }
    } else if try !work.folder.moveIfAbsent(Self.newName, to: parent, as: name) {
      throw Self.isThere(path)
    }
    do throws(CaseFileError) { try parent.synchronize() } catch {
      // Not known to be saved: then it is not there either.
      if (try? parent.moveIfAbsent(name, to: work.folder, as: Self.newName)) == true,
        try work.folder.status(of: Self.newName)?.identity != made
      {
        try work.folder.keep(Self.newName, in: parent, as: name)
      }
      throw error
    }
  }

  /// The empty file leaves its place; one that was filled meanwhile stays.
  private func takeEmptyFile(into work: WorkFolder) throws(CaseFileError) {
    let error = parent.operations.rename(parent.entry(name), work.folder.entry(Self.oldName), .replacing)
    if error == ENOENT { return }
    guard error == 0 else { throw parent.problem(name, error) }
    guard try !work.folder.isEmptyFile(Self.oldName) else { return }
    try work.folder.keep(Self.oldName, in: parent, as: name)
    throw Self.isThere(path)
  }

  /// Removes what is unfinished. The empty file goes back where its place is free, or where it is no longer empty.
  /// - Returns: whether nothing is left.
  private func clear(_ work: WorkFolder) -> Bool {
    let folder = work.folder
    try? folder.removeTree(Self.newName)
    if (try? folder.status(of: Self.oldName)) != nil,
      (try? folder.moveIfAbsent(Self.oldName, to: parent, as: name)) != true
    {
      if (try? folder.isEmptyFile(Self.oldName)) == true {
        _ = try? folder.removeFile(Self.oldName)
      } else {
        try? folder.keep(Self.oldName, in: parent, as: name)
      }
    }
    return (try? work.removeIfEmpty()) == true
  }

  private func removeLeftBehind() {
    for left in (try? WorkFolder.leftBehind(in: parent, of: name)) ?? [] {
      let ours: Set<FileName> = [Self.newName, Self.oldName]
      guard let names = try? left.folder.names(), ours.isSuperset(of: names) else { continue }
      _ = clear(left)
    }
  }

  private static func isThere(_ path: String) -> CaseFileError {
    CaseFileError(.cannotWrite, path, "is there already; nothing is overwritten")
  }
}

extension OpenFolder {
  fileprivate func isEmptyFile(_ name: FileName) throws(CaseFileError) -> Bool {
    guard let status = try status(of: name) else { return false }
    return status.isRegularFile && status.st_size == 0
  }
}
