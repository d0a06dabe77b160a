import Model
import Review
import Scanning

/// Long work as a value: made by `update`, run by a worker away from the main thread, answered by
/// `Action.workDone`. Pure; the result does not depend on when or where it runs.
package struct WorkRequest: Sendable {
  /// What the status line says while it runs.
  package let title: String
  let task: Task

  enum Task: Sendable {
    case summary(locating: [String])
    case arrange(Arrangement)
    case search(Search)
    case bins(BinsRequest, SampleSet)
    case similarity(Similarity)
    case pivot(PivotRequest, SampleSet)
    case raster(RasterRequest, SampleSet)
    case timeline(TimelineRequest, SampleSet)
    case collect(CollectRequest)
    /// Of a class, by its index.
    case profile(Int32)
    case references(ContiguousArray<Int32>)
    case locate([String])
    /// - Parameter blind: the reviewer who sees of others only what they say of what he has judged; nil for all.
    case compare(Agreement, blind: String?)
  }

  /// - Parameter isCancelled: asked every few thousand rows; the result is `.cancelled` once it says so.
  package func run(on samples: CaseSamples, isCancelled: () -> Bool) -> WorkResult {
    let material = samples.material
    let result: WorkResult? =
      switch task {
      case .summary(let ids):
        CaseSummary.make(material, locating: ids, isCancelled: isCancelled).map { .summary($0) }
      case .arrange(let arrangement):
        arrangement.run(samples, isCancelled: isCancelled).map { .arranged($0) }
      case .search(let search): search.run(samples, isCancelled: isCancelled).map { .found($0) }
      case .bins(let request, let set):
        Bins.make(request, set, samples, isCancelled: isCancelled).map { .bins($0) }
      case .similarity(let similarity):
        similarity.run(samples, isCancelled: isCancelled).map { .distances($0) }
      case .pivot(let request, let set):
        Pivot.make(request, set, samples, isCancelled: isCancelled).map { .pivot($0) }
      case .raster(let request, let set):
        Raster.make(request, set, samples, isCancelled: isCancelled).map { .raster($0) }
      case .timeline(let request, let set):
        Timeline.make(request, set, samples, isCancelled: isCancelled).map { .timeline($0) }
      case .collect(let request): request.run(samples, isCancelled: isCancelled).map { .collected($0) }
      case .profile(let code):
        ClassProfile.make(
          code, labels: material.report.labels, payloads: samples.payloads, isCancelled: isCancelled
        ).map { .profile(code, $0) }
      case .references(let rows): references(rows, samples, isCancelled: isCancelled).map { .references($0) }
      case .compare(let agreement, let reviewer):
        Comparison.make(agreement, blind: reviewer, material, isCancelled: isCancelled).map { .compared($0) }
      case .locate(let ids): .located(CaseSummary.locate(ids, in: material.report.ids))
      }
    return result ?? .cancelled
  }

  private func references(
    _ rows: ContiguousArray<Int32>, _ samples: CaseSamples, isCancelled: () -> Bool
  ) -> [Decision.SampleReference]? {
    var result: [Decision.SampleReference] = []
    result.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      if index % 256 == 0 && isCancelled() { return nil }
      result.append(samples.reference(to: Int(row)))
    }
    return result
  }
}

/// What came of a `WorkRequest`. Opaque to the event loop: it hands it back as `Action.workDone`.
package enum WorkResult: Sendable {
  case summary(CaseSummary)
  case arranged(Arranged)
  case found(SearchOutcome)
  case bins(Bins)
  case distances(Column<Float>)
  case pivot(Pivot)
  case raster(Raster)
  case timeline(Timeline)
  case collected(ContiguousArray<Int32>)
  case profile(Int32, ClassProfile)
  case references([Decision.SampleReference])
  case located([String: Int32])
  case compared(Comparison)
  case cancelled
}
