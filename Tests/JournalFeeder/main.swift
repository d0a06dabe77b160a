import Glibc
import Model
import Review

// JournalFeeder JOURNAL FIRST [early|unlocked]
//
// Appends decisions on the samples FIRST, FIRST + 1, … to the journal until it is killed, and acknowledges each on
// standard output, one number a line, with a single write(2): what a test that kills it may count on. With `early`
// it does what a journal must not do, and acknowledges before the decision is written; with `unlocked` it writes without
// the lock.

guard CommandLine.arguments.count >= 3, let first = UInt64(CommandLine.arguments[2]) else { exit(64) }
let isEarly = CommandLine.arguments.last == "early"

func acknowledge(_ number: UInt64) {
  let line = Array("\(number)\n".utf8)
  guard line.withUnsafeBytes({ write(STDOUT_FILENO, $0.baseAddress, $0.count) }) == line.count else {
    exit(74)
  }
}

var operations = JournalFileOperations.real
let isUnlocked = CommandLine.arguments.last == "unlocked"
if isUnlocked { operations.lock = { _, _ in .held } }
if isEarly || isUnlocked {
  // Long enough for a kill, or for another writer, to fall between.
  operations.write = { descriptor, bytes in
    usleep(2000)
    return write(descriptor, bytes.baseAddress, bytes.count)
  }
}
var writer = try JournalWriter(path: CommandLine.arguments[1], operations: operations)
var number = first
while true {
  if isEarly { acknowledge(number) }
  _ = try writer.append(
    Decision(
      at: Int64(number), reviewer: "feeder", samples: [.init(id: "\(number)", digest: nil)],
      act: .verdict(.poisoned)))
  if !isEarly { acknowledge(number) }
  number += 1
}
