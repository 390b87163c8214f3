// What was found for completions on a revision: each letter typed asks for most of what the one before asked for.
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
    /// Whether all of those were read in which something can stand behind the most words.
    var areAll: Bool
    /// Found in a part of these passages: each form, folded too, and in how many, by how many words of the tail stand before it.
    var forms: [(form: [UInt8], key: [UInt8], passages: TailCounts<Int>)]
  }

  /// What is known of some passages.
  enum PassageKind {
    /// What has all of the words is among them.
    case possible
    /// Outside of them nothing has all of the words.
    case bounds
  }

  private struct Follower: Hashable {
    var tail: TypedTail
    var terms: [[UInt8]]
  }

  private struct State {
    var revision: UInt64 = 0
    var counts: [[UInt8]: Count] = [:]
    var terms: [[UInt8]: [[UInt8]]] = [:]
    var counted: [Follower: TailCounts<Count>] = [:]
    /// Passages of a sample that are no longer what they were.
    var changed: (sample: UInt64, documents: [UInt32]?)?
    /// The latest last.
    var followers: [(tail: TypedTail, followers: Followers)] = []
    var passages: [(words: [[[UInt8]]], kind: PassageKind, passages: SampledPassages)] = []
  }

  private let state = Mutex(State())

  /// Counts, and terms, that are kept.
  private static let most = 20_000
  /// Tails that are kept.
  private static let mostTails = 4

  /// The count of a term on a revision, counted if need be.
  func count(of term: [UInt8], revision: UInt64, _ count: () throws(XapianError) -> Count) throws(XapianError) -> Count {
    if let known = at(revision, { $0.counts[term] }) { return known }
    let counted = try count()
    keep(revision) { $0.counts[term] = counted }
    return counted
  }

  /// The terms that a form has in the index on a revision.
  func terms(of form: [UInt8], revision: UInt64, _ terms: () -> [[UInt8]]) -> [[UInt8]] {
    if let known = at(revision, { $0.terms[form] }) { return known }
    let found = terms()
    keep(revision) { $0.terms[form] = found }
    return found
  }

  /// What stands behind some words on a revision, read if need be: the same for every letter typed behind them.
  func followers(
    behind tail: TypedTail, revision: UInt64, _ read: () throws(XapianError) -> Followers
  ) throws(XapianError) -> Followers {
    if let known = at(revision, { $0.followers.first { $0.tail == tail }?.followers }) { return known }
    let followers = try read()
    keep(revision) { state in
      state.followers.append((tail, followers))
      if state.followers.count > Self.mostTails { state.followers.removeFirst() }
    }
    return followers
  }

  /// Which passages of a sample have been written or removed since, as far as that is known.
  func changed(_ sample: TextSample, revision: UInt64, _ find: () -> [UInt32]?) -> [UInt32]? {
    if let known = at(revision, { $0.changed }), known.sample == sample.revision { return known.documents }
    let found = find()
    keep(revision) { $0.changed = (sample.revision, found) }
    return found
  }

  /// The passages that have some words on a revision, as far as it is known.
  func passages(
    _ kind: PassageKind, having words: [[[UInt8]]], revision: UInt64, _ find: () throws(XapianError) -> SampledPassages
  ) throws(XapianError) -> SampledPassages {
    if let known = at(revision, { $0.passages.first { $0.words == words && $0.kind == kind }?.passages }) { return known }
    let found = try find()
    keep(revision) { state in
      state.passages.append((words, kind, found))
      if state.passages.count > Self.mostTails { state.passages.removeFirst() }
    }
    return found
  }

  /// How often terms stand behind a tail on a revision, where that was counted.
  func counted(_ terms: [[UInt8]], behind tail: TypedTail, revision: UInt64) -> TailCounts<Count>? {
    at(revision) { $0.counted[Follower(tail: tail, terms: terms)] }
  }

  func keep(_ counts: TailCounts<Count>, of terms: [[UInt8]], behind tail: TypedTail, revision: UInt64) {
    keep(revision) { $0.counted[Follower(tail: tail, terms: terms)] = counts }
  }

  private func at<Known>(_ revision: UInt64, _ look: (State) -> Known?) -> Known? {
    state.withLock { $0.revision == revision ? look($0) : nil }
  }

  private func keep(_ revision: UInt64, _ change: (inout State) -> Void) {
    state.withLock { state in
      let count = state.counts.count + state.terms.count + state.counted.count
      if state.revision != revision || count >= Self.most { state = State(revision: revision) }
      change(&state)
    }
  }
}
