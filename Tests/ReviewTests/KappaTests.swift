import Model
import Review
import Testing

/// Against what is published.
@Suite struct KappaTests {
  private func pairs(_ table: [[Int]]) -> [(Int, Int)] {
    table.indices.flatMap { row in
      table[row].indices.flatMap { Array(repeating: (row, $0), count: table[row][$0]) }
    }
  }

  /// J. L. Fleiss, B. Levin, M. C. Paik, "Statistical Methods for Rates and Proportions" (3rd edition, 2003), table 18.1:
  /// 100 patients, two raters; kappa 0.68 with the error 0.087, so 0.50 to 0.85.
  @Test func twoRatersOfTheTextbook() throws {
    let kappa = try #require(Kappa.cohen(pairs([[75, 1, 4], [5, 4, 1], [0, 0, 10]])))
    #expect(abs(kappa.observed - 0.89) < 1e-12 && abs(kappa.expected - 0.66) < 1e-12)
    #expect(abs(kappa.value - 0.676) < 0.0005)
    #expect(abs((kappa.standardError ?? 0) - 0.0877) < 0.0001)
    let interval = try #require(kappa.interval)
    #expect(abs(interval.low - 0.505) < 0.001 && abs(interval.high - 0.848) < 0.001)
  }

  /// `kappa2.table(cont3x3abstractors)` of the R package irrCAC (K. L. Gwet): 0.7964094, error 0.05891072, which divides by
  /// n - 1 where Fleiss, Cohen and Everitt divide by n.
  @Test func twoRatersOfAnotherProgram() throws {
    let kappa = try #require(Kappa.cohen(pairs([[13, 0, 0], [0, 20, 7], [0, 4, 56]])))
    #expect(abs(kappa.value - 0.7964094) < 1e-6)
    #expect(abs((kappa.standardError ?? 0) - 0.0589107) < 0.0005)
  }

  /// "Fleiss' kappa" of Wikipedia: 10 subjects, 14 raters, 5 categories: 0.210, of an agreement of 0.378 where chance
  /// makes 0.213.
  @Test func manyRaters() throws {
    let counts = [
      [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
    let kappa = try #require(
      Kappa.fleiss(counts.map { row in row.indices.flatMap { Array(repeating: $0, count: row[$0]) } }))
    #expect(abs(kappa.observed - 0.378) < 0.0005 && abs(kappa.expected - 0.213) < 0.0005)
    #expect(abs(kappa.value - 0.210) < 0.0005)
  }

  /// `fleiss.kappa.raw(cac.raw4raters)` of irrCAC, with ratings that are missing: 0.76117, error 0.15302.
  @Test func ratersWhoLeaveSomeOut() throws {
    let ratings = [
      [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4],
      [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
    ]
    let kappa = try #require(Kappa.fleiss(ratings))
    #expect(abs(kappa.observed - 0.8181818) < 1e-6 && abs(kappa.expected - 0.2387153) < 1e-6)
    #expect(abs(kappa.value - 0.76117) < 1e-5)
    #expect(abs((kappa.standardError ?? 0) - 0.15302) < 1e-5)
    // Who rates in which order does not matter.
    let reversed = try #require(Kappa.fleiss(ratings.reversed().map { $0.reversed() }))
    #expect(abs(reversed.value - kappa.value) < 1e-12)
  }

  @Test func whatChanceExplainsHasNone() {
    #expect(Kappa.cohen([(Int, Int)]()) == nil)
    #expect(Kappa.cohen([(1, 1), (1, 1)]) == nil)
    #expect(Kappa.cohen([(1, 2), (2, 1)])?.value == -1)
    #expect(Kappa.cohen([(1, 2)])?.standardError == nil)
    #expect(Kappa.fleiss([[Int]]()) == nil)
    #expect(Kappa.fleiss([[1], [2]]) == nil)
    #expect(Kappa.fleiss([[1, 1], [1, 1, 1]]) == nil)
    #expect(Kappa.fleiss([[1, 1], [2, 2], [3, 3, 3]])?.value == 1)
  }

  @Test func adjudicationsDoNotCountAsAgreement() {
    func rating(_ reviewer: String, _ verdict: Verdict) -> AgreementStatistics.Rating {
      .init(reviewer: reviewer, verdict: verdict)
    }
    let statistics = AgreementStatistics([
      [rating("bob", .clean), rating("ada", .poisoned)], [rating("ada", .clean), rating("bob", .clean)],
      [rating("eve", .clean)],
      [rating("ada", .relabel("x")), rating("bob", .relabel("y")), rating("eve", .unsure)],
    ])
    #expect(statistics.shared == 3 && statistics.same == 1 && statistics.reviewers == ["ada", "bob", "eve"])
    #expect(
      statistics.pairs.map { [$0.first, $0.second] } == [["ada", "bob"], ["ada", "eve"], ["bob", "eve"]])
    #expect(statistics.pairs[0].shared == 3 && statistics.pairs[0].same == 1)
    #expect(statistics.kappa != nil)
    // A share of 1 of 3: Wilson.
    #expect(
      abs(statistics.sameInterval.low - 0.0615) < 0.0005
        && abs(statistics.sameInterval.high - 0.7923) < 0.0005)
  }
}
