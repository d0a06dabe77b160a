import Model
import Numerics
import Scanning

/// The samples that have a time, in order of arrival.
struct ArrivalOrder: Sendable {
  let rows: [Int]
  /// Position of each sample in `rows`, −1 without a time.
  let positions: [Int]

  /// Samples of one time are ordered by a hash of their id: the order of the file, which often goes by class, must
  /// not pass for an order of arrival.
  /// - Throws: `CannotRun` where fewer than 16 samples have a time, or nearly all have one and the same.
  init(_ input: ScanInput) throws {
    guard let times = input.dataset.times, times.count == input.count else {
      throw CannotRun("needs arrival times")
    }
    let ids = input.dataset.ids
    let timed = (0..<input.count).filter { times[$0] != Dataset.noTime }
    guard timed.count >= 16 else { throw CannotRun("needs arrival times of at least 16 samples") }
    guard Set(timed.map { times[$0] }).count >= 8 else {
      throw CannotRun("needs at least 8 different arrival times")
    }
    let keyed = timed.map { row in
      (row, times[row], ids.withUTF8(at: row) { Hash.bytes($0) })
    }
    rows = keyed.sorted { $0.1 != $1.1 ? $0.1 < $1.1 : $0.2 != $1.2 ? $0.2 < $1.2 : $0.0 < $1.0 }.map(\.0)
    var positions = [Int](repeating: -1, count: input.count)
    for (position, row) in rows.enumerated() { positions[row] = position }
    self.positions = positions
  }
}
