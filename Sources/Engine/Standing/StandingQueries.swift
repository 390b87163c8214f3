// All standing queries of an index, and the line of commits that they are still to be asked of.
//
// The writer hands each commit over and goes on; the commits are worked off one after the other on a thread of their own. What waits there
// is bounded: past it the next commit waits until there is room, so that neither memory grows nor a match is lost.
import ArasAPI
import Synchronization

final class StandingQueries: Sendable {
  struct Entry: Sendable {
    var query: StandingQuery
    /// The last revision that it is not asked of.
    var since: UInt64
  }

  private struct State {
    var entries: [String: Entry] = [:]
    /// Number of the next subscription.
    var next = 1
    var waitingBytes = 0
    var waitingCommits = 0
    var isClosed = false
    var writers: [CheckedContinuation<Void, Never>] = []

    var hasRoom: Bool { isClosed || waitingBytes < mostBytes && waitingCommits < mostCommits }
  }

  /// What commits may wait, in bytes about and in number.
  static let mostBytes = 64 << 20
  static let mostCommits = 64

  /// A matcher and its queue. Sendable because the matcher is touched only by jobs on the queue, and the queue is serial.
  private struct Desk: @unchecked Sendable {
    let matcher: StandingMatcher
    let queue = AsideQueue()
  }

  private let state = Mutex(State())
  private let desk: Desk
  /// Standing queries at most.
  private let limit: Int

  init(_ files: IndexFiles, limit: Int) throws {
    desk = Desk(matcher: try StandingMatcher(files))
    self.limit = limit
  }

  var count: Int { state.withLock { $0.entries.count } }
  var isEmpty: Bool { state.withLock { $0.entries.isEmpty } }

  // MARK: Coming and going

  func takeID() -> String {
    state.withLock { state in
      defer { state.next += 1 }
      return "s\(state.next)"
    }
  }

  /// Throws `busy` where there are too many.
  func checkRoom() throws(APIError) {
    let count = count
    if count >= limit { throw Self.tooMany(count) }
  }

  func add(_ query: StandingQuery, since: UInt64) throws(APIError) {
    let count: Int? = state.withLock { state in
      guard state.entries.count < limit else { return state.entries.count }
      state.entries[query.id] = Entry(query: query, since: since)
      return nil
    }
    if let count { throw Self.tooMany(count) }
    // What it needs is found out now, not when a commit waits for it.
    desk.queue.async { [self] _ in desk.matcher.prepare(query) }
  }

  private static func tooMany(_ count: Int) -> APIError {
    .busy("there are \(count) standing queries, as many as limits.subscriptions allows", retryAfterMs: 10_000)
  }

  /// From when this returns, nothing is delivered to the query that was not under way.
  func remove(_ id: String) { state.withLock { $0.entries[id] = nil } }

  // MARK: Commits

  /// Takes a commit; called in the order of revisions.
  func take(_ commit: WrittenCommit) {
    let isWanted = state.withLock { state in
      guard !state.isClosed, !state.entries.isEmpty, !commit.articles.isEmpty else { return false }
      state.waitingBytes += commit.byteCount
      state.waitingCommits += 1
      return true
    }
    guard isWanted else { return }
    desk.queue.async { [self] standBack in
      desk.matcher.match(
        commit, entries(since: commit.revision), isStanding: { id in state.withLock { !$0.isClosed && $0.entries[id] != nil } },
        standBack: standBack)
      finish(commit)
    }
  }

  private func entries(since revision: UInt64) -> [StandingQuery] {
    let entries = state.withLock { $0.isClosed ? [:] : $0.entries }
    return entries.values.filter { $0.since < revision }.map(\.query).sorted { ($0.id.utf8.count, $0.id) < ($1.id.utf8.count, $1.id) }
  }

  private func finish(_ commit: WrittenCommit) {
    let writers = state.withLock { state in
      state.waitingBytes -= commit.byteCount
      state.waitingCommits -= 1
      return Self.released(&state)
    }
    for writer in writers { writer.resume() }
  }

  private static func released(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    guard state.hasRoom else { return [] }
    defer { state.writers = [] }
    return state.writers
  }

  /// Returns when another commit can be taken.
  func waitForRoom() async {
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock { state in
        if !state.hasRoom { state.writers.append(continuation) }
        return state.hasRoom
      }
      if hasRoom { continuation.resume() }
    }
  }

  /// Returns when every commit taken so far has been worked off.
  func drain() async {
    await withCheckedContinuation { continuation in desk.queue.async { _ in continuation.resume() } }
  }

  /// Ends: nothing is delivered any more, and nobody waits.
  func close() {
    let writers = state.withLock { state in
      state.isClosed = true
      state.entries = [:]
      return Self.released(&state)
    }
    for writer in writers { writer.resume() }
  }
}
