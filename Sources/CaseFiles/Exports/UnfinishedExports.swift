import Glibc
import Synchronization

/// The exports that are being written, so that whoever ends the program can take them back at once, whatever their writers do
/// just then: what stands at its place is whole, and nothing is left beside it.
package enum UnfinishedExports {
  private struct Entry {
    let path: String
    /// Each takes away what lies beside a place; false where something came meanwhile.
    var clearings: [@Sendable () -> Bool] = []
    var isInPlace = false
  }
  private struct State {
    var entries: [Int: Entry] = [:]
    var begun = 0
    var isAbandoned = false
  }
  private static let state = Mutex(State())

  /// An export to `path`, until `end`.
  static func begin(_ path: String) -> Int {
    state.withLock { state in
      state.begun += 1
      state.entries[state.begun] = Entry(path: path)
      return state.begun
    }
  }

  /// Makes what the export needs beside its place.
  /// - Parameter clear: takes it away.
  /// - Throws: `CancellationError` where all were abandoned.
  static func make<Made: Sendable>(
    for number: Int, _ make: () throws -> Made, clear: @escaping @Sendable (Made) -> Bool
  ) throws -> Made {
    try state.withLock { state in
      guard !state.isAbandoned else { throw CancellationError() }
      let made = try make()
      state.entries[number]?.clearings.append { clear(made) }
      return made
    }
  }

  /// Brings what was made to its place: all of that, or nothing.
  /// - Throws: `CancellationError` where all were abandoned.
  static func put(_ number: Int, _ body: () throws -> Void) throws {
    try state.withLock { state in
      guard !state.isAbandoned else { throw CancellationError() }
      try body()
      state.entries[number]?.isInPlace = true
    }
  }

  /// Takes away what lies beside the place.
  static func end(_ number: Int) {
    state.withLock { state in
      for clear in state.entries.removeValue(forKey: number)?.clearings ?? [] { _ = clear() }
    }
  }

  /// Takes back what is not in its place. To be called by who then ends the program: from now on nothing is exported.
  /// - Returns: where exports would have come.
  @discardableResult
  package static func abandon() -> [String] {
    state.withLock { state in
      state.isAbandoned = true
      let entries = state.entries.sorted { $0.key < $1.key }.map(\.value)
      // A writer that still runs may add a file to a folder while that is being removed.
      for clear in entries.flatMap(\.clearings) {
        for _ in 0..<patience where !clear() { usleep(1000) }
      }
      return entries.filter { !$0.isInPlace }.map(\.path)
    }
  }

  private static let patience = 200
}
