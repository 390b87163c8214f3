// How many articles some documents belong to, counted without putting the documents together by article.

extension Columns {
  /// The passages among some documents that the columns know, and the articles that they belong to.
  func total(of documents: DocumentBits) -> (articles: Int, passages: Int) {
    var isThere = DocumentBits(rows: articleRows)
    var passages = 0
    var last = Self.absent
    forEachArticle(of: documents) { article in
      guard article != Self.absent else { return }
      passages += 1
      if article == last { return }
      last = article
      isThere.insert(article)
    }
    return (isThere.count, passages)
  }
}
