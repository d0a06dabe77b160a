import Model
import Review
import Scanning

/// The standing verdicts by row: a byte a row, so that a list of a million samples asks in constant time, and a
/// worker's snapshot is one copy of a run of bytes.
package struct Marks: Sendable {
  /// 0 for none, otherwise 1 + the place in `VerdictMark.allCases`.
  private var codes: ContiguousArray<UInt8>
  private var relabels: [Int32: String] = [:]
  /// How many rows stand under each mark, in the order of `VerdictMark.allCases`.
  private var counts = [Int](repeating: 0, count: VerdictMark.allCases.count)
  package internal(set) var tags = Tags()
  /// What each reviewer says, once that has been asked for.
  package internal(set) var peers = PeerVerdicts()

  /// How many of the decided rows are flagged.
  package private(set) var decidedFlagged = 0
  private let suspicion: Column<Float>

  /// - Parameter suspicion: of each row.
  package init(suspicion: Column<Float>) {
    self.suspicion = suspicion
    codes = ContiguousArray(repeating: 0, count: suspicion.count)
  }

  package var decided: Int { counts.reduce(0, +) }
  package func count(_ mark: VerdictMark) -> Int { counts[index(mark)] }

  package subscript(row: Int) -> VerdictMark? {
    let code = codes[row]
    return code == 0 ? nil : VerdictMark.allCases[Int(code) - 1]
  }

  package func verdict(of row: Int) -> Verdict? {
    switch self[row] {
    case .poisoned: .poisoned
    case .clean: .clean
    case .unsure: .unsure
    case .relabel: .relabel(relabels[Int32(row)] ?? "")
    case nil: nil
    }
  }

  package mutating func set(_ row: Int, _ verdict: Verdict?) {
    let flagged = suspicion[row] >= Report.flagThreshold ? 1 : 0
    if let old = self[row] {
      counts[index(old)] -= 1
      decidedFlagged -= flagged
    }
    relabels[Int32(row)] = nil
    guard let verdict else {
      codes[row] = 0
      return
    }
    let mark = VerdictMark(verdict)
    counts[index(mark)] += 1
    decidedFlagged += flagged
    codes[row] = UInt8(index(mark) + 1)
    if case .relabel(let name) = verdict { relabels[Int32(row)] = name }
  }

  private func index(_ mark: VerdictMark) -> Int {
    switch mark {
    case .poisoned: 0
    case .clean: 1
    case .relabel: 2
    case .unsure: 3
    }
  }
}
