import Formats
import Model

/// How new labels are written into the files of a dataset: as names of classes, or as the numbers that labels.npy has
/// for them.
struct LabelSpelling {
  /// New classes that dataset.json does not name yet, in the order in which they come.
  let added: [String]
  /// The names that dataset.json has for the numbers, the new ones behind them; nil where it names none.
  private let classes: [String]?
  private let codeOf: [String: Int]
  private let array: NPYArray?

  init(_ files: [StoredFile], newLabels: [String]) {
    var named: [String]?
    var array: NPYArray?
    for file in files {
      switch file.layout {
      case .description(let description): named = description.classes
      case .array(let labels, _) where file.role == "labels.npy": array = labels
      default: break
      }
    }
    self.array = array
    var known = Set(named ?? [])
    added = named == nil ? [] : newLabels.filter { known.insert($0).inserted }
    let classes = named.map { [added] in $0 + added }
    self.classes = classes
    codeOf = Dictionary(zip(classes ?? [], 0...), uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: `CaseFileError` where the array cannot hold the label.
  func code(of label: String, in array: NPYArray) throws(CaseFileError) -> Int {
    let code =
      classes == nil ? Int(label).flatMap { String($0) == label && $0 >= 0 ? $0 : nil } : codeOf[label]
    guard let code else {
      throw CaseFileError(
        .invalid, array.name,
        "the label '\(label)' is no number, and dataset.json names no classes that could stand for numbers")
    }
    guard array.header.holds(Double(code)) else {
      throw CaseFileError(
        .invalid, array.name, "the type '\(array.header.descr)' cannot hold \(code), the number of '\(label)'"
      )
    }
    return code
  }

  /// What stands for `label` in a column of labels. Beside labels.npy the column may hold its numbers.
  /// - Parameter old: the cell of the sample's own label.
  /// - Throws: `CaseFileError` where the two do not say the same of the sample: which of them is wrong is not known.
  func cell(for label: String, at row: Int, in file: String, old: String?) throws(CaseFileError) -> String {
    // Numbers of the classes of dataset.json, where the column holds those.
    if array == nil, let classes, let old, !classes.contains(old), let number = Int(old),
      classes.indices.contains(number), let code = codeOf[label]
    {
      return String(code)
    }
    guard let array, let old, !old.isEmpty, let code = array.integer(at: row).flatMap({ Int(exactly: $0) })
    else { return Self.written(label, like: old) }
    let name = classes.map { $0.indices.contains(code) ? $0[code] : "" } ?? String(code)
    if old == name { return label }
    guard NumericName(old)?.name == String(code) else {
      throw CaseFileError(
        .invalid, file, "row \(row): the label '\(old)' is not '\(name)', which labels.npy says of the sample"
      )
    }
    return Self.written(String(try self.code(of: label, in: array)), like: old)
  }

  /// A whole number with the decimals of the one that stands there: "2.0" beside "1.0".
  private static func written(_ label: String, like old: String?) -> String {
    guard let old, let point = old.firstIndex(of: "."), NumericName(old)?.name != old,
      old[point...].dropFirst().allSatisfy({ $0 == "0" }), NumericName(label)?.name == label,
      !label.contains(".")
    else { return label }
    return label + old[point...]
  }
}
