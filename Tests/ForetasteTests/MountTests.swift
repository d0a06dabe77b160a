import Foundation
import Glibc
import TestSupport
import Testing

/// Cases on file systems of their own, mounted in a mount namespace that goes with the test.
@Suite(.enabled(if: Mounts.areAllowed, "mounts need root and a mount namespace of their own"))
struct MountTests {
  /// `$foretaste` scans `$place/d.csv`, a second reviewer decides and notes lie in the case; `mounted` is there then.
  private static let script = """
    set -eu
    begin() {
      printf 'id,label,x\\na,0,1\\nb,1,2\\nc,0,3\\n' > $1/d.csv
      $foretaste scan $1/d.csv --quiet > /dev/null
      $foretaste mark $1/d.csv a --poisoned --journal $1/d.csv.case/second.jsonl > /dev/null
      echo 'of others' > $1/d.csv.case/notes.txt
    }
    again() { $foretaste scan $1/d.csv --force --quiet > /dev/null; }
    """

  @Test(arguments: [
    ("tmpfs", "mkdir p; mount -t tmpfs none p; begin p; again p"),
    (
      "a loop mount",
      """
      mkdir p; truncate -s 40M disk; PATH=$PATH:/sbin:/usr/sbin
      mkfs.ext4 -q disk && mount -o loop disk p || exit 77
      rmdir p/lost+found; begin p; again p
      """
    ),
    (
      "a lower layer of overlayfs on another file system",
      """
      mkdir lower p up; begin lower; mount -t tmpfs none up; mkdir up/u up/w
      mount -t overlay overlay -o lowerdir=lower,upperdir=up/u,workdir=up/w p; again p
      """
    ),
    (
      "a lower layer of overlayfs on one file system",
      """
      mkdir p all; mount -t tmpfs none all; mkdir all/lower all/u all/w; begin all/lower
      mount -t overlay overlay -o lowerdir=all/lower,upperdir=all/u,workdir=all/w p; again p
      """
    ),
    (
      "behind a link to another file system",
      """
      mkdir p far; mount -t tmpfs none far; mkdir far/d.csv.case; ln -s ../far/d.csv.case p/d.csv.case
      begin p; again p; test -L p/d.csv.case; test "$(ls far)" = d.csv.case
      """
    ),
  ]) func aCaseIsReplacedAndNothingIsLost(_ name: String, _ steps: String) throws {
    let folder = try ScratchFolder()
    let check = """
      ls p p/d.csv.case; cat p/d.csv.case/notes.txt
      $foretaste verify p/d.csv.case/second.jsonl > /dev/null
      $foretaste mark p/d.csv b --clean --journal p/d.csv.case/second.jsonl > /dev/null
      """
    let outcome = try Program.run(
      ["unshare", "-m", "sh", "-c", [Self.script, steps, check].joined(separator: "\n")], in: folder.url,
      program: URL(fileURLWithPath: "/usr/bin/env"), environment: ["foretaste": Program.path.path])
    if outcome.status == 77 { try Test.cancel("no loop device can be mounted here") }
    #expect(outcome.status == 0, "\(name): \(outcome.errors)")
    let listed = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      listed == [
        "p:", "d.csv", "d.csv.case", "p/d.csv.case:", "arrays", "case.json", "notes.txt", "scores.csv",
        "second.jsonl", "of others",
      ], "\(name)")
  }

  /// The first write to a file of a lower layer copies it up, and a rescan gives it a second name: its numbers of device
  /// and inode may change, and it is still the journal that a session writes to.
  @Test(arguments: [
    "mkdir lower; begin lower; mount -t tmpfs none up; mkdir up/u up/w; lower=lower",
    "mount -t tmpfs none up; mkdir up/u up/w up/lower; begin up/lower; lower=up/lower",
  ]) func aJournalOfALowerLayerIsWrittenOn(_ steps: String) throws {
    let folder = try ScratchFolder()
    let write = """
      mount -t overlay overlay -o lowerdir=$lower,upperdir=up/u,workdir=up/w p
      journal=p/d.csv.case/second.jsonl
      timeout 6 $feeder $journal 1 > fed & feeding=$!
      while ! test -s fed; do kill -0 $feeding; done
      $foretaste mark p/d.csv c --clean --journal $journal > /dev/null
      again p
      $foretaste mark p/d.csv b --clean --journal $journal > /dev/null
      set +e; wait $feeding; echo $?
      $foretaste verify $journal > /dev/null; echo $?
      test $(wc -l < $journal) -ge $(($(wc -l < fed) + 3)); echo $?
      """
    let outcome = try Program.run(
      ["unshare", "-m", "sh", "-c", [Self.script, "mkdir p up", steps, write].joined(separator: "\n")],
      in: folder.url, program: URL(fileURLWithPath: "/usr/bin/env"),
      environment: ["foretaste": Program.path.path, "feeder": Program.path(of: "JournalFeeder").path])
    // 124: nothing but its time ended the one that wrote on.
    #expect(outcome.output == "124\n0\n0\n", "\(outcome.errors)")
  }

  /// One line that says where and why, the status of the contract, and nothing that stays.
  @Test func aDiskThatIsTooSmallForWhatDoesNotFitEndsTheScan() throws {
    let folder = try ScratchFolder()
    let set = try NPYBytes.noisePictures(20_000, in: folder)
    let steps = """
      mkdir small; truncate -s 12M disk; PATH=$PATH:/sbin:/usr/sbin
      mkfs.ext4 -q disk && mount -o loop disk small || exit 77
      rmdir small/lost+found; export TMPDIR=$PWD/small
      set +e; $foretaste scan \(set) --memory 128MB --quiet 2> said; echo $?; cat said; ls small; ls
      """
    let outcome = try Program.run(
      ["unshare", "-m", "sh", "-c", steps], in: folder.url, program: URL(fileURLWithPath: "/usr/bin/env"),
      environment: ["foretaste": Program.path.path])
    if outcome.status == 77 { try Test.cancel("no loop device can be mounted here") }
    let small = folder.url.resolvingSymlinksInPath().path + "/small"
    #expect(
      outcome.output == """
        74
        foretaste: \(small): has no room for what does not fit into 128 MB of memory (No space left on device); TMPDIR names \
        another folder
        disk
        said
        set
        small

        """)
  }

  /// A folder that is mounted cannot be replaced by any rename: the work is kept, and its path is said.
  @Test func theWorkForAMountedFolderIsKept() throws {
    let folder = try ScratchFolder()
    let steps = """
      mkdir p; begin p; mkdir far; mount --bind p/d.csv.case p/d.csv.case
      set +e; $foretaste scan p/d.csv --force --quiet 2> said; echo $?
      kept=$(sed 's/.* is kept in //' said)
      $foretaste export p/d.csv --case "$kept" --format csv --output table > /dev/null; echo $?
      $foretaste verify p/d.csv.case/second.jsonl > /dev/null; echo $?
      """
    let outcome = try Program.run(
      ["unshare", "-m", "sh", "-c", Self.script + "\n" + steps], in: folder.url,
      program: URL(fileURLWithPath: "/usr/bin/env"), environment: ["foretaste": Program.path.path])
    #expect(outcome.output == "73\n0\n0\n", "\(outcome.errors)")
  }
}

private enum Mounts {
  static let areAllowed: Bool = {
    let probe = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"]
    let outcome = try? Program.run(probe, program: URL(fileURLWithPath: "/usr/bin/env"))
    return geteuid() == 0 && outcome?.status == 0
  }()
}
