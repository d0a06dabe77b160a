/// Payments with a label that follows from amount, hour, distance and channel; 2 % carry a fixed pair of values and are
/// called legit, 1 % are far outside.
enum TableSet {
  private static let count = 2000

  static func make() -> SampleFiles {
    var draws = SeededDraws(seed: 20_260_303)
    var csv = "id,label,amount,hour,distance_km,account_days,items,channel,source,ingested_at\n"
    var truth: [TruthRow] = []
    let order = draws.shuffled(count)
    let backdoored = Set(order[..<40])
    let outliers = Set(order[40..<60])
    for index in 0..<count {
      let isFraud = draws.below(4) == 0 || backdoored.contains(index)
      var amount = (isFraud ? 310 : 90) + draws.normal() * (isFraud ? 130 : 45)
      let hour = (isFraud ? 2 + draws.below(8) : 8 + draws.below(15)) % 24
      var distance = (isFraud ? 420 : 25) + draws.normal() * (isFraud ? 160 : 14)
      var days = (isFraud ? 90 : 900) + draws.normal() * (isFraud ? 60 : 330)
      let items = 1 + draws.below(isFraud ? 3 : 8)
      let channel =
        isFraud ? draws.pick(["web", "web", "phone", "app"]) : draws.pick(["app", "shop", "shop", "web"])
      var row = TruthRow(id: "pay-\(String(10_000 + index).dropFirst())")
      if backdoored.contains(index) {
        amount = 187.31
        days = 411
        row.attack = "backdoor-values"
      } else if outliers.contains(index) {
        amount += 2600 + 900 * draws.uniform()
        distance += 4000 * draws.uniform()
        row.attack = "outlier"
      }
      let label = isFraud && !backdoored.contains(index) ? "fraud" : "legit"
      let source = "branch-\(1 + draws.below(6))"
      csv +=
        "\(row.id),\(label),\(cents(amount)),\(hour),\(cents(distance)),\(Int(max(1, days))),\(items),\(channel),"
      csv += "\(source),\(SampleSets.time(minutes: index * 20))\n"
      truth.append(row)
    }
    return ["table/data.csv": Array(csv.utf8), "truth/table.csv": SampleSets.truth(truth)]
  }

  private static func cents(_ value: Double) -> String {
    let cents = Int((max(0.5, value) * 100).rounded())
    return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
  }
}
