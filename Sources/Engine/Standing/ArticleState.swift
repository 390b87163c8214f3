// One state of an article as a commit leaves it, apart from the database: what standing queries are asked of.
import Xapian

struct ArticleState: Sendable {
  struct Passage: Sendable {
    /// Terms alone.
    var document: Document
    var record: PassageRecord
    var columns: PassageColumns
  }

  var record: ArticleRecord
  var text: ArticleText
  /// In reading order.
  var passages: [Passage]

  /// About what it takes in memory.
  private(set) var byteCount: Int

  /// - Returns: nil where what was prepared cannot be read.
  init?(_ prepared: PreparedArticle, article: UInt32, ofArticle: ArticleColumns, number: ValueNumbering) rethrows {
    guard let stored = prepared.stored, stored.passages.count == prepared.passages.count else { return nil }
    record = stored.record
    text = stored.text
    passages = []
    byteCount = 0
    for (index, passage) in prepared.passages.enumerated() {
      let columns = try PassageColumns(passage, index + 1, article: article, ofArticle: ofArticle, number: number)
      passages.append(Passage(document: passage.document, record: stored.passages[index], columns: columns))
    }
    byteCount = passages.reduce(2 * prepared.byteCount) { $0 + $1.document.byteCount }
  }
}

/// An article that a commit has written.
struct WrittenArticle: Sendable {
  var now: ArticleState
  /// What the commit before had of it; nil for an article that is new.
  var before: StoredArticle?

  /// A passage that a standing query is asked of.
  struct Candidate: Sendable, Equatable {
    /// Index into `now.passages`.
    var passage: Int
    /// The passage that had this very text before, as an index into `before.passages`: it is told again only to those whose query did not
    /// match it then.
    var before: Int?
  }

  /// The passages that say something new, or that something around them may have brought into question: a title, a date, a tag.
  ///
  /// A passage is known by its text: that it has moved, and what its article says elsewhere, makes it no other.
  /// - Parameter withExclusions: whether a query leaves out articles by what any of their passages has: then what changed in one brings
  ///   every other into question.
  func candidates(withExclusions: Bool) -> [Candidate] {
    guard let before else { return now.passages.indices.map { Candidate(passage: $0, before: nil) } }
    var known: [[UInt8]: [Int]] = [:]
    for index in before.passages.indices.reversed() { known[before.passages[index].text, default: []].append(index) }
    let hasSameHead = Self.asked(of: before.record) == Self.asked(of: now.record)
    var found: [Candidate] = []
    for (index, passage) in now.passages.enumerated() {
      let record = passage.record
      guard let old = known[record.text]?.popLast() else {
        found.append(Candidate(passage: index, before: nil))
        continue
      }
      if !withExclusions, hasSameHead, record.isAsked(like: before.passages[old]) { continue }
      found.append(Candidate(passage: index, before: old))
    }
    return found
  }

  /// The head of an article without what no query asks for.
  private static func asked(of record: ArticleRecord) -> ArticleRecord {
    var record = record
    record.passages = 0
    record.url = nil
    record.topics = []
    record.actors = record.actors.filter(\.salient).map { ArticleRecord.Actor(id: $0.id, mentions: 0, salient: true) }
      .sorted { $0.id < $1.id }
    return record
  }
}

extension PassageRecord {
  /// Whether a passage of the same text is found by the same queries, as far as its own record says.
  fileprivate func isAsked(like other: PassageRecord) -> Bool {
    heading == other.heading && language == other.language && entities == other.entities && mentions == other.mentions
      && topics.map(\.id) == other.topics.map(\.id)
  }
}
