import Glibc
import Model

/// What of a folder is on the disk, told from what is seen of it between calls: contents of what was synced, and names
/// in folders that were synced.
///
/// A change of names is one step for all folders that it touches. A folder keeps the order of its changes, and a change
/// that reached the disk takes those before it in the same folders along; nothing else is certain.
struct DiskModel {
  struct Name: Hashable {
    let folder: Int
    let bytes: [CChar]
  }
  private enum Kind { case file, link, folder }
  private struct Node {
    var kind: Kind
    var now: [UInt8] = []
    var onDisk: [UInt8] = []
  }
  /// Names and what they come to stand for, nil where they go.
  private typealias Change = [Name: Int?]

  private let root: [CChar]
  private var nodes: [Node] = []
  /// By inode number: numbers are used again.
  private var living: [UInt64: Int] = [:]
  private var now: [Name: Int] = [:]
  private var onDisk: [Name: Int] = [:]
  private var pending: [Change] = []

  /// All that is there is on the disk.
  init(of folder: String) {
    root = Array(folder.utf8CString)
    observe(isOneStep: false)
    onDisk = now
    pending = []
    for node in nodes.indices { nodes[node].onDisk = nodes[node].now }
  }

  /// - Parameter isOneStep: what has changed since was one call; else each name by itself.
  mutating func observe(isOneStep: Bool) {
    var seen: [Name: Int] = [:]
    var inodes: Set<UInt64> = []
    var status = stat()
    guard lstat(root, &status) == 0 else { return }
    walk(root, as: node(status, .folder, at: root), &seen, &inodes)
    var change: Change = [:]
    for name in Set(seen.keys).union(now.keys) where seen[name] != now[name] { change[name] = seen[name] }
    if !change.isEmpty { pending += isOneStep ? [change] : change.map { [$0.key: $0.value] } }
    now = seen
    inodes.insert(UInt64(status.st_ino))
    living = living.filter { inodes.contains($0.key) }
  }

  private mutating func walk(
    _ place: [CChar], as folder: Int, _ seen: inout [Name: Int], _ inodes: inout Set<UInt64>
  ) {
    guard let stream = opendir(place) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { start -> [CChar] in
        let text = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
        return Array(UnsafeBufferPointer(start: text, count: strlen(text) + 1))
      }
      if bytes == [0x2E, 0] || bytes == [0x2E, 0x2E, 0] { continue }
      let path = place.dropLast() + [0x2F] + bytes
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      let kind: Kind =
        status.st_mode & S_IFMT == S_IFDIR ? .folder : status.st_mode & S_IFMT == S_IFLNK ? .link : .file
      let node = node(status, kind, at: path)
      seen[Name(folder: folder, bytes: bytes)] = node
      inodes.insert(UInt64(status.st_ino))
      if kind == .folder { walk(path, as: node, &seen, &inodes) }
    }
  }

  private mutating func node(_ status: stat, _ kind: Kind, at path: [CChar]) -> Int {
    let node: Int
    if let known = living[UInt64(status.st_ino)] {
      node = known
    } else {
      node = nodes.count
      nodes.append(Node(kind: kind))
      living[UInt64(status.st_ino)] = node
    }
    nodes[node].now = content(kind, at: path)
    // The target of a link is a part of its name.
    if kind == .link { nodes[node].onDisk = nodes[node].now }
    return node
  }

  private func content(_ kind: Kind, at path: [CChar]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    switch kind {
    case .folder: return []
    case .link:
      let count = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), buffer.count) } ?? 0
      }
      return Array(bytes.prefix(max(0, count)))
    case .file:
      let file = open(path, O_RDONLY)
      defer { close(file) }
      let count = read(file, &bytes, bytes.count)
      return Array(bytes.prefix(max(0, count)))
    }
  }

  /// The file or folder under the descriptor is on the disk.
  mutating func synchronized(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let node = living[UInt64(status.st_ino)] else { return }
    nodes[node].onDisk = nodes[node].now
    apply(closed { $0.keys.contains { $0.folder == node } })
  }

  /// Whether each pending change reaches the disk, if those do that `isChosen` says.
  private func closed(_ isChosen: (Change) -> Bool) -> [Bool] {
    var folders: Set<Int> = []
    return pending.reversed().map { change in
      let touched = Set(change.keys.map(\.folder))
      guard isChosen(change) || !folders.isDisjoint(with: touched) else { return false }
      folders.formUnion(touched)
      return true
    }.reversed()
  }

  private mutating func apply(_ reaches: [Bool]) {
    for (change, reaches) in zip(pending, reaches) where reaches {
      for (name, node) in change { onDisk[name] = node }
    }
    pending = zip(pending, reaches).filter { !$0.1 }.map(\.0)
  }

  /// What a power cut may leave now, as the folder `place`, which is made.
  func image(at place: String, _ random: inout some RandomNumberGenerator) {
    var model = self
    let share: Double = [0, 0.2, 0.5, 1].randomElement(using: &random) ?? 0
    model.apply(model.closed { _ in Double.random(in: 0..<1, using: &random) < share })
    for node in model.nodes.indices where model.nodes[node].onDisk != model.nodes[node].now {
      let bytes = model.nodes[node].now
      var written = Array(bytes.prefix(.random(in: 0...bytes.count, using: &random)))
      if Bool.random(using: &random) { written = [UInt8](repeating: 0, count: bytes.count) }
      model.nodes[node].onDisk = written
    }
    var made: [Int: [CChar]] = [:]
    mkdir(place, 0o700)
    model.write(0, to: Array(place.utf8CString), &made)
  }

  private func write(_ folder: Int, to place: [CChar], _ made: inout [Int: [CChar]]) {
    for (name, node) in onDisk where name.folder == folder {
      let path = place.dropLast() + [0x2F] + name.bytes
      if let other = made[node] {
        link(other, path)
        continue
      }
      made[node] = path
      let bytes = nodes[node].onDisk
      switch nodes[node].kind {
      case .folder:
        mkdir(path, 0o700)
        write(node, to: path, &made)
      case .link: symlink(bytes.map { CChar(bitPattern: $0) } + [0], path)
      case .file:
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        _ = Glibc.write(file, bytes, bytes.count)
        close(file)
      }
    }
  }
}
