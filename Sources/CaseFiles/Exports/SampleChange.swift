import Formats

/// What differs in one sample from the one that it is made of; nil and absent where nothing does.
package struct SampleChange: Sendable {
  package var id: String?
  /// The class's name.
  package var label: String?
  package var text: String?
  /// New cells by column.
  package var cells: [String: String] = [:]
  package var pixels: [UInt8]?
  package var features: [Float]?
  package var source: String?
  /// Milliseconds since 1970 UTC.
  package var time: Int64?
  package init() {}

  /// Whether it changes more than the label.
  var isPlanted: Bool {
    id != nil || text != nil || !cells.isEmpty || pixels != nil || features != nil || source != nil
      || time != nil
  }

  func says(_ role: OriginRole) -> Bool {
    switch role {
    case .source: source != nil
    case .time: time != nil
    }
  }

  /// What stands for it in a column that comes anew.
  func cell(_ role: OriginRole) -> String {
    switch role {
    case .source: source ?? ""
    case .time: time.map { TimeText.written($0) } ?? ""
    }
  }
}
