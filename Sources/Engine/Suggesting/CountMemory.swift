// What was counted for completions on a revision: each letter typed asks for most of what the one before asked for.
import Synchronization
import Xapian

final class CountMemory: Sendable {
  struct Count: Sendable {
    /// Nil where only the passages were estimated.
    var articles: Int?
    var passages: Int
  }

  /// What stands behind some words.
  struct Followers: Sendable {
    /// Those that have these words.
    var passages: SampledPassages
    /// Found in a part of these passages: each form, folded too, and in how many.
    var forms: [(form: [UInt8], key: [UInt8], passages: Int)]
  }

  private struct State {
    var revision: UInt64 = 0
    var counts: [Query: Count] = [:]
    /// By what was typed; the latest last.
    var followers: [(tail: Tail, followers: Followers)] = []
  }

  private struct Tail: Equatable {
    var terms: [[[UInt8]]]
    var words: Int
  }

  private let state = Mutex(State())

  /// Counts that are kept.
  private static let most = 20_000
  /// Tails that are kept.
  private static let mostTails = 8

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

  /// What stands behind some words on a revision, read if need be: the same for every letter typed behind them.
  /// - Parameters:
  ///   - terms: of these words, and of others in the same passage.
  ///   - words: how many of them are the tail.
  func followers(
    behind terms: [[[UInt8]]], words: Int, revision: UInt64, _ read: () throws(XapianError) -> Followers
  ) throws(XapianError) -> Followers {
    let tail = Tail(terms: terms, words: words)
    let known = state.withLock { state in
      state.revision == revision ? state.followers.first { $0.tail == tail }?.followers : nil
    }
    if let known { return known }
    let followers = try read()
    state.withLock { state in
      if state.revision != revision { state = State(revision: revision) }
      state.followers.append((tail, followers))
      if state.followers.count > Self.mostTails { state.followers.removeFirst() }
    }
    return followers
  }
}
