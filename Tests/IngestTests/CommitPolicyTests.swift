import Testing

@testable import Ingest

@Suite struct CommitPolicyTests {
  private let second: UInt64 = 1_000_000_000

  @Test func nothingToCommitIsNeverDue() {
    #expect(!CommitPolicy(limits: .init()).isDue(at: 100, idle: true))
  }

  @Test func withNothingElseWaitingACommitIsDueAtOnce() {
    var policy = CommitPolicy(limits: .init())
    policy.changed(articles: 1, at: 0)
    #expect(policy.isDue(at: 0, idle: true))
    #expect(!policy.isDue(at: 0, idle: false))
  }

  @Test func muchWorkIsCommittedInParts() {
    var policy = CommitPolicy(limits: .init())
    policy.changed(articles: 999, at: 0)
    #expect(!policy.isDue(at: 0, idle: false))
    #expect(policy.isDue(at: 2 * second, idle: false))
    policy.changed(articles: 1, at: 0)
    #expect(policy.isDue(at: 0, idle: false))
    policy.committed(from: 0, to: 10)
    #expect(!policy.hasChanges)
    policy.changed(bytes: 32 << 20, at: 20)
    #expect(policy.isDue(at: 20, idle: false))
  }

  @Test func aChangeJustMadeIsCommittedSoonButCommitsDoNotTakeOver() {
    var policy = CommitPolicy(limits: .init())
    policy.changed(urgent: true, at: 0)
    #expect(policy.isDue(at: 0, idle: false))
    policy.committed(from: 0, to: second / 10)
    policy.changed(urgent: true, at: second / 5)
    #expect(!policy.isDue(at: second / 5, idle: false))
    #expect(policy.isDue(at: second / 2, idle: false))
  }
}
