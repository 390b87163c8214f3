// Exact counts of the values of one field, by article and by passage, over the columns.

/// Counts by value number.
struct FacetCounts: Sendable {
  var articles: [Int]
  var passages: [Int]
  /// Articles and passages without a value.
  var missingArticles = 0
  var missingPassages = 0
  /// Articles and passages that were looked at.
  var allArticles = 0
  var allPassages = 0
}

struct FacetCounter {
  private let columns: Columns
  private let field: FacetColumn
  private(set) var counts: FacetCounts
  /// By value: the last article in which it was seen.
  private var seen: [UInt32]
  private static let never = UInt32.max

  /// - Parameter values: how many values the field has.
  init(columns: Columns, field: FacetColumn, values: Int) {
    self.columns = columns
    self.field = field
    counts = FacetCounts(articles: Array(repeating: 0, count: values), passages: Array(repeating: 0, count: values))
    seen = Array(repeating: Self.never, count: values)
  }

  /// - Parameter including: whether the document at this index of `groups.documents` counts; nil counts all.
  mutating func count(_ groups: ArticleGroups, including: ((Int) -> Bool)?) {
    for group in 0..<groups.count {
      let article = groups.articles[group]
      if field.isOfPassage {
        countPassages(groups, group, article, including)
      } else {
        countArticle(groups, group, article, including)
      }
    }
  }

  private mutating func countPassages(_ groups: ArticleGroups, _ group: Int, _ article: UInt32, _ including: ((Int) -> Bool)?) {
    var passages = 0
    var hasValue = false
    for index in groups.range(group) {
      if let including, !including(index) { continue }
      passages += 1
      var any = false
      columns.forEachValue(ofPassage: groups.documents[index], field) { value in
        any = true
        counts.passages[Int(value)] += 1
        if seen[Int(value)] != article {
          seen[Int(value)] = article
          counts.articles[Int(value)] += 1
        }
      }
      if any { hasValue = true } else { counts.missingPassages += 1 }
    }
    add(passages, hasValue)
  }

  private mutating func countArticle(_ groups: ArticleGroups, _ group: Int, _ article: UInt32, _ including: ((Int) -> Bool)?) {
    let range = groups.range(group)
    let passages = including.map { including in range.count { including($0) } } ?? range.count
    guard passages > 0 else { return }
    var hasValue = false
    columns.forEachValue(ofArticle: article, field) { value in
      // A value written twice in the metadata of an article counts once.
      guard seen[Int(value)] != article else { return }
      seen[Int(value)] = article
      hasValue = true
      counts.articles[Int(value)] += 1
      counts.passages[Int(value)] += passages
    }
    if !hasValue { counts.missingPassages += passages }
    add(passages, hasValue)
  }

  private mutating func add(_ passages: Int, _ hasValue: Bool) {
    guard passages > 0 else { return }
    counts.allArticles += 1
    counts.allPassages += passages
    if !hasValue { counts.missingArticles += 1 }
  }
}
