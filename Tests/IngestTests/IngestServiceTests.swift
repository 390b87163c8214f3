import FileWatch
import Glibc
import Ingest
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct IngestServiceTests {
  @Test func atTheStartWhatIsThereIsIndexed() async throws {
    let tree = try TemporaryTree()
    tree.makeFolder("a")
    tree.write("a/x.txt", "one")
    tree.write("y.md", "two")
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed == ["src/a/x.txt": ["one"], "src/y.md": ["two"]])
      let snapshot = service.snapshot()
      #expect(snapshot.state == .ready)
      #expect(snapshot.sources.first?.files == 2)
      #expect(snapshot.progress == nil)
    }
  }

  @Test func atTheNextStartOnlyDifferencesAreIndexed() async throws {
    let tree = try TemporaryTree()
    for name in ["same.txt", "changed.txt", "gone.txt", "touched.txt"] { tree.write(name, "one") }
    let index = FakeIndex()
    try await settling(index, [tree.source])
    index.state.withLock { $0.log = [] }
    tree.write("changed.txt", "two")
    tree.delete("gone.txt")
    tree.write("new.txt", "three")
    tree.age("touched.txt", seconds: 50)
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
    }
    #expect(index.log.sorted() == ["begin src/changed.txt", "begin src/new.txt", "remove src/gone.txt", "touch src/touched.txt"])
    #expect(index.committed.keys.sorted() == ["src/changed.txt", "src/new.txt", "src/same.txt", "src/touched.txt"])
  }

  @Test(arguments: [-1000, 1000])
  func aChangeThatKeepsSizeAndTimeIsSeenAtTheNextStart(age: Int) async throws {
    let tree = try TemporaryTree()
    tree.write("a.txt", "one")
    tree.age("a.txt", seconds: age)
    let index = FakeIndex()
    try await settling(index, [tree.source])
    var status = stat()
    _ = withCPath(tree.absolute("a.txt")) { stat($0, &status) }
    tree.write("a.txt", "two")
    tree.setTime("a.txt", status.st_mtim)
    try await running(index, [tree.source]) { await $0.waitUntilReady() }
    #expect(index.committed == ["src/a.txt": ["two"]])
  }

  @Test func aFileMovedOverAnotherOfItsSizeAndTimeIsSeenAtTheNextStart() async throws {
    let tree = try TemporaryTree()
    for name in ["a.txt", "b.txt"] {
      tree.write(name, "the text of \(name)")
      tree.setTime(name, timespec(tv_sec: 1_000_000_000, tv_nsec: 0))
    }
    let index = FakeIndex()
    try await settling(index, [tree.source])
    tree.rename("b.txt", "a.txt")
    try await running(index, [tree.source]) { await $0.waitUntilReady() }
    #expect(index.committed == ["src/a.txt": ["the text of b.txt"]])
  }

  @Test func foldersThatChangedPlacesAreSeenAtTheNextStart() async throws {
    let tree = try TemporaryTree()
    for folder in ["a", "b"] {
      tree.makeFolder(folder)
      tree.write("\(folder)/x.txt", "was in \(folder)")
      tree.setTime("\(folder)/x.txt", timespec(tv_sec: 1_000_000_000, tv_nsec: 0))
    }
    let index = FakeIndex()
    try await settling(index, [tree.source])
    tree.rename("a", "c")
    tree.rename("b", "a")
    tree.rename("c", "b")
    try await running(index, [tree.source]) { await $0.waitUntilReady() }
    #expect(index.committed == ["src/a/x.txt": ["was in b"], "src/b/x.txt": ["was in a"]])
  }

  @Test func changesAreFollowed() async throws {
    let tree = try TemporaryTree()
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      tree.write("a.txt", "one")
      await index.until("src/a.txt", is: ["one"])
      tree.write("a.txt.new", "two")
      tree.rename("a.txt.new", "a.txt")
      await index.until("src/a.txt", is: ["two"])
      tree.rename("a.txt", "b.txt")
      await index.until { $0.committed == ["src/b.txt": ["two"]] }
      tree.delete("b.txt")
      await index.until { $0.committed.isEmpty }
    }
  }

  @Test func foldersMovedInAndOutComeAndGoWithTheirFiles() async throws {
    let tree = try TemporaryTree()
    let elsewhere = try TemporaryTree()
    elsewhere.makeFolder("d")
    elsewhere.makeFolder("d/e")
    for number in 0..<20 { elsewhere.write("d/e/\(number).txt", "text \(number)") }
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      _ = rename(elsewhere.path + "/d", tree.path + "/d")
      await index.until { $0.committed.count == 20 }
      tree.rename("d", "f")
      await index.until { $0.committed.count == 20 && $0.committed.keys.allSatisfy { $0.hasPrefix("src/f/e/") } }
      tree.write("f/e/late.txt", "late")
      await index.until("src/f/e/late.txt", is: ["late"])
      tree.deleteFolder("f/e")
      await index.until { $0.committed.isEmpty }
    }
  }

  @Test func aFileInWritingIsNeverSeenHalf() async throws {
    let tree = try TemporaryTree()
    let index = FakeIndex()
    // A machine that is busy with other things takes its time: patience must not run out before the file is closed.
    let change: (inout IngestOptions) -> Void = {
      $0.watch.delays.quiet = 30_000_000
      $0.watch.delays.patience = 3_600_000_000_000
      $0.limits.writersPatience = 3_600_000_000_000
    }
    try await running(index, [tree.source], change: change) { service in
      await service.waitUntilReady()
      let file = tree.open_("slow.txt")
      for piece in ["one ", "two ", "three "] {
        tree.append(file, piece)
        // Other files go on meanwhile, and give the time in which the piece could have been seen.
        for number in 0..<5 {
          tree.write("other.txt", "\(piece)\(number)")
          await index.until("src/other.txt", is: ["\(piece)\(number)"])
        }
      }
      #expect(index.committed["src/slow.txt"] == nil)
      close(file)
      await index.until("src/slow.txt", is: ["one two three "])
    }
  }

  @Test func aFileBeingWrittenAtTheStartIsWaitedFor() async throws {
    let tree = try TemporaryTree()
    let file = tree.open_("slow.txt")
    tree.append(file, "half ")
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed.isEmpty)
      tree.append(file, "whole")
      close(file)
      await index.until("src/slow.txt", is: ["half whole"])
    }
    #expect(index.log == ["begin src/slow.txt"])
  }

  @Test func aFileThatFailsIsListedAndTriedAgainWhenItChanges() async throws {
    let tree = try TemporaryTree()
    tree.write("bad.txt", "a\0b")
    tree.write("empty.txt", "")
    tree.write("good.txt", "good")
    tree.makePipe("pipe.txt")
    tree.link("self.txt", to: "self.txt")
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed == ["src/good.txt": ["good"]])
      #expect(service.snapshot().skipped.map(\.path) == ["src/bad.txt", "src/empty.txt", "src/pipe.txt", "src/self.txt"])
      #expect(service.snapshot().skipped.allSatisfy { !$0.reason.isEmpty })
      tree.write("bad.txt", "mended")
      await index.until("src/bad.txt", is: ["mended"])
      await service.waitUntilReady()
      tree.makePipe("later.txt")
      tree.write("good.txt", "a\0b")
      await index.until("src/good.txt", is: nil)
    }
    let failed = try await index.files().filter { $0.failure != nil }
    #expect(failed.map(\.path).sorted() == ["src/empty.txt", "src/good.txt"])
  }

  @Test func aFileTooLargeIsListed() async throws {
    let tree = try TemporaryTree()
    tree.write("large.txt", String(repeating: "x", count: 2000))
    tree.write("many.jsonl", String(repeating: "{\"text\": \"a record\"}\n", count: 600))
    let index = FakeIndex()
    try await running(index, [tree.source], change: { $0.limits.fileBytes = 1000 }) { service in
      await service.waitUntilReady()
      #expect(service.snapshot().skipped.map(\.reason) == ["the file has 2000 bytes, more than the limit of 1000"])
      #expect(index.committed["src/many.jsonl"]?.count == 600)
    }
    #expect(index.state.withLock { $0.largestChunk } <= 64)
  }

  @Test func badRecordsAreToldAndTheOthersGoOn() async throws {
    let tree = try TemporaryTree()
    tree.write("r.jsonl", "{\"text\": \"one\"}\nnot json\n{\"text\": \"two\"}\n")
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed["src/r.jsonl"]?.count == 2)
      #expect(service.snapshot().skipped.first?.reason.hasPrefix("one record was left out at line 2") == true)
    }
  }

  @Test(.disabled(if: geteuid() == 0, "root may read everything, so nothing is forbidden here"))
  func aForbiddenFileIsListedAndIndexedWhenAllowed() async throws {
    let tree = try TemporaryTree()
    tree.write("closed.txt", "closed")
    _ = withCPath(tree.absolute("closed.txt")) { chmod($0, 0) }
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(service.snapshot().skipped.first?.reason.contains("permission denied") == true)
      _ = withCPath(tree.absolute("closed.txt")) { chmod($0, 0o644) }
      await index.until("src/closed.txt", is: ["closed"])
    }
  }

  @Test func whatTheIndexRefusesIsListedAndNothingOfItStays() async throws {
    let tree = try TemporaryTree()
    tree.write("bad.txt", "refuse me")
    tree.write("good.txt", "good")
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed == ["src/good.txt": ["good"]])
      #expect(service.snapshot().skipped.map(\.reason) == ["the index refuses this text"])
    }
  }

  @Test func afterAFaultOfTheIndexEverythingIsDoneAgain() async throws {
    let tree = try TemporaryTree()
    for number in 0..<10 { tree.write("\(number).txt", "text \(number)") }
    let index = FakeIndex()
    index.state.withLock { $0.failingCommits = 1 }
    try await running(index, [tree.source]) { service in
      await index.until { $0.committed.count == 10 }
      #expect(service.snapshot().lastError?.hasPrefix("the index failed") == true)
    }
  }

  @Test func polledTreesAreFollowedToo() async throws {
    let tree = try TemporaryTree()
    let index = FakeIndex()
    let change: (inout IngestOptions) -> Void = {
      $0.watch.watchLimit = 0
      $0.watch.pollInterval = 20_000_000
      $0.watch.delays.quiet = 20_000_000
    }
    try await running(index, [tree.source], change: change) { service in
      await service.waitUntilReady()
      #expect(service.snapshot().sources.first?.polledBecause?.contains("max_user_watches") == true)
      tree.write("a.txt", "one")
      await index.until("src/a.txt", is: ["one"])
      tree.delete("a.txt")
      await index.until { $0.committed.isEmpty }
    }
  }

  @Test func aMissingSourceIsToldAndKeepsWhatWasIndexed() async throws {
    let tree = try TemporaryTree()
    let file = IndexedFile(path: "src/a.txt", source: "src", fingerprint: Fingerprint(size: 1, modified: 1, hash: 1), articles: 1)
    let index = FakeIndex([file], texts: ["src/a.txt": ["kept"]])
    var source = tree.source
    source.location = tree.path + "/nowhere"
    try await running(index, [source]) { service in
      await service.waitUntilReady()
      #expect(service.snapshot().sources.first?.missingBecause == "no such file")
      #expect(service.snapshot().lastError != nil)
      #expect(index.committed == ["src/a.txt": ["kept"]])
    }
  }

  @Test func whatNoSourceTakesAnyMoreIsRemoved() async throws {
    let tree = try TemporaryTree()
    let old = IndexedFile(path: "old/a.txt", source: "old", fingerprint: Fingerprint(size: 1, modified: 1, hash: 1), articles: 1)
    let index = FakeIndex([old], texts: ["old/a.txt": ["old"]])
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed.isEmpty)
    }
  }

  @Test func aLinkFollowsItsFile() async throws {
    let tree = try TemporaryTree()
    tree.write("real.txt", "one")
    tree.link("link.txt", to: "real.txt")
    let index = FakeIndex()
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      #expect(index.committed == ["src/real.txt": ["one"], "src/link.txt": ["one"]])
      tree.write("real.txt", "two")
      await index.until { $0.committed == ["src/real.txt": ["two"], "src/link.txt": ["two"]] }
    }
  }

  @Test func aSourceMayBeOneFile() async throws {
    let tree = try TemporaryTree()
    tree.write("records.jsonl", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n")
    tree.write("other.txt", "other")
    let index = FakeIndex()
    let source = SourceOptions(path: tree.path + "/records.jsonl", name: "records")
    try await running(index, [source]) { service in
      await service.waitUntilReady()
      #expect(index.committed == [tree.path + "/records.jsonl": ["one", "two"]])
      tree.write("records.jsonl", "{\"text\": \"one\"}\n")
      await index.until(tree.path + "/records.jsonl", is: ["one"])
    }
  }

  @Test func aFolderWithinAFolderBelongsToTheNearestSource() async throws {
    let tree = try TemporaryTree()
    tree.makeFolder("inner")
    tree.write("a.txt", "a")
    tree.write("inner/b.txt", "b")
    var inner = SourceOptions(path: "src/inner/", name: "inner")
    inner.location = tree.path + "/inner"
    let index = FakeIndex()
    try await running(index, [tree.source, inner]) { service in
      await service.waitUntilReady()
    }
    let files = try await index.files()
    #expect(Set(files.map { "\($0.source) \($0.path)" }) == ["src src/a.txt", "inner src/inner/b.txt"])
    #expect(index.log.count == 2)
  }
}

extension TemporaryTree {
  func age(_ name: String, seconds: Int) {
    setTime(name, timespec(tv_sec: time(nil) - seconds, tv_nsec: 0))
  }

  func setTime(_ name: String, _ modified: timespec) {
    let times = [modified, modified]
    _ = withCPath(absolute(name)) { utimensat(AT_FDCWD, $0, times, 0) }
  }
}
