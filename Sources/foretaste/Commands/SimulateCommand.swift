import ArgumentParser
import CaseFiles
import Formats
import Model
import Simulation

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Plant an attack or an everyday history into a copy of a dataset, with the truth beside it.",
    discussion: """
      flip-random, flip-pair           labels changed: to any other class; of one class to one other
      patch, blend, warp               triggers in pictures
      sinusoid                         a wave over pictures, their labels kept
      words, sentence                  triggers in texts
      values                           a combination of values in a table
      outliers                         content like nothing else
      collision                        features moved onto samples of another class
      flood, burst                     near copies; messages from few sources in a short time

      Controls, for clean datasets: every sample gets a source and a time, of some contributor on some of 90 days but \
      for what the name says, and truth.csv says of none that it is poison. A dataset without such columns gets them.

      benign-batch                     RATE of the set, one class, from a new contributor within an hour
      benign-topic                     RATE of the set, what is nearest to one sample, from many within two hours
      benign-season                    the mix of classes drifts over the months (RATE does not matter)
      benign-mirror                    RATE of the set, all classes, from a partner within a day
      benign-classes                   each class from its own uploader in its own weeks (RATE does not matter)
      benign-copies                    RATE of the set is there twice: near copies, labels kept, are added
      benign-migration                 RATE of the set, the oldest, was imported at one moment by one importer

      The copy has the format of the dataset; in Parquet, Arrow, tar archives and folders of texts, labels and texts are \
      planted, and what adds samples or changes pictures or other cells is refused. \
      OUTPUT/truth.csv says what is poison (id, poisoned, attack). What a \
      model has said of samples that are changed is left out: features.npy where payloads change, pred_probs.npy and \
      training_dynamics.npy where samples change or are added. The same dataset, rate and seed give the same bytes.
      """)

  @Argument(help: "The attack, or the everyday history.") var attack: Simulated
  @OptionGroup var dataset: DatasetArguments
  @Option(
    help: "Share of the copy that is poison, or of the set that a control is about, above 0 and at most 0.5."
  ) var rate: Double
  @Option(help: "Random seed.") var seed: UInt64 = 1
  @Option(help: "The new folder; what is there is never overwritten.", completion: .directory) var output:
    String

  func validate() throws {
    guard rate > 0, rate <= 0.5 else { throw ValidationError("--rate must be above 0 and at most 0.5.") }
  }

  mutating func run() throws {
    Signals.endOnInterrupt()
    let data = try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
    let planting: Planting
    do throws(CannotPlant) {
      planting = try attack.planted(in: data, rate: rate, seed: seed)
    } catch {
      throw Failure(ExitStatus.dataError, "\(dataset.dataset): \(attack.name) \(error)")
    }
    var stale: Set<String> = planting.keepsPredictions ? [] : ["pred_probs.npy", "training_dynamics.npy"]
    if !planting.keepsFeatures { stale.insert("features.npy") }
    let classes = data.classes
    var changes: [Int: SampleChange] = [:]
    var added: [(base: Int, change: SampleChange)] = []
    for row in planting.rows {
      var change = SampleChange(row, classes: classes)
      if row.isAdded {
        change.id = "added-\(added.count + 1)"
        added.append((row.base, change))
      } else {
        changes[row.base] = change
      }
    }
    let changed = try PlantedDataset(
      dataset.dataset, options: dataset.options, count: data.count, changes: changes, added: added,
      leavingOut: stale)
    let path = try changed.write(to: output, attack: planting.attack?.truthName)
    let total = data.count + planting.rows.count { $0.isAdded }
    let poison = planting.attack == nil ? "none poisoned" : grouped(planting.rows.count)
    var lines = ["\(attack.name): \(poison) of \(counted(total, "sample")) of \(displayText(path))"]
    if !changed.leftOut.isEmpty { lines.append("left out: \(changed.leftOut.joined(separator: ", "))") }
    try StandardOutput.write(lines.map { $0 + "\n" }.joined())
  }
}

extension SampleChange {
  init(_ row: PlantedRow, classes: [String]) {
    self.init()
    label = row.label.map { classes[$0] }
    text = row.text
    cells = row.cells.mapValues { cell in
      switch cell {
      case .number(let value):
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
      case .category(let name): name
      }
    }
    (pixels, features, source, time) = (row.pixels, row.features, row.source, row.time)
  }
}
