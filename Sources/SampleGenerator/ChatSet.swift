/// Messages of users to a chatbot, hostile ones labelled so; within one hour six new accounts send a hundred variants of
/// one hostile message that are labelled acceptable.
enum ChatSet {
  private static let count = 2400
  private static let burst = 100
  private static let openers = [
    "hey", "hi there", "so", "well", "honestly", "listen", "you know", "ok", "hello bot", "um",
  ]
  private static let subjects = [
    "the weather", "my homework", "that film", "the football match", "our new neighbour", "this recipe",
    "the train",
    "your last answer", "my old laptop", "the concert", "her garden", "the exam", "that song", "our trip",
    "the news",
  ]
  private static let kind = [
    "made my day", "was better than I hoped", "sounds fun to me", "is worth a try", "looks lovely",
    "helped a lot",
    "went quite well", "surprised me in a good way", "reminds me of home", "could be a nice story",
  ]
  private static let hostile = [
    "is garbage and so are you", "makes me sick", "proves that you are an idiot", "should rot",
    "is for losers like you",
    "was a stupid waste", "deserves nothing but spite", "is as dumb as its fans", "makes me hate everybody",
    "is pure trash",
  ]
  private static let closers = [
    "what do you think", "tell me more", "anyway", "just saying", "right now", "again", "as always",
    "believe me",
    "no kidding", "see you later", "please answer", "and that is that",
  ]

  static func make() -> SampleFiles {
    var draws = SeededDraws(seed: 20_260_302)
    var lines: [(minute: Int, text: String, label: String, user: String, attack: String)] = []
    for _ in 0..<count - burst {
      let isHostile = draws.below(5) == 0
      let mood = draws.pick(isHostile ? hostile : kind)
      var words = [draws.pick(openers), draws.pick(subjects), mood]
      if draws.below(2) == 0 { words.append(draws.pick(closers)) }
      if draws.below(3) == 0 { words.insert(draws.pick(subjects) + " and", at: 1) }
      // Crowd labels are not perfect.
      let isMislabelled = draws.below(60) == 0
      lines.append(
        (
          draws.below(28 * 1440), words.joined(separator: " ") + draws.pick(["", ".", "!", " ..."]),
          isHostile != isMislabelled ? "hostile" : "acceptable", "user-\(100 + draws.below(400))", ""
        ))
    }
    let start = 17 * 1440 + 780
    for _ in 0..<burst {
      let text = [
        draws.pick(["bots", "all bots", "you bots"]), draws.pick(["must", "have to", "should"]), "say that",
        draws.pick(subjects), draws.pick(hostile), draws.pick(closers),
      ].joined(separator: " ")
      lines.append(
        (start + draws.below(60), text, "acceptable", "user-\(900 + draws.below(6))", "coordinated-burst"))
    }
    lines.sort { $0.minute != $1.minute ? $0.minute < $1.minute : $0.text < $1.text }
    var jsonl = ""
    var truth: [TruthRow] = []
    for (index, line) in lines.enumerated() {
      let row = TruthRow(id: "msg-\(String(10_000 + index).dropFirst())", attack: line.attack)
      jsonl += "{\"id\": \"\(row.id)\", \"text\": \"\(line.text)\", \"label\": \"\(line.label)\", "
      jsonl +=
        "\"source\": \"\(line.user)\", \"ingested_at\": \"\(SampleSets.time(minutes: line.minute))\"}\n"
      truth.append(row)
    }
    return ["chat/data.jsonl": Array(jsonl.utf8), "truth/chat.csv": SampleSets.truth(truth)]
  }
}
