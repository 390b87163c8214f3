// Matching passages put together by article, in flat arrays.

struct ArticleGroups: Sendable {
  /// Matching documents, those of one article side by side.
  private(set) var documents: [UInt32] = []
  /// By document of `documents`: its index in the list that the groups were made from; nil where the two lists are the same.
  private var sources: [Int]?
  /// Articles, ascending, in the order of their groups.
  private(set) var articles: [UInt32] = []
  /// Where each article's documents begin in `documents`; one more entry than articles.
  private(set) var starts: [Int] = [0]

  var count: Int { articles.count }

  func range(_ group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }

  /// The group of the document at an index of `documents`.
  func group(at index: Int) -> Int { starts.partitioningIndex { $0 > index } - 1 }

  /// What is known of the documents of the list that the groups were made from, in the order of `documents`.
  func arranged<Value>(_ values: [Value]) -> [Value] { sources.map { $0.map { values[$0] } } ?? values }

  /// - Parameter documents: ascending. Documents that the columns do not know are left out.
  init(documents list: [UInt32], columns: Columns) {
    var owners: [UInt32] = []
    owners.reserveCapacity(list.count)
    // Passages of an article mostly follow each other: sorting is needed only where updates have scattered them.
    var isPlain = true
    var last: UInt32 = 0
    for document in list {
      guard let article = columns.article(of: document), article >= last else {
        isPlain = false
        break
      }
      owners.append(article)
      last = article
    }
    if isPlain {
      documents = list
    } else {
      var keyed: [(article: UInt32, source: Int)] = []
      keyed.reserveCapacity(list.count)
      for (index, document) in list.enumerated() {
        if let article = columns.article(of: document) { keyed.append((article, index)) }
      }
      keyed.sort { ($0.article, $0.source) < ($1.article, $1.source) }
      owners = keyed.map(\.article)
      documents = keyed.map { list[$0.source] }
      sources = keyed.map(\.source)
    }
    for (index, article) in owners.enumerated() where index == 0 || owners[index - 1] != article {
      if index > 0 { starts.append(index) }
      articles.append(article)
    }
    if !articles.isEmpty { starts.append(documents.count) }
  }
}
