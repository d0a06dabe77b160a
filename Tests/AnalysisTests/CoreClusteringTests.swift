import Learning
import Numerics
import Testing

@Suite struct CoreClusteringTests {
  @Test func kMeansFindsPlantedClusters() throws {
    let (points, labels) = Core.clouds(rows: 300, columns: 4, classes: 3, distance: 20)
    let found = try KMeans.fit(points, rows: Array(0..<300), k: 3, seed: 1, workers: Workers(threads: 2))
    #expect(found.sizes.sorted() == [100, 100, 100])
    for row in 0..<300 { #expect(found.assignment[row] == found.assignment[labels[row]]) }
    let again = try KMeans.fit(points, rows: Array(0..<300), k: 3, seed: 1, workers: Core.one)
    #expect(again.assignment == found.assignment)
  }

  @Test func kMeansOfFewPlacesHasFewClusters() throws {
    let alike = DenseMatrix(rows: 5, columns: 2, values: [1, 1, 1, 1, 1, 1, 3, 3, 3, 3])
    let found = try KMeans.fit(alike, rows: Array(0..<5), k: 4, seed: 1, workers: Core.one)
    #expect(found.sizes.sorted() == [2, 3])
    #expect(found.inertia == 0)
    #expect(try KMeans.fit(alike, rows: [], k: 2, seed: 1, workers: Core.one).sizes.isEmpty)
  }

  /// The classes differ in directions that are not the widest one: the layout must still show them apart.
  @Test func theLayoutShowsClassesApart() throws {
    var random = SeededRandom(seed: 3)
    let corners = [(8.0, 0.0), (-4.0, 7.0), (-4.0, -7.0)]
    let labels = (0..<600).map { $0 % 3 }
    let values = labels.flatMap { label -> [Float] in
      let place = [
        random.normal() * 60, corners[label].0 + random.normal(), corners[label].1 + random.normal(),
      ]
      return place.map { Float($0) }
    }
    let features = DenseMatrix(rows: 600, columns: 3, values: values)
    let layout = try PlaneLayout.make(
      features: features, labels: labels, classCount: 3, excluding: [5], seed: 1, workers: Workers(threads: 2)
    )
    #expect(layout.points[10].isNaN && layout.points[11].isNaN)
    #expect(layout.clusters[5] == -1)
    let points = DenseMatrix(rows: 600, columns: 2, values: layout.points.map { $0.isNaN ? 0 : $0 })
    let rows = (0..<600).filter { $0 != 5 }
    let found = try KMeans.fit(points, rows: rows, k: 3, seed: 1, workers: Core.one)
    let agree = rows.indices.filter { found.assignment[$0] == found.assignment[labels[rows[$0]]] }
    #expect(agree.count > 590)
  }

  @Test(arguments: [0, 1, 2, 3])
  func layoutsOfFewRowsAndClasses(classes: Int) throws {
    for (rows, columns) in [(0, 2), (1, 2), (2, 1), (5, 3), (6, 0)] {
      let (features, labels) = Core.clouds(
        rows: rows, columns: columns, classes: max(1, classes), distance: 1)
      let layout = try PlaneLayout.make(
        features: features, labels: classes == 0 ? labels.map { _ in -1 } : labels, classCount: classes,
        excluding: [], seed: 1, workers: Core.one)
      #expect(layout.points.count == (columns == 0 ? 0 : rows * 2))
      #expect(layout.points.allSatisfy { $0.isFinite })
    }
  }

  @Test func clustersOfTheLayoutAreThoseOfTheFeatures() throws {
    let (features, labels) = Core.clouds(rows: 500, columns: 5, classes: 5, distance: 30)
    let layout = try PlaneLayout.make(
      features: features, labels: labels.map { _ in -1 }, classCount: 0, excluding: [], seed: 1,
      workers: Core.one)
    #expect(Set(layout.clusters).count == 5)
    for row in 0..<500 { #expect(layout.clusters[row] == layout.clusters[labels[row]]) }
  }
}
