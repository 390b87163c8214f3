// When what was applied is made visible.

/// Decides when to commit. Time goes in, nanoseconds of any steady clock.
///
/// While much is waiting, a commit comes after so many articles, bytes or seconds; when nothing more waits, at once; and after a change
/// just made by somebody, soon, but never so often that most of the time goes to commits.
struct CommitPolicy: Sendable {
  var limits: IngestLimits
  private(set) var articles = 0
  private(set) var bytes = 0
  private(set) var urgent = false
  private var firstChange: UInt64?
  private var lastCommit: UInt64 = 0
  private var lastCost: UInt64 = 0

  init(limits: IngestLimits) {
    self.limits = limits
  }

  var hasChanges: Bool { firstChange != nil }

  mutating func changed(articles: Int = 0, bytes: Int = 0, urgent: Bool = false, at now: UInt64) {
    self.articles += articles
    self.bytes += bytes
    self.urgent = self.urgent || urgent
    firstChange = firstChange ?? now
  }

  func isDue(at now: UInt64, idle: Bool) -> Bool {
    guard let firstChange else { return false }
    if idle || articles >= limits.commitArticles || bytes >= limits.commitBytes { return true }
    if now >= firstChange + limits.commitInterval { return true }
    return urgent && now >= lastCommit + 4 * lastCost
  }

  /// The commit that was due is for later: what was applied goes on waiting.
  mutating func putOff(at now: UInt64) {
    articles = 0
    bytes = 0
    firstChange = now
  }

  mutating func committed(from start: UInt64, to end: UInt64) {
    articles = 0
    bytes = 0
    urgent = false
    firstChange = nil
    lastCommit = end
    lastCost = end - start
  }
}
