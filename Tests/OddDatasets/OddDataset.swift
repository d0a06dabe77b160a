import Foundation
import Formats

/// A dataset as parts that can be written in another order of the rows: valid, and as odd as valid datasets get.
package struct OddDataset: Sendable {
  package enum Form: CaseIterable, Sendable { case csv, tsv, jsonl }
  struct Column: Sendable {
    var name: String
    /// nil where a cell is missing.
    var cells: [String?]
    /// Whether JSON takes the cells as they are.
    var areNumbers: Bool
  }
  struct Array: Sendable {
    var name: String
    /// Of one row.
    var shape: [Int]
    var values: Values
    enum Values: Sendable {
      case floats([Float])
      case bytes([UInt8])
      case integers([Int64])
    }
  }
  package let seed: UInt64
  package var count: Int
  var form: Form
  /// Whether the records lie in a folder, beside the arrays, or are the dataset.
  var isFolder: Bool
  var columns: [Column]
  var arrays: [Array]
  /// Also written where there are no rows: dataset.json.
  var description: String?

  /// Row i is row `order[i]` of this one.
  package func reordered(_ order: [Int]) -> OddDataset {
    var result = self
    for index in columns.indices { result.columns[index].cells = order.map { columns[index].cells[$0] } }
    for index in arrays.indices {
      let width = arrays[index].shape.reduce(1, *)
      func moved<T>(_ values: [T]) -> [T] { order.flatMap { values[$0 * width..<($0 + 1) * width] } }
      result.arrays[index].values =
        switch arrays[index].values {
        case .floats(let values): .floats(moved(values))
        case .bytes(let values): .bytes(moved(values))
        case .integers(let values): .integers(moved(values))
        }
    }
    return result
  }

  /// All that is known of a row: rows with the same key cannot be told apart.
  package func key(_ row: Int) -> String {
    let cells = columns.map { $0.cells[row].map { "+" + $0 } ?? "-" }
    let numbers = arrays.map { array -> String in
      let width = array.shape.reduce(1, *)
      let range = row * width..<(row + 1) * width
      switch array.values {
      case .floats(let values): return values[range].map { String($0.bitPattern) }.joined(separator: ",")
      case .bytes(let values): return values[range].map { String($0) }.joined(separator: ",")
      case .integers(let values): return values[range].map { String($0) }.joined(separator: ",")
      }
    }
    return (cells + numbers).joined(separator: "\u{1}")
  }

  /// - Returns: the path of the dataset, in `folder`.
  package func write(to folder: URL) throws -> String {
    let name = ["csv": "data.csv", "tsv": "data.tsv", "jsonl": "data.jsonl"]["\(form)"] ?? "data"
    let place = isFolder ? folder.appending(path: "set") : folder
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    if !columns.isEmpty { try Data(records().utf8).write(to: place.appending(path: name)) }
    for array in arrays { try Data(bytes(array)).write(to: place.appending(path: array.name)) }
    if let description { try Data(description.utf8).write(to: place.appending(path: "dataset.json")) }
    return (isFolder ? place : place.appending(path: name)).path
  }

  private func records() -> String {
    switch form {
    case .csv: table(",")
    case .tsv: table("\t")
    case .jsonl: (0..<count).map { object($0) + "\n" }.joined()
    }
  }

  private func table(_ delimiter: String) -> String {
    func field(_ text: String) -> String {
      // In TSV there are no quotes; what would need them is no cell of a TSV file.
      if form == .tsv {
        return text.replacing("\t", with: " ").replacing("\n", with: " ").replacing("\"", with: "'")
      }
      let needsQuotes = text.unicodeScalars.contains { [",", "\"", "\n", "\r"].contains($0) }
      return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    let header = columns.map { field($0.name) }.joined(separator: delimiter)
    let rows = (0..<count).map { row in
      columns.map { $0.cells[row].map(field) ?? "" }.joined(separator: delimiter)
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  private func object(_ row: Int) -> String {
    let fields = columns.map { column -> String in
      guard let cell = column.cells[row] else { return "\(quoted(column.name)): null" }
      return "\(quoted(column.name)): \(column.areNumbers ? cell : quoted(cell))"
    }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  private func quoted(_ text: String) -> String {
    let encoded = (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8)
    return String(decoding: encoded, as: UTF8.self)
  }

  private func bytes(_ array: Array) -> [UInt8] {
    let shape = [count] + array.shape
    return switch array.values {
    case .floats(let values): NPY.encode(shape: shape, values)
    case .bytes(let values): NPY.encode(shape: shape, values)
    case .integers(let values): NPY.encode(shape: shape, values)
    }
  }
}
