import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct DiskSyncTests {
  /// The note lies there while something waits for the disk, and goes when it is there.
  @Test func theNoteGoesWhenAllIsOnTheDisk() async throws {
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    let note = folder + "/unsynced"
    let waiting = DiskSync(directory: folder, delay: .seconds(86_400))
    waiting.noteCommit()
    #expect(await becomesTrue { access(note, F_OK) == 0 })
    // What a process left behind that was killed is written through by the next.
    let next = DiskSync(directory: folder, delay: .milliseconds(1))
    #expect(await becomesTrue { access(note, F_OK) != 0 })
    next.finish()
    let last = DiskSync(directory: folder, delay: .seconds(86_400))
    last.noteCommit()
    #expect(await becomesTrue { access(note, F_OK) == 0 })
    last.finish()
    #expect(access(note, F_OK) != 0)
  }

  @Test func aClosedIndexIsOnTheDisk() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    #expect(access(test.index.path + "/xapian/unsynced", F_OK) != 0)
  }

  /// A note of this run of the machine is that of a process that was killed, of another that of a machine that stopped.
  @Test(arguments: [true, false]) func anIndexInDoubtIsBuiltAgain(isOfThisRun: Bool) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    let run = try TestFolder.bytes("/proc/sys/kernel/random/boot_id")
    let file = try #require(fopen(test.index.path + "/xapian/unsynced", "w"))
    let text = isOfThisRun ? run : Array("another".utf8)
    #expect(fwrite(text, 1, text.count, file) == text.count)
    fclose(file)
    #expect(try IndexFolder.faults(path: test.index.path).isEmpty == isOfThisRun)
    let again = try Index.open(
      path: test.index.path, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    #expect(again.rebuilt?.contains("the machine stopped") == (isOfThisRun ? nil : true))
    #expect(try await again.search(SearchRequest(q: "tango")).total.articles == (isOfThisRun ? 1 : 0))
    await again.close()
  }

  /// An index that was set aside goes when another is: they do not pile up.
  @Test func oneIndexIsKeptAside() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    let older = test.index.path + "/xapian.old-1"
    #expect(rename(test.index.path + "/xapian", older) == 0)
    let again = try Index.open(
      path: test.index.path, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    await again.close()
    #expect(again.rebuilt == nil && access(older, F_OK) == 0)
    let file = try #require(fopen(test.index.path + "/xapian/unsynced", "w"))
    fclose(file)
    let third = try Index.open(
      path: test.index.path, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    await third.close()
    let kept = (FolderNames.all(in: test.index.path) ?? []).filter { $0.hasPrefix("xapian.old-") }
    #expect(third.rebuilt != nil && kept.count == 1 && access(older, F_OK) != 0)
  }

  private func becomesTrue(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<20_000 {
      if condition() { return true }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return false
  }
}
