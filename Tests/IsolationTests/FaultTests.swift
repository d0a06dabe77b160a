import Foundation
import Images
import Isolation
import Testing

extension Decoders {
  @Suite struct FaultTests {
    private func alone(_ name: String, seconds: Int = 10, memory: Int = 512 << 20) throws -> String {
      let files = [gray(2, 1), fault(name), gray(2, 2), gray(2, 3)]
      let found = try outcomes(probePool(workers: 1, seconds: seconds, memory: memory), files)
      #expect([0, 2, 3].allSatisfy { message(found.results[$0]) == "2 x 2" })
      return message(found.results[1])
    }

    @Test func deathsAreTold() throws {
      #expect(try alone("crash") == "decoder crashed (signal 11)")
      #expect(try alone("abort") == "decoder crashed (signal 6)")
      #expect(try ["decoder crashed (signal 4)", "decoder crashed (signal 5)"].contains(alone("trap")))
      #expect(try alone("exit") == "decoder ended (status 5)")
    }

    @Test func timeIsBounded() throws {
      let clock = ContinuousClock()
      let start = clock.now
      #expect(try alone("hang", seconds: 1) == "took more than 1 s")
      #expect(clock.now - start < .seconds(8))
      // One byte now and then is no progress.
      #expect(try alone("trickle", seconds: 1) != "2 x 2")
    }

    @Test func memoryIsBounded() throws {
      #expect(try alone("memory", memory: 128 << 20) == "needs more than 128 MB")
      let files = [expanding(width: 10_000, height: 10_000), gray(1, 1)]
      let found = try outcomes(probePool(memory: 64 << 20), files)
      #expect(found.results.map(message) == ["needs more than 64 MB", "1 x 1"])
      #expect(try outcomes(probePool(), files).results.map(message) == ["10000 x 10000", "1 x 1"])
    }

    /// What a picture leaves behind in its process is not laid to the next one's charge.
    @Test func memoryOfOneIsNotMissingToAnother() throws {
      let files = [fault("leak"), expanding(width: 9000, height: 9000), gray(1, 1)]
      for workers in [1, 2] {
        let found = try outcomes(probePool(workers: workers), files)
        #expect(found.results.dropFirst().map(message) == ["9000 x 9000", "1 x 1"])
      }
    }

    @Test func repliesAreNotBelieved() throws {
      #expect(try alone("lie") == "decoder gave an invalid reply")
      // A picture that is right by itself, but not of the size that was asked for.
      let options = DecodeOptions(target: ImageTarget(width: 9, height: 9))
      let found = try outcomes(probePool(workers: 1, options: options), [fault("wrong-size"), gray(2, 1)])
      #expect(found.results.map(message) == ["decoder gave an invalid reply", "9 x 9"])
      #expect(try alone("big") != "2 x 2")
    }

    @Test func systemCallsAreFiltered() throws {
      let report = try probePool().decode([gray(1, 1)]) { _, _ in }
      guard report.confinement == .filtered else { return }
      let forbidden = "decoder crashed (signal 31, a forbidden system call)"
      #expect(try alone("socket") == forbidden)
      #expect(try alone("fork") == forbidden)
      #expect(try alone("execute") == forbidden)
      #expect(try alone("open") == "decoder ended (status 7)")
    }

    /// A kernel without filters: the limits hold all the same, and the report says so.
    @Test func limitsHoldWithoutFilter() throws {
      let pool = probePool(workers: 1, memory: 128 << 20, isFiltered: false)
      let files = [gray(2, 1), fault("open"), fault("memory"), fault("crash"), gray(2, 2)]
      let found = try outcomes(pool, files)
      #expect(
        found.results.map(message) == [
          "2 x 2", "decoder ended (status 7)", "needs more than 128 MB", "decoder crashed (signal 11)",
          "2 x 2",
        ])
      #expect(found.report.confinement == .limited(reason: ENOSYS))
    }

    @Test func noProcessStays() throws {
      for name in ["crash", "hang", "lie", "memory"] {
        _ = try outcomes(probePool(seconds: 1, memory: 64 << 20), [fault(name), gray(1, 1)])
      }
      // Other tests of this process start programs of their own.
      #expect(children(of: getpid()).allSatisfy { !processes(called: "decode-worker").contains($0) })
    }

    /// A program that is killed takes its decoders with it, busy as they are.
    @Test func decodersDieWithTheProgram() throws {
      let name = "orphan-\(getpid())"
      let program = Process()
      program.executableURL = URL(filePath: probePath)
      program.arguments = ["orphan", name]
      try program.run()
      func wait(_ count: Int) -> Int {
        for _ in 0..<100 where processes(called: name).count != count { usleep(100_000) }
        return processes(called: name).count
      }
      // The program and two decoders.
      #expect(wait(3) == 3)
      usleep(300_000)
      kill(program.processIdentifier, SIGKILL)
      program.waitUntilExit()
      #expect(wait(0) == 0)
    }

    /// The signal of a broken pipe would end the tests.
    @Test func brokenConnectionsAreNoSignal() throws {
      let files = (0..<200).flatMap { _ in [fault("exit"), gray(300, 1)] }
      let found = try outcomes(probePool(workers: 3), Array(files.prefix(60)))
      #expect(found.results.filter { message($0) == "300 x 300" }.count == 30)
    }
  }
}
