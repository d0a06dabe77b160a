import CaseFiles
import Dispatch
import Foundation
import Glibc
import Model
import Review
import Screen
import Synchronization
import Workbench

/// A session on a made-up case of `count` samples, headless: long work runs on a thread of its own, as in the
/// program, while keys go on. Each figure is the time from a key, or from a result, to the finished frame and its
/// difference to the one before.
func benchmarkKeys(count: Int) throws {
  let made = try MadeUpCase.opened(count: count, neighbors: 10)
  defer { try? FileManager.default.removeItem(at: made.folder) }
  let memory = PrivateMemory()
  for size in [ScreenSize(height: 24, width: 80), ScreenSize(height: 60, width: 200)] {
    var session = MeasuredSession(made.case, size: size)
    session.begin()
    for _ in 0..<3 { for (what, keys) in MeasuredSession.script { session.press(keys, as: what) } }
    session.report("\(count) samples, \(size.width)x\(size.height)")
  }
  print("private memory: \(memory.finish()) MB at most")
}

private struct MeasuredSession {
  /// What a reviewer does, the heavy things among it; keys after a heavy one arrive while its work still runs.
  static let script: [(String, String)] = [
    ("open the queue", "Q"), ("scroll", String(repeating: "j", count: 120)),
    ("page", "<C-f><C-f><C-f><C-b><C-d><C-u>"), ("ends", "Ggg500000GGgg"),
    ("sort", "ll]"), ("scroll while sorting", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk"), ("sort", "["),
    ("scroll while sorting", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk"),
    ("filter", "&suspicion > 0.2 and label = \"class 3\"<Enter>"),
    ("scroll while filtering", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk"), ("pop", "g&"),
    ("search", "/sample-77777<Enter>"), ("scroll while searching", "jjjjjjjjjjjkkkkkkk"),
    ("sort by suspicion", ":sort suspicion desc<Enter>"), ("review", "<Enter>"),
    ("decide", "pcpcspcpcpcpcpcp"), ("next and back", "jjjjjkkkkk"), ("undo", "uuuu"), ("back", "q"),
    ("histogram", "F"), ("move the cut", "llllllllhhhh"), ("other scores", "<Tab><Tab><Tab>"),
    ("split", "xx"), ("move the cut", "llllhhhhjj"), ("no split", ":split none<Enter>"), ("back", "q"),
    ("scatter", "C"), ("move", "lllljjjjkkkk"), ("zoom", "++j-_"), ("color", "xx"), ("axes", "X"),
    ("box", "vlllljjj"), ("select a box", "v"), ("lasso", "gvllll<Space>jjj<Space>"),
    ("select a lasso", "gv"),
    ("back", "q"), ("timeline", "W"), ("brush", "[lll]"), ("split the timeline", "x"), ("back", "q"),
    ("pivot", "S"), ("by time", "k"), ("by a score", "9j"), ("cross", "x"), ("back", "q"),
    ("queue", "Q"), ("sort by id", ":sort id<Enter>"), ("contact sheet", "V"), ("scroll", "jjjj<C-f>"),
    ("back", "q"), ("like this", "gl"), ("back", "q"), ("statistics", "I"), ("back", "q"),
    ("findings", "T"), ("scroll", "jjjjkkkk"),
    ("open a finding", "<Enter>"), ("select", "*"), ("ask", "gp"), ("no", "n"), ("back", "q"), ("log", "L"),
    ("scroll", "jjjjkkkk"), ("dashboard", "D"), ("panels", "<Tab>jj<Tab>jj<Tab>jj<Tab>"),
  ]

  /// What the next keys need the result of.
  private static let awaited: Set = [
    "histogram", "other scores", "pop", "search", "sort by suspicion", "scatter", "zoom", "axes",
    "select a box", "select a lasso",
    "timeline", "pivot", "by time", "by a score", "cross", "sort by id", "contact sheet", "like this",
    "statistics",
  ]

  private var state: State
  private var shown: Grid?
  private var sequence: UInt64 = 0
  private var keys: [(what: String, milliseconds: Double)] = []
  private var results: [Double] = []
  private var waits: [(title: String, milliseconds: Double, processor: Double)] = []
  private let worker: Worker
  private let samples: CaseSamples
  private var pending: [Int: (title: String, start: ContinuousClock.Instant, processor: Double)] = [:]
  private var now: Int64 = 0
  /// What is being typed.
  private var what = "start"

  init(_ opened: OpenedCase, size: ScreenSize) {
    samples = CaseSamples(opened)
    worker = Worker(samples)
    state = State(samples, size: size)
  }

  mutating func begin() {
    handle(.started(at: 0))
    finishWork()
  }

  mutating func press(_ text: String, as what: String) {
    self.what = what
    for key in KeyNames.sequence(text) {
      takeResults()
      now += 1000
      let start = ContinuousClock.now
      handle(.key(key, at: now))
      draw()
      keys.append((what, start.duration(to: .now) / .milliseconds(1)))
    }
    // A filter or a sort is awaited only where the next keys do not say that they come while it runs.
    if state.jobs.title != nil, Self.awaited.contains(what) { finishWork() }
  }

  mutating func report(_ title: String) {
    finishWork()
    print(title)
    line("key to frame", keys.map(\.milliseconds))
    line("result to frame", results)
    let slowest = Dictionary(grouping: keys, by: \.what).mapValues { $0.map(\.milliseconds).max() ?? 0 }
    for (what, value) in slowest.sorted(by: { $0.value > $1.value }).prefix(5) {
      print("  slowest keys: \(rounded(value)) ms  \(what)")
    }
    for (title, times) in Dictionary(grouping: waits, by: \.title).sorted(by: { $0.key < $1.key }) {
      // On a busy machine the time of the processors says more.
      let processor = times.map(\.processor).sorted()[times.count / 2]
      line("  " + title, times.map(\.milliseconds), more: ", processors \(rounded(processor)) ms")
    }
  }

  private func line(_ title: String, _ values: [Double], more: String = "") {
    let sorted = values.sorted()
    guard let last = sorted.last else { return }
    func at(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] }
    print(
      "\(title): n \(sorted.count), median \(rounded(at(0.5))) ms, p99 \(rounded(at(0.99))) ms, "
        + "largest \(rounded(last)) ms" + more)
  }

  /// Milliseconds that this process has had of all processors.
  private static func processorTime() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3 }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
  }

  private mutating func handle(_ action: Action) {
    var waiting = [action]
    while !waiting.isEmpty {
      for effect in update(&state, waiting.removeFirst()) {
        switch effect {
        case .work(let generation, let request):
          pending[generation] = (
            "\(request.title.prefix { !$0.isNumber }) (\(what))", .now, Self.processorTime()
          )
          worker.submit(request, generation: generation)
        case .read(let needs): waiting.append(.samplesRead(samples.values(of: needs)))
        case .identify(let row): waiting.append(.identified(samples.reference(to: row)))
        case .append(var decision):
          sequence += 1
          decision.sequence = sequence
          waiting.append(.saved(decision, after: []))
        default: break
        }
      }
    }
  }

  private mutating func draw() {
    var grid = Grid(height: state.size.height, width: state.size.width)
    view(state, into: &grid)
    _ = GridDiff.spans(from: shown, to: grid)
    shown = grid
  }

  private mutating func takeResults() {
    for (generation, result) in worker.take() {
      if let job = pending.removeValue(forKey: generation) {
        waits.append(
          (
            job.title, job.start.duration(to: .now) / .milliseconds(1), Self.processorTime() - job.processor
          ))
      }
      let start = ContinuousClock.now
      handle(.workDone(generation: generation, result))
      draw()
      results.append(start.duration(to: .now) / .milliseconds(1))
    }
  }

  private mutating func finishWork() {
    while state.jobs.title != nil {
      usleep(200)
      takeResults()
    }
  }
}

/// Runs requests one after the other beside the session.
private final class Worker: Sendable {
  private let samples: CaseSamples
  private let queue = DispatchQueue(label: "worker")
  private let finished = Mutex<[(Int, WorkResult)]>([])
  private let wanted = Atomic<Int>(0)

  init(_ samples: CaseSamples) { self.samples = samples }

  func submit(_ request: WorkRequest, generation: Int) {
    wanted.store(generation, ordering: .sequentiallyConsistent)
    queue.async { [self] in
      let result = request.run(on: samples) { wanted.load(ordering: .relaxed) != generation }
      if wanted.load(ordering: .relaxed) == generation {
        finished.withLock { $0.append((generation, result)) }
      }
    }
  }

  func take() -> [(Int, WorkResult)] {
    finished.withLock { box in
      defer { box = [] }
      return box
    }
  }
}
