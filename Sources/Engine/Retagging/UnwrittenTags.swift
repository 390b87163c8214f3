// What the writer has shown and not written: articles under new tags, with what is to be done in the database for them. Confined to the
// writer's queue. When it is lost (the daemon ends, a write fails) the database is by no registry, and the articles are tagged once more.
import Xapian

struct UnwrittenTags {
  struct Passage {
    var document: UInt32
    /// From the tags that the database has to those that searches see.
    var changes: [TermChange]
    /// Its row of the columns, encoded.
    var columns: [UInt8]
  }

  struct Article {
    /// As the database is to have it. It lies in the article store already.
    var entry: ArticleEntry
    var passages: [Passage]
    /// By document, where there are any: ids of its places in the database.
    var placesBefore: [UInt32: Set<String>]
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

  mutating func put(_ id: String, _ article: Article) {
    if let old = articles.updateValue(article, forKey: id) {
      passageCount -= old.passages.count
    } else {
      order.append(id)
    }
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
