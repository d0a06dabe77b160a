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

  /// Why it cannot be written into a file that is no text, with the cure; nil where it can: a label or a text.
  func obstacle(in file: StoredFile) -> String? {
    if pixels != nil {
      return
        "changed pictures are written into images.npy only: these lie encoded, and are compared as they were "
        + "decoded; plant into an array of them"
    }
    guard file.role == "records" else { return nil }
    if id != nil {
      return "samples cannot be added to files of this format; convert them to JSON Lines or CSV first"
    }
    if source != nil || time != nil {
      return
        "sources and times cannot be added to files of this format; convert them to JSON Lines or CSV first"
    }
    if features != nil || !cells.isEmpty {
      return
        "cells other than labels and texts are not changed in files of this format; convert them to JSON Lines or "
        + "CSV first"
    }
    return nil
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
