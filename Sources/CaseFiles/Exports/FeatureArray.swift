import Formats
import Model

/// Features of samples as an array for NumPy: float32, [N, D].
package enum FeatureArray {
  /// - Parameters:
  ///   - rows: by sample, all of one length.
  ///   - path: nothing may be there.
  /// - Returns: what was written, for a person to read.
  package static func write(_ rows: [ArraySlice<Float>], columns: Int, to path: String) throws -> [String] {
    try ExportTarget.write(path) { file in
      try file.append(NPY.encodedHeader(descr: Float.npyDescr, shape: [rows.count, columns]))
      for row in rows { try row.withUnsafeBytes { try file.append(UnsafeRawBufferPointer($0)) } }
      return "\(counted(columns, "feature")) of \(counted(rows.count, "sample"))"
    }
  }
}
