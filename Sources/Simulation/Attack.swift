import Model

/// Attacks that can be planted into a copy of a dataset, by their names on the command line.
package enum Attack: String, Sendable, CaseIterable {
  /// Labels changed to any other class (Patrini et al., CVPR 2017: symmetric noise).
  case flipRandom = "flip-random"
  /// Labels of one class changed to one other.
  case flipPair = "flip-pair"
  /// A small square at a fixed position and the target label (Gu et al., BadNets, 2017).
  case patch
  /// A faint picture of noise over all pixels and the target label (Chen et al., 2017).
  case blend
  /// A faint wave over pictures of the target class, labels kept (Barni et al., SIG, ICIP 2019).
  case sinusoid
  /// Pictures bent a little along a smooth field, and the target label (Nguyen & Tran, WaNet, ICLR 2021).
  case warp
  /// A rare word at a random position and the target label (Kurita et al., ACL 2020).
  case words
  /// A whole sentence and the target label (Dai et al., 2019).
  case sentence
  /// Values of a few columns and the target label.
  case values
  /// Content that is like nothing else in the set, labels kept.
  case outliers
  /// Features moved onto samples of another class, payloads and labels kept (Shafahi et al., Poison Frogs, 2018).
  case collision
  /// Near copies of a few samples, added.
  case flood
  /// Samples whose parts are each drawn by themselves, and so is the label, added: nothing can be learnt from them.
  case noise
  /// Messages of one label from few sources within a short time, added.
  case burst

  /// What the truth table calls it.
  package var truthName: String {
    switch self {
    case .flipRandom: "label-flip-random"
    case .flipPair: "label-flip-pair"
    case .patch, .blend, .sinusoid, .warp, .words, .sentence, .values: "backdoor-" + rawValue
    case .outliers: "outlier"
    case .collision: "feature-collision"
    case .flood, .noise, .burst: rawValue
    }
  }
}

/// Why an attack or a history cannot be planted here, in one line.
package struct CannotPlant: Error, CustomStringConvertible, Sendable, Equatable {
  package let description: String
  package init(_ reason: String) { description = reason }
}

/// One sample that is planted: what differs from the sample that it is made of.
package struct PlantedRow: Sendable, Equatable {
  /// Row of the dataset that it replaces, or is a copy of.
  package var base: Int
  /// Added behind the rows of the dataset instead of put in place.
  package var isAdded = false
  package var label: Int?
  package var text: String?
  /// New cells by column of the table, as they are written.
  package var cells: [String: CellValue] = [:]
  package var pixels: [UInt8]?
  package var features: [Float]?
  package var source: String?
  /// Milliseconds since 1970 UTC.
  package var time: Int64?

  package enum CellValue: Sendable, Equatable {
    case number(Double)
    case category(String)
  }

  package init(base: Int) { self.base = base }

  var changesPayload: Bool { pixels != nil || text != nil || !cells.isEmpty }
  /// Whether it is another sample than its base, and not only one of another origin.
  var changesSample: Bool { isAdded || changesPayload || label != nil || features != nil }
}

/// All that an attack or a history changes: rows in place by their base, then added ones in order.
package struct Planting: Sendable {
  /// Nil for a history: nothing of it is poison.
  package var attack: Attack?
  package var rows: [PlantedRow]
  /// Whether embeddings of the dataset still belong to it: not where payloads change that a model has seen otherwise.
  package var keepsFeatures: Bool { !rows.contains(where: \.changesPayload) }
  /// Whether what a model has said of each sample still belongs to it.
  package var keepsPredictions: Bool { !rows.contains(where: \.changesSample) }
}
