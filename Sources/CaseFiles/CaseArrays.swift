import Formats
import Glibc
import Model
import Scanning

/// The columns of a report as .npy files, by name.
enum CaseArrays {
  /// - Returns: the names of the files.
  static func write(
    _ report: Report, records: RecordFile?, to folder: SyncedFolder, _ checkCancellation: () throws -> Void
  ) throws -> [String] {
    let n = report.count
    var names: [String] = []
    func column<Element: NPYElement>(
      _ name: String, _ values: Column<Element>, _ shape: [Int]? = nil
    ) throws {
      try checkCancellation()
      names.append(name + ".npy")
      try folder.write(name + ".npy") { file throws(CaseFileError) in
        try file.append(NPY.encodedHeader(descr: Element.npyDescr, shape: shape ?? [values.count]))
        try file.append(elementsOf: values)
      }
    }
    try column("id-bytes", report.ids.bytes)
    try column("id-offsets", report.ids.offsets)
    try column("labels", report.labels)
    try column("suspicion", report.suspicion)
    try column("hypothesis", report.hypothesis)
    try column("suggested-labels", report.suggestedLabels)
    if !report.labelProbabilities.isEmpty {
      try column("label-probabilities", report.labelProbabilities, [n, 2])
    }
    try column("layout", report.layout, report.layout.isEmpty ? nil : [n, 2])
    try column("clusters", report.clusters)
    for detector in report.detectors {
      guard case .ran(let raw, let percentile) = detector.outcome else { continue }
      try column("raw-" + detector.info.name, raw)
      try column("percentile-" + detector.info.name, percentile)
    }
    if let neighbors = report.neighbors {
      try column("neighbors", neighbors.indices, [n, neighbors.k])
      try column("neighbor-distances", neighbors.distances, [n, neighbors.k])
    }
    if let table = report.classNeighbors { try column("class-neighbors", table.indices, [n, table.k]) }
    if let parts = report.contributions {
      try column("contributions", parts.values, [n, parts.families.count])
    }
    for finding in report.findings { try column(FindingRecord.arrayName(finding.id), finding.members) }
    if !report.incidents.isEmpty { try column("incidents", report.incidentCodes) }
    for incident in report.incidents { try column(IncidentRecord.arrayName(incident.id), incident.members) }
    if let sources = report.sources { try column("sources", sources.codes) }
    if let times = report.times { try column("times", times) }
    if let records, !records.offsets.isEmpty { try column("record-offsets", records.offsets) }
    try folder.synchronize()
    return names
  }

  /// The columns of a case, mapped, with their lengths and codes checked: the files can be damaged.
  struct Reader {
    let folder: String
    let count: Int

    func column<Element: NPYElement>(
      _ name: String, of type: Element.Type, count expected: Int?
    ) throws(FormatError) -> Column<Element> {
      // Names of detectors and findings come from case.json, which can be damaged.
      guard !name.contains("/") else { throw FormatError(folder, "an array's name holds a slash") }
      let array = try NPY.map(folder + "/" + name + ".npy")
      guard expected == nil || array.header.elementCount == expected else {
        throw FormatError(array.name, "expected \(expected ?? 0) values, found \(array.header.elementCount)")
      }
      return try array.column(type)
    }

    /// Whether there is such an array. That it cannot be told is an error.
    func contains(_ name: String) throws(FormatError) -> Bool {
      let path = folder + "/" + name + ".npy"
      if access(path, F_OK) == 0 { return true }
      guard errno == ENOENT else { throw FormatError(path, String(cString: strerror(errno))) }
      return false
    }

    /// Codes within `range`.
    func codes(_ name: String, count expected: Int?, in range: Range<Int32>) throws(FormatError) -> Column<
      Int32
    > {
      let codes = try column(name, of: Int32.self, count: expected)
      let outside = codes.withUnsafeBufferPointer { codes in codes.first { !range.contains($0) } }
      if let outside {
        throw FormatError(folder + "/" + name + ".npy", "holds the index \(outside), out of \(range)")
      }
      return codes
    }

    func ids() throws(FormatError) -> StringColumn {
      let bytes = try column("id-bytes", of: UInt8.self, count: nil)
      let offsets = try column("id-offsets", of: UInt64.self, count: count + 1)
      guard let ids = StringColumn(bytes: bytes, offsets: offsets) else {
        throw FormatError(folder + "/id-offsets.npy", "is damaged")
      }
      return ids
    }
  }
}
