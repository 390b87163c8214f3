import TestSupport
import Testing

@testable import FileWatch
@testable import Ingest

@Suite struct IngestPlanTests {
  private let print = Fingerprint(size: 1, modified: 1, hash: 1)

  private func id(_ path: String) -> FileID { FileID(source: 0, path: BytePath(path)) }

  private func record(_ path: String) -> IndexedFile { IndexedFile(path: path, source: "s", fingerprint: print, articles: 1) }

  @Test func whatSomebodyJustChangedComesFirst() {
    var plan = IngestPlan()
    plan.wish(id("a"), .compare, urgent: false)
    plan.wish(id("b"), .compare, urgent: false)
    plan.wish(id("c"), .written, urgent: true)
    plan.wish(id("b"), .written, urgent: true)
    #expect(plan.total == 3)
    var order: [FileID] = []
    while let next = plan.next(at: 0) { order.append(next.id) }
    #expect(order == [id("c"), id("b"), id("a")])
  }

  @Test func aFileIsNeverLookedAtTwiceAtOnceAndNoChangeIsLost() {
    var plan = IngestPlan()
    plan.wish(id("a"), .compare, urgent: true)
    let first = plan.next(at: 0)
    #expect(first?.id == id("a"))
    plan.wish(id("a"), .written, urgent: true)
    plan.wish(id("a"), .compare, urgent: false)
    let meanwhile = plan.next(at: 0)
    #expect(meanwhile == nil)
    let isSettled = plan.finished(id("a"), .indexed(print, nil), record: record("a"), at: 0)
    #expect(isSettled)
    let again = plan.next(at: 0)
    #expect(again?.trigger == .written)
    #expect(again?.urgent == true)
    _ = plan.finished(id("a"), .unchanged, record: nil, at: 0)
    #expect(plan.isIdle)
    #expect(plan.known[id("a")] != nil)
  }

  @Test func aFileThatNeverComesToRestIsTakenAsItIs() {
    var plan = IngestPlan()
    for (now, insists) in [(1, false), (IngestPlan.patience, false), (IngestPlan.patience + 1, true)] as [(UInt64, Bool)] {
      plan.wish(id("log"), .written, urgent: true)
      let next = plan.next(at: now)
      #expect(next?.insist == insists)
      let isSettled = plan.finished(id("log"), .unsettled, record: nil, at: now)
      #expect(!isSettled)
      #expect(plan.hasUnsettled)
    }
    plan.wish(id("log"), .written, urgent: true)
    _ = plan.next(at: 0)
    _ = plan.finished(id("log"), .indexed(print, nil), record: record("log"), at: 0)
    #expect(!plan.hasUnsettled)
  }

  @Test func aFolderThatWentAwayAsksForAllUnderIt() {
    var plan = IngestPlan(["d/a", "d/e/b", "da/c"].map(record)) { FileID(source: 0, path: BytePath($0.path)) }
    plan.wish(under: [BytePath("d")], of: 0)
    var asked: Set<FileID> = []
    while let next = plan.next(at: 0) { asked.insert(next.id) }
    #expect(asked == [id("d/a"), id("d/e/b")])
  }

  @Test func ofAFolderThatCannotBeReadNothingIsKnownToBeGone() {
    var plan = IngestPlan(["d/a", "b"].map(record)) { FileID(source: 0, path: BytePath($0.path)) }
    var walk = Walk()
    walk.unreadable = [BytePath("d")]
    let some = plan.scanned(walk, source: 0, under: .root, retrying: false)
    #expect(some == [id("b")])
    walk.unreadable = [BytePath.root]
    let none = plan.scanned(walk, source: 0, under: .root, retrying: false)
    #expect(none.isEmpty)
  }

  @Test func everyListingIsComparedWithWhatWasRead() throws {
    var status = try FileStatus.of(path: Array("/".utf8)).get()
    status.kind = .file
    var walk = Walk()
    walk.files = [WalkedFile(path: BytePath("a"), status: status, target: nil)]
    let record = IndexedFile(path: "a", source: "s", fingerprint: Fingerprint(status, hash: 1), articles: 1)
    var plan = IngestPlan([record]) { _ in id("a") }
    #expect(plan.scanned(walk, source: 0, under: .root, retrying: false).isEmpty)
    // It was in the middle of a change that changed nothing.
    plan.wish(id("a"), .force, urgent: true)
    _ = plan.next(at: 0)
    _ = plan.finished(id("a"), .unsettled, record: nil, at: 0)
    #expect(plan.scanned(walk, source: 0, under: .root, retrying: false) == [id("a")])
    _ = plan.next(at: 0)
    _ = plan.finished(id("a"), .unchanged, record: nil, at: 0)
    #expect(plan.scanned(walk, source: 0, under: .root, retrying: false).isEmpty)
    // It was looked at while its folder stood elsewhere, and the next listing is the same as the one before.
    plan.wish(id("a"), .compare, urgent: true)
    _ = plan.next(at: 0)
    _ = plan.finished(id("a"), .gone, record: nil, at: 0)
    #expect(plan.scanned(walk, source: 0, under: .root, retrying: false) == [id("a")])
  }

  @Test func whateverTheSystemTellsOfAChangeIsSeen() throws {
    let status = try FileStatus.of(path: Array("/".utf8)).get()
    let print = Fingerprint(status, hash: 7)
    #expect(print.isOf(status))
    let changes: [(inout FileStatus) -> Void] = [{ $0.size += 1 }, { $0.modified += 1 }, { $0.changed += 1 }, { $0.inode += 1 }]
    for change in changes {
      var other = status
      change(&other)
      #expect(!print.isOf(other))
    }
  }
}
