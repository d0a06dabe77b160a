import Testing
import Workbench

/// The samples that a large set is compared with: those that neighbors lead to, then the nearest in the layout.
@Suite struct VicinityTests {
  @Test(arguments: [0, 17, 499], [1, 2, 40, 400, 5000])
  func itHoldsTheNeighborsAndTheNearest(_ row: Int, _ size: Int) throws {
    let material = MadeUpCase.images.material(count: 500)
    let rows = try #require(Vicinity(of: row, size: size).rows(material, isCancelled: { false })).map(
      Int.init)
    #expect(rows == Set(rows).sorted() && rows.contains(row))
    #expect(rows.count <= max(1, size))
    let neighbors = material.report.neighbors?.neighbors(of: row) ?? []
    if size >= 40 { #expect(Set(neighbors).isSubset(of: rows)) }
    // So many of the others that none of them lies nearer than the farthest that was chosen for its nearness.
    let own = try #require(material.layout(of: row))
    func distance(_ other: Int) -> Float {
      guard let place = material.layout(of: other) else { return .infinity }
      return (place.x - own.x) * (place.x - own.x) + (place.y - own.y) * (place.y - own.y)
    }
    let placed = (0..<500).filter { distance($0) < .infinity }
    let byDistance = placed.sorted { (distance($0), $0) < (distance($1), $1) }
    let wanted = size - max(1, size / 2) - (material.report.neighbors?.k ?? 0)
    if wanted > 0 { #expect(Set(byDistance.prefix(wanted)).isSubset(of: rows)) }
  }

  @Test func itStopsWhenAsked() {
    #expect(
      Vicinity(of: 0, size: 400).rows(MadeUpCase.images.material(count: 500), isCancelled: { true }) == nil)
  }
}
