// The articles that wait to be tagged again: a state that tasks share, and that knows what of it is not yet durable. Articles go by their
// row in the columns. One that is removed meanwhile may leave its row to another, which then is read once more and says what it said.
import Synchronization

final class RetagQueue: Sendable {
  fileprivate struct State {
    /// In the order in which they came; what is before `head` was taken.
    var waiting: [UInt32] = []
    var head = 0
    /// Of those, ones that wait, and which of their passages are touched.
    var members: [UInt32: TouchedArticle] = [:]
    /// Taken, and not given to the writer.
    var taken: Set<UInt32> = []
    /// Given to the writer, and not committed; and those of them that are being committed.
    var made: [UInt32] = []
    var committing: [UInt32] = []
    /// Seen by searches, and not durable.
    var seen: [UInt32] = []
    /// When to commit, and how long after that again. Nanoseconds.
    var due: UInt64 = 0
    var stretch: UInt64 = 0
    /// What the writer had lost when it was last asked.
    var losses = 0
    /// Seen since nothing waited, and when the first began to wait.
    var done = 0
    var began: UInt64 = 0
    /// Registries that are being taken up: what they touch is not known yet.
    var adoptions = 0
    /// Fingerprint of the registry by which everything is tagged when nothing waits.
    var target: String
    /// Of all changes since nothing was left to tag: see `TagChange.families`.
    var families: [String: Set<String>] = [:]
    /// Likewise: see `TagChange.trained`.
    var trained: Set<String> = []
    /// Whether the tags of the whole index are unknown.
    var needsAll: Bool
  }

  private let state: Mutex<State>

  /// - Parameter needsAll: whether the tags in the index were made by another registry than this.
  init(target: String, needsAll: Bool) { state = Mutex(State(target: target, needsAll: needsAll)) }

  /// Articles that are still to be tagged.
  var count: Int { state.withLock { $0.unseen } }

  /// Whether nothing waits, and everything is written.
  var isAtRest: Bool { state.withLock { $0.unseen == 0 && $0.seen.isEmpty } }

  /// Of those, ones that nobody has taken.
  var waiting: Int { state.withLock { $0.members.count } }

  /// Whether everything has to be tagged, whatever changes.
  var needsAll: Bool { state.withLock { $0.needsAll } }

  func beginAdoption() { state.withLock { $0.adoptions += 1 } }

  /// Ends one that left things as they are.
  func endAdoption() { state.withLock { $0.adoptions -= 1 } }

  /// Ends one that failed on its way: nobody knows what it touched, so the next touches all.
  func endAdoptionInDoubt() {
    state.withLock { state in
      state.adoptions -= 1
      state.needsAll = true
    }
  }

  /// - Parameters:
  ///   - families: see `TagChange.families`.
  ///   - trained: see `TagChange.trained`.
  ///   - all: whether `articles` are all that there are.
  func endAdoption(
    of target: String, touching articles: [TouchedArticle], families: [String: Set<String>] = [:], trained: Set<String> = [],
    all: Bool
  ) {
    state.withLock { state in
      state.adoptions -= 1
      state.target = target
      if all { state.needsAll = false }
      state.families.merge(families) { $0.union($1) }
      state.trained.formUnion(trained)
      state.put(articles)
    }
  }

  /// What is to be known of the changes that articles wait for: see `TagChange.families` and `TagChange.trained`.
  var changes: (families: [String: Set<String>], trained: Set<String>) { state.withLock { ($0.families, $0.trained) } }

  /// The next articles.
  func take(_ count: Int) -> [TouchedArticle] {
    state.withLock { state in
      var taken: [TouchedArticle] = []
      while taken.count < count, state.head < state.waiting.count {
        let ordinal = state.waiting[state.head]
        state.head += 1
        if let article = state.members.removeValue(forKey: ordinal) { taken.append(article) }
      }
      if state.head == state.waiting.count {
        state.waiting = []
        state.head = 0
      }
      state.taken.formUnion(taken.lazy.map(\.ordinal))
      return taken
    }
  }

  /// Whether nothing is left to take.
  var isDrained: Bool { state.withLock { $0.members.isEmpty } }

  // MARK: Commits

  /// Nanoseconds of tagging before a commit, at first and at most; each stretch is twice the one before.
  private static let firstStretch: UInt64 = 125_000_000
  private static let longestStretch: UInt64 = 1_000_000_000

  /// Begins to count the time to the first commit.
  /// - Parameter losses: how often the writer has lost something.
  func begin(losses: Int) {
    state.withLock { state in
      state.losses = losses
      state.stretch = Self.firstStretch
      state.due = Clock.now &+ state.stretch
    }
  }

  /// The writer has what was taken.
  func noteMade(_ articles: [TouchedArticle]) {
    state.withLock { state in
      for article in articles {
        state.taken.remove(article.ordinal)
        state.made.append(article.ordinal)
      }
    }
  }

  /// Whether it is time to commit what was made. If so nobody else is told until `noteCommit`.
  func takeCommit(ifDue: Bool) -> Bool {
    state.withLock { state in
      if state.made.isEmpty || (ifDue && Clock.now < state.due) || !state.committing.isEmpty { return false }
      swap(&state.made, &state.committing)
      return true
    }
  }

  /// Searches see what was made, unless the writer has lost it, or something before it.
  /// - Returns: false in that case.
  @discardableResult
  func noteCommit(losses: Int) -> Bool {
    state.withLock { state in
      guard losses == state.losses else {
        state.losses = losses
        state.putBack()
        return false
      }
      state.done += state.committing.count
      state.seen += state.committing
      state.committing = []
      if state.unseen == 0, state.adoptions == 0 { (state.families, state.trained) = ([:], []) }
      state.stretch = min(2 * state.stretch, Self.longestStretch)
      state.due = Clock.now &+ state.stretch
      return true
    }
  }

  /// What was seen is durable.
  func noteWritten() { state.withLock { $0.seen = [] } }

  /// What is not durable is lost, and waits again.
  func giveBack() { state.withLock { $0.putBack() } }

  /// The registry by which all articles are tagged once what was made is committed; nil while any waits.
  var lastTarget: String? {
    state.withLock { $0.members.isEmpty && $0.taken.isEmpty && $0.adoptions == 0 && !$0.needsAll ? $0.target : nil }
  }

  /// How many articles were tagged again since there were none to tag, how many there are in all, and since when; nil when none waits.
  var progress: (done: Int, total: Int, since: UInt64)? {
    state.withLock { state in
      let left = state.unseen
      return left == 0 ? nil : (state.done, state.done + left, state.began)
    }
  }
}

extension RetagQueue.State {
  /// Articles whose tags searches do not see yet.
  fileprivate var unseen: Int { members.count + taken.count + made.count + committing.count }

  fileprivate mutating func putBack() {
    let ordinals = seen + committing + made + taken
    (seen, committing, made, taken) = ([], [], [], [])
    put(ordinals.map { TouchedArticle(ordinal: $0) })
  }

  fileprivate mutating func put(_ articles: [TouchedArticle]) {
    if unseen == 0 {
      done = 0
      began = Clock.now
    }
    for article in articles {
      if members[article.ordinal]?.passages.formUnion(article.passages) == nil {
        members[article.ordinal] = article
        waiting.append(article.ordinal)
      }
    }
  }
}
