// Matching passages put together by article, in flat arrays.

struct ArticleGroups: Sendable {
  /// Matching documents, those of one article side by side.
  private(set) var documents: [UInt32] = []
  /// By document of `documents`: its index in the list that the groups were made from.
  private(set) var sources: [Int] = []
  /// Articles, in the order of their groups.
  private(set) var articles: [UInt32] = []
  /// Where each article's documents begin in `documents`; one more entry than articles.
  private(set) var starts: [Int] = [0]

  var count: Int { articles.count }

  func range(_ group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }

  /// - Parameter documents: ascending. Documents that the columns do not know are left out.
  init(documents list: [UInt32], columns: Columns) {
    // Passages of an article mostly follow each other: sorting is needed only where updates have scattered them.
    var keyed: [(article: UInt32, source: Int)] = []
    keyed.reserveCapacity(list.count)
    var isSorted = true
    for (index, document) in list.enumerated() {
      guard let article = columns.article(of: document) else { continue }
      if let last = keyed.last, last.article > article { isSorted = false }
      keyed.append((article, index))
    }
    if !isSorted { keyed.sort { ($0.article, $0.source) < ($1.article, $1.source) } }
    documents.reserveCapacity(keyed.count)
    sources.reserveCapacity(keyed.count)
    for (article, source) in keyed {
      if articles.last != article {
        if !articles.isEmpty { starts.append(documents.count) }
        articles.append(article)
      }
      documents.append(list[source])
      sources.append(source)
    }
    if !articles.isEmpty { starts.append(documents.count) }
  }
}
