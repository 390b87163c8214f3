// Where the passages of each article end among the documents, as bits: with them the articles of any set of documents are counted 64
// documents at a time.

struct ArticleEnds: Sendable {
  /// Documents that stand beside others of their article with none of another article between them: all but strays.
  private var together: [UInt64]
  /// The last of those of each article.
  private var ends: [UInt64]
  /// By article that has any: passages that came to it later and stand elsewhere.
  private var strays: [Strays] = []

  private struct Strays: Sendable {
    /// From the first to the last of the article's other documents.
    var together: ClosedRange<UInt32>
    var documents: [UInt32]
  }

  /// One of so many documents may be a stray.
  private static let mostStrays = 64

  /// - Returns: nil where there are too many strays.
  init?(_ columns: Columns) {
    var together = DocumentBits(rows: columns.documentRows)
    var ends = together
    var runs: [(first: UInt32, last: UInt32)?] = Array(repeating: nil, count: columns.articleRows)
    var strays: [UInt32: [UInt32]] = [:]
    var count = 0
    var (current, last) = (Columns.absent, UInt32(0))
    columns.forEachDocument { (document: UInt32, article: UInt32) in
      if article == current {
        runs[Int(article)]?.last = document
      } else if runs[Int(article)] != nil {
        strays[article, default: []].append(document)
        count += 1
        return
      } else {
        if current != Columns.absent { ends.insert(last) }
        current = article
        runs[Int(article)] = (document, document)
      }
      together.insert(document)
      last = document
    }
    if current != Columns.absent { ends.insert(last) }
    guard count * Self.mostStrays <= columns.documentRows else { return nil }
    self.together = together.words
    self.ends = ends.words
    self.strays = strays.sorted { $0.key < $1.key }.compactMap { article, documents in
      runs[Int(article)].map { Strays(together: $0.first...$0.last, documents: documents) }
    }
  }

  /// The passages among some documents that are known, and the articles that they belong to.
  func total(of documents: DocumentBits) -> (articles: Int, passages: Int) {
    var (articles, passages) = (0, 0)
    let words = min(documents.words.count, together.count)
    documents.words.withUnsafeBufferPointer { documents in
      together.withUnsafeBufferPointer { together in
        ends.withUnsafeBufferPointer { ends in
          // Ones from the first document of an article to the one before its last: whatever is added among them is carried up to the last.
          var carry: UInt64 = 0
          for word in 0..<words {
            let wanted = documents[word] & together[word]
            passages &+= wanted.nonzeroBitCount
            let (sum, isOver) = (wanted & ~ends[word]).addingReportingOverflow(~ends[word])
            let (carried, isOverToo) = sum.addingReportingOverflow(carry)
            carry = isOver || isOverToo ? 1 : 0
            articles &+= ((carried | wanted) & ends[word]).nonzeroBitCount
          }
        }
      }
    }
    for stray in strays {
      let matching = stray.documents.count { documents.contains($0) }
      passages += matching
      if matching > 0, !hasAny(of: stray.together, documents) { articles += 1 }
    }
    return (articles, passages)
  }

  private func hasAny(of range: ClosedRange<UInt32>, _ documents: DocumentBits) -> Bool {
    range.contains { documents.contains($0) && together[Int($0) / 64] &>> UInt64($0 % 64) & 1 != 0 }
  }
}

/// The ends of a snapshot's articles, made once it has been asked so much that they are worth it: where the index changes all the time
/// they never are.
struct KnownArticleEnds {
  private var ends: ArticleEnds?
  private var isMade = false
  /// Documents that were looked at one by one.
  private var looked = 0

  mutating func ends(of columns: Columns) -> ArticleEnds? {
    if !isMade, looked >= columns.documentRows {
      isMade = true
      ends = ArticleEnds(columns)
    }
    return ends
  }

  mutating func note(_ documents: Int) { looked += documents }
}
