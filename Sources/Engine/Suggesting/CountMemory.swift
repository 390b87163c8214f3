// What was counted for completions on a revision: each letter typed asks for most of what the one before asked for.
import Synchronization
import Xapian

final class CountMemory: Sendable {
  struct Count: Sendable {
    /// Nil where only the passages were estimated.
    var articles: Int?
    var passages: Int
  }

  private struct State {
    var revision: UInt64 = 0
    var counts: [Query: Count] = [:]
  }

  private let state = Mutex(State())

  /// Counts that are kept.
  private static let most = 20_000

  /// The count of a query on a revision, counted if need be.
  func count(_ query: Query, revision: UInt64, _ count: () throws(XapianError) -> Count) throws(XapianError) -> Count {
    if let known = state.withLock({ $0.revision == revision ? $0.counts[query] : nil }) { return known }
    let counted = try count()
    state.withLock { state in
      if state.revision != revision || state.counts.count >= Self.most { state = State(revision: revision) }
      state.counts[query] = counted
    }
    return counted
  }
}
