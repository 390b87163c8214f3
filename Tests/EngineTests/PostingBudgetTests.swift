import TestSupport
import Testing

@testable import Engine

@Suite struct PostingBudgetTests {
  let tree: TemporaryTree

  init() throws { tree = try TemporaryTree() }

  @Test func whatWasAskedForStaysWhateverTheIndexAndTheMachine() {
    for size in [0, 1, 40_000, 8 << 30] {
      for passages in [0, 1_000_000, Int.max] { #expect(PostingBudget(size, memory: 1 << 20).bytes(passages: passages) == size) }
    }
  }

  @Test func withoutASizeItGrowsWithTheIndexUpToAShareOfTheMemory() {
    let budget = PostingBudget(nil, memory: 8 << 30)
    #expect(budget.bytes(passages: 0) == 256 << 20)
    #expect(budget.bytes(passages: 800_000) == 256 << 20)
    #expect(budget.bytes(passages: 1_000_000) == 300_000_000)
    #expect(budget.bytes(passages: 5_000_000) == 1_500_000_000)
    #expect(budget.bytes(passages: 50_000_000) == 2 << 30)
    #expect(budget.bytes(passages: Int.max) == 2 << 30)
    #expect(PostingBudget(nil, memory: 400 << 20).bytes(passages: 5_000_000) == 100 << 20)
    #expect(PostingBudget(nil, memory: nil).bytes(passages: 5_000_000) == 1_500_000_000)
  }

  @Test func theCacheFollowsTheIndex() throws {
    let list = try #require(PostingList(documents: Array(1...20_000), wdfs: Array(repeating: 1, count: 20_000), revision: 1))
    let room = PostingBudget.least
    let cache = PostingCache(budget: PostingBudget(nil, memory: nil))
    #expect(cache.limit == room)
    cache.fit(passages: 10_000_000)
    #expect(cache.limit == 3_000_000_000)
    #expect(cache.budget == 3_000_000_000 - room / 8)
    cache.fit(passages: 10)
    #expect(cache.limit == room)

    // What is asked for does not follow.
    let fixed = PostingCache(budget: 4 * list.bytes)
    fixed.fit(passages: 10_000_000)
    #expect(fixed.limit == 4 * list.bytes)
    #expect(!fixed.keep(list, of: [1]))

    let off = PostingCache(budget: 0)
    off.fit(passages: 10_000_000)
    #expect(!off.isOn)
    #expect(off.limit == 0)
  }

  @Test func aPublishedSnapshotSetsTheRoom() throws {
    let index = try TestIndex(postings: nil)
    #expect(index.index.postingMemory.limit == PostingBudget(nil).bytes(passages: 0))
    let small = try TestIndex(postings: 50_000)
    #expect(small.index.postingMemory.limit == 50_000)
  }

  @Test func theLeastLimitOfTheControlGroupsAroundCounts() {
    func limits(_ groups: String) -> [Int] { MachineMemory.limits(ofGroups: groups, below: tree.path) }
    tree.makeFolder("a")
    tree.makeFolder("a/b")
    tree.makeFolder("memory")
    tree.makeFolder("memory/c")
    tree.write("a/memory.max", "1000000\n")
    tree.write("a/b/memory.max", "max\n")
    tree.write("memory/memory.limit_in_bytes", "9223372036854771712\n")
    tree.write("memory/c/memory.limit_in_bytes", "2000000\n")
    #expect(limits("0::/a/b\n") == [1_000_000])
    #expect(limits("0::/a/b/not:there\n") == [1_000_000])
    #expect(limits("0::/\n") == [])
    #expect(limits("12:cpu,memory:/c\n11:pids:/a\n0::/a\n") == [2_000_000, 9_223_372_036_854_771_712, 1_000_000])
    for wrong in ["", "0", "0:", "x:y", "::::\n\n", "0::/../../../../../..\n"] { #expect(limits(wrong) == [], "\(wrong)") }
    tree.write("a/memory.max", "-5\n")
    tree.write("a/b/memory.max", "99999999999999999999999\n")
    #expect(limits("0::/a/b\n") == [])
  }

  @Test func theMachineHasMemory() throws {
    let bytes = try #require(MachineMemory.bytes)
    #expect(bytes > 1 << 20)
  }
}
