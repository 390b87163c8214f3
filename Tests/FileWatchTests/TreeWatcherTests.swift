import FileWatch
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct TreeWatcherTests {
  private func ready(_ path: String) -> Change { .ready(BytePath(path)) }
  private func removed(_ path: String) -> Change { .removed(BytePath(path)) }

  @Test func theFirstReportAsksForAComparison() async throws {
    let tree = try TemporaryTree()
    let watched = try Watched(tree)
    await watched.expect(.rescan("start"))
    try await watched.stop()
  }

  @Test func filesAreFollowedThroughTheirLives() async throws {
    let tree = try TemporaryTree()
    let watched = try Watched(tree)
    await watched.expect(.rescan("start"))
    tree.write("a.txt")
    await watched.expect(ready("a.txt"))
    tree.write("a.txt.new", "changed")
    tree.rename("a.txt.new", "a.txt")
    await watched.expect(ready("a.txt"))
    tree.rename("a.txt", "b.txt")
    await watched.expect(removed("a.txt"), ready("b.txt"))
    tree.delete("b.txt")
    await watched.expect(removed("b.txt"))
    tree.link("c.txt", to: "nowhere")
    await watched.expect(ready("c.txt"))
    _ = withCPath(tree.absolute("c.txt")) { unlink($0) }
    await watched.expect(removed("c.txt"))
    try await watched.stop()
  }

  @Test func newFoldersAreWatchedToTheirBottom() async throws {
    let tree = try TemporaryTree()
    let elsewhere = try TemporaryTree()
    elsewhere.makeFolder("in")
    elsewhere.makeFolder("in/deep")
    elsewhere.write("in/deep/a.txt")
    let watched = try Watched(tree)
    await watched.expect(.rescan("start"))
    _ = Glibc.rename(elsewhere.path + "/in", tree.path + "/in")
    await watched.expect(ready("in/deep/a.txt"))
    tree.write("in/deep/b.txt")
    await watched.expect(ready("in/deep/b.txt"))
    tree.rename("in", "moved")
    await watched.expect(.removedTree(BytePath("in")), ready("moved/deep/a.txt"), ready("moved/deep/b.txt"))
    tree.write("moved/deep/c.txt")
    await watched.expect(ready("moved/deep/c.txt"))
    _ = Glibc.rename(tree.path + "/moved", elsewhere.path + "/back")
    await watched.expect(.removedTree(BytePath("moved")))
    elsewhere.write("back/deep/d.txt")
    tree.write("end.txt")
    await watched.expect(ready("end.txt"))
    #expect(!watched.seen.contains(ready("moved/deep/d.txt")))
    try await watched.stop()
  }

  @Test func nothingIsMissedInFoldersMadeQuickly() async throws {
    let tree = try TemporaryTree()
    let watched = try Watched(tree)
    await watched.expect(.rescan("start"))
    for number in 0..<40 {
      tree.makeFolder("d\(number)")
      tree.makeFolder("d\(number)/e")
      tree.write("d\(number)/e/f.txt")
    }
    var missing = Set((0..<40).map { ready("d\($0)/e/f.txt") })
    await watched.expect { change in
      missing.remove(change)
      return missing.isEmpty
    }
    try await watched.stop()
  }

  @Test func aFileInWritingIsNotReportedBeforeItsClose() async throws {
    let tree = try TemporaryTree()
    var options = WatchOptions()
    options.delays.quiet = 60_000_000_000
    options.delays.patience = 120_000_000_000
    let watched = try Watched(tree, options: options)
    await watched.expect(.rescan("start"))
    let file = tree.open_("slow.txt")
    tree.append(file, "one ")
    tree.write("between.txt")
    await watched.expect(ready("between.txt"))
    tree.append(file, "two")
    tree.write("between2.txt")
    await watched.expect(ready("between2.txt"))
    #expect(!watched.seen.contains(ready("slow.txt")))
    close(file)
    await watched.expect(ready("slow.txt"))
    try await watched.stop()
  }

  @Test func aFileNeverClosedIsReportedWhenQuiet() async throws {
    let tree = try TemporaryTree()
    var options = WatchOptions()
    options.delays.quiet = 50_000_000
    let watched = try Watched(tree, options: options)
    await watched.expect(.rescan("start"))
    let file = tree.open_("log.txt")
    defer { close(file) }
    tree.append(file, "line")
    await watched.expect(ready("log.txt"))
    try await watched.stop()
  }

  @Test func oddNamesAreReportedAsTheirBytes() async throws {
    let tree = try TemporaryTree()
    let watched = try Watched(tree)
    await watched.expect(.rescan("start"))
    for bytes in [[0xFF, 0x41], Array("new\nline".utf8), Array("q\"'".utf8)] as [[UInt8]] {
      tree.write(bytes: BytePath(bytes: bytes), "x")
      await watched.expect(.ready(BytePath(bytes: bytes)))
    }
    try await watched.stop()
  }

  @Test func filesThatDoNotCountAreNotReported() async throws {
    let tree = try TemporaryTree()
    tree.makeFolder(".git")
    let watched = try Watched(tree, filter: TreeFilter(include: ["*.md"]))
    await watched.expect(.rescan("start"))
    tree.write(".git/x.md")
    tree.write("a.txt")
    tree.write("b.md")
    await watched.expect(ready("b.md"))
    #expect(watched.seen.count == 2)
    try await watched.stop()
  }

  @Test(arguments: [0, 1])
  func whereWatchesEndTheTreeIsPolledAndItIsSaid(limit: Int) async throws {
    let tree = try TemporaryTree()
    tree.makeFolder("a")
    var options = WatchOptions()
    options.watchLimit = limit
    options.pollInterval = 20_000_000
    options.delays.quiet = 20_000_000
    let watched = try Watched(tree, options: options)
    await watched.expect { if case .limited(let reason) = $0 { reason.contains("max_user_watches") } else { false } }
    await watched.expect(.rescan("start"))
    tree.write("a/x.txt")
    await watched.expect { sizes($0) == ["a/x.txt": 4] }
    tree.write("a/x.txt", "longer than before")
    await watched.expect { sizes($0) == ["a/x.txt": 18] }
    // Every look is told, whether something changed or not.
    await watched.expect { sizes($0) == ["a/x.txt": 18] }
    tree.delete("a/x.txt")
    await watched.expect { sizes($0) == [:] }
    try await watched.stop()
  }

  /// What a listing holds, with sizes; nil for another change.
  private func sizes(_ change: Change) -> [String: Int64]? {
    guard case .listed(let walk) = change else { return nil }
    return Dictionary(uniqueKeysWithValues: walk.files.map { ($0.path.key, $0.status.size) })
  }

  @Test func aRootThatGoesAndComesBackIsCompared() async throws {
    let tree = try TemporaryTree()
    tree.makeFolder("root")
    var options = WatchOptions()
    options.pollInterval = 20_000_000
    let watched = try Watched(TreeRoot(tree.path + "/root"), options: options)
    await watched.expect(.rescan("start"))
    tree.rename("root", "away")
    await watched.expect { if case .lost = $0 { true } else { false } }
    tree.rename("away", "root")
    await watched.expect(.rescan("the folder is back"))
    tree.write("root/a.txt")
    await watched.expect(ready("a.txt"))
    #expect(watched.seen.count == 4)
    try await watched.stop()
  }

  @Test func afterTheQueueOverflowsTheTreeIsComparedAndStillWatched() async throws {
    let limit = readNumber("/proc/sys/fs/inotify/max_queued_events") ?? 16384
    guard limit <= 65536 else {
      print("skipped: the queue of this system holds \(limit) events, too many to fill in a test")
      return
    }
    let tree = try TemporaryTree()
    tree.makeFolder("a")
    let gate = Gate()
    // The watcher's thread is held at this file, so that the queue fills behind it.
    let watched = try Watched(tree.root, holding: { $0.contains(.ready(BytePath("hold.txt"))) ? gate.wait() : () })
    await watched.expect(.rescan("start"))
    tree.write("hold.txt")
    await watched.expect(ready("hold.txt"))
    for number in 0..<(limit / 2 + 100) {
      tree.write("a/f\(number % 100)")
      tree.delete("a/f\(number % 100)")
    }
    tree.makeFolder("a/new")
    gate.open()
    await watched.expect(.rescan("the system lost events"))
    tree.write("a/new/x.txt")
    await watched.expect(ready("a/new/x.txt"))
    try await watched.stop()
  }

  private func readNumber(_ path: String) -> Int? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, 64, file) != nil else { return nil }
    return Int(String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init), as: UTF8.self))
  }
}
