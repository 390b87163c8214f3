// What the writer remembers of a transaction for the standing queries: the last state of every article that was written in it, and the
// state that the commit before had.
import Tagging
import TextAnalysis
import Xapian

/// A commit as the standing queries see it.
struct WrittenCommit: Sendable {
  var revision: UInt64
  var uuid: String
  /// In the order in which they were written.
  var articles: [WrittenArticle]
  var dictionary: FacetDictionary
  var registry: Registry
  var analysis: AnalysisSetting
  /// Of the whole index, the most frequent first.
  var languages: [Language]
  /// About what it takes in memory.
  var byteCount: Int
}

struct CommitLog {
  /// Whether anybody wants to know.
  private(set) var isOn = false
  private var articles: [String: WrittenArticle] = [:]
  private var order: [String] = []
  private(set) var byteCount = 0

  mutating func begin() { isOn = true }

  mutating func end() {
    isOn = false
    discard()
  }

  /// Forgets what a transaction that is given up has written.
  mutating func discard() { _ = take() }

  func has(_ id: String) -> Bool { articles[id] != nil }

  /// - Parameter before: as the commit before had it; of an article that is written again in the same transaction, the first time counts.
  mutating func note(_ state: ArticleState, before: StoredArticle?) {
    let id = state.record.id
    byteCount += state.byteCount
    if let known = articles[id] {
      byteCount -= known.now.byteCount
      articles[id]?.now = state
    } else {
      byteCount += before?.text.text.count ?? 0
      articles[id] = WrittenArticle(now: state, before: before)
      order.append(id)
    }
  }

  mutating func remove(_ id: String) {
    guard let known = articles.removeValue(forKey: id) else { return }
    byteCount -= known.now.byteCount + (known.before?.text.text.count ?? 0)
    order.removeAll { $0 == id }
  }

  /// What was written, and begins anew.
  mutating func take() -> [WrittenArticle] {
    defer {
      articles = [:]
      order = []
      byteCount = 0
    }
    return order.compactMap { articles[$0] }
  }
}
