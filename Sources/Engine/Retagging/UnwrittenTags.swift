// What the writer has shown and not written: articles under new tags, with what is to be done in the database for them. Confined to the
// writer's queue. When it is lost (the daemon ends, a write fails) the database is by no registry, and the articles are tagged once more.
import Xapian

struct UnwrittenTags {
  struct Passage {
    var document: UInt32
    /// From the tags that the database has to those that searches see.
    var changes: [TermChange]
  }

  struct Article {
    /// As the database is to have it. It lies in the article store already.
    var entry: ArticleEntry
    var passages: [Passage]
    /// Documents of which the rows of the columns alone are to be written.
    var beside: [UInt32]
  }

  private var articles: [String: Article] = [:]
  /// Ids, some of which may be gone, in the order in which they came; those before `head` were taken.
  private var order: [String] = []
  private var head = 0
  private(set) var passageCount = 0
  private var shown: FreshTags? = FreshTags.none
  /// Whether anything became another since the last commit.
  private(set) var isChanged = false

  var isEmpty: Bool { articles.isEmpty }

  subscript(id: String) -> Article? { articles[id] }

  /// Takes in what is to be done for an article, behind what was to be done before.
  /// - Parameter edit: from the tags that searches see.
  mutating func put(_ id: String, _ entry: ArticleEntry, _ edit: ArticleEdit) {
    var article = Article(
      entry: entry, passages: edit.passages.map { Passage(document: $0.document, changes: $0.changes) }, beside: edit.beside)
    if let old = articles[id] {
      passageCount -= old.passages.count
      for passage in old.passages {
        if let index = article.passages.firstIndex(where: { $0.document == passage.document }) {
          article.passages[index].changes = TermChange.joined(passage.changes, article.passages[index].changes)
        } else {
          article.passages.append(passage)
        }
      }
      article.beside += old.beside.filter { !article.beside.contains($0) }
      article.beside.removeAll { document in article.passages.contains { $0.document == document } }
    } else {
      order.append(id)
    }
    articles[id] = article
    passageCount += article.passages.count
    noteChange()
  }

  mutating func remove(_ id: String) -> Article? {
    guard let article = articles.removeValue(forKey: id) else { return nil }
    passageCount -= article.passages.count
    noteChange()
    return article
  }

  private mutating func noteChange() {
    shown = nil
    isChanged = true
  }

  mutating func noteCommit() { isChanged = false }

  /// The ids of the first articles.
  mutating func first(_ count: Int) -> [String] {
    while head < order.count, articles[order[head]] == nil { head += 1 }
    if head == order.count {
      order = []
      head = 0
    }
    return order[head...].lazy.filter { [articles] in articles[$0] != nil }.prefix(count).map { $0 }
  }

  /// As searches see it.
  mutating func fresh() -> FreshTags {
    if let shown { return shown }
    let made = FreshTags(articles.values.flatMap { $0.passages.lazy.map { ($0.document, $0.changes) } })
    shown = made
    return made
  }
}
