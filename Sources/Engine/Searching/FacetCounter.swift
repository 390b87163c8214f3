// Exact counts of the values of one field, by article and by passage, over the columns.

/// Counts by value number.
struct FacetCounts: Sendable {
  var articles: [Int]
  var passages: [Int]
  /// Of these, articles in which the actor or place is salient, and their passages that name it; empty for other fields.
  var salientArticles: [Int] = []
  var salientPassages: [Int] = []
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
    if field == .actor || field == .place {
      counts.salientArticles = Array(repeating: 0, count: values)
      counts.salientPassages = counts.salientArticles
    }
  }

  /// - Parameter including: whether the document at this index of `groups.documents` counts; nil counts all.
  mutating func count(_ groups: ArticleGroups, including: ((Int) -> Bool)?) {
    if field.isOfPassage { countPassages(groups, including) } else { countArticles(groups, including) }
  }

  private mutating func countPassages(_ groups: ArticleGroups, _ including: ((Int) -> Bool)?) {
    var group = -1
    var end = 0
    var article = Self.never
    /// Of the group at hand.
    var passages = 0
    var hasValue = false
    let hasSalience = !counts.salientArticles.isEmpty
    var salient: [UInt32] = []
    groups.documents.withUnsafeBufferPointer { documents in
      columns.forEachRow(field, of: documents) { index, values in
        if index == end {
          add(passages, hasValue)
          group += 1
          end = groups.starts[group + 1]
          article = groups.articles[group]
          passages = 0
          hasValue = false
          if hasSalience { columns.salientValues(ofArticle: article, field, into: &salient) }
        }
        if let including, !including(index) { return }
        passages += 1
        if values.isEmpty { counts.missingPassages += 1 } else { hasValue = true }
        for value in values {
          counts.passages[Int(value)] += 1
          let isSalient = hasSalience && salient.contains(value)
          if isSalient { counts.salientPassages[Int(value)] += 1 }
          if seen[Int(value)] != article {
            seen[Int(value)] = article
            counts.articles[Int(value)] += 1
            if isSalient { counts.salientArticles[Int(value)] += 1 }
          }
        }
      }
    }
    add(passages, hasValue)
  }

  private mutating func countArticles(_ groups: ArticleGroups, _ including: ((Int) -> Bool)?) {
    groups.articles.withUnsafeBufferPointer { articles in
      columns.forEachRow(field, of: articles) { group, values in
        let range = groups.range(group)
        let passages = including.map { including in range.count { including($0) } } ?? range.count
        guard passages > 0 else { return }
        for value in values {
          // A value written twice in the metadata of an article counts once.
          guard seen[Int(value)] != articles[group] else { continue }
          seen[Int(value)] = articles[group]
          counts.articles[Int(value)] += 1
          counts.passages[Int(value)] += passages
        }
        if values.isEmpty { counts.missingPassages += passages }
        add(passages, !values.isEmpty)
      }
    }
  }

  private mutating func add(_ passages: Int, _ hasValue: Bool) {
    guard passages > 0 else { return }
    counts.allArticles += 1
    counts.allPassages += passages
    if !hasValue { counts.missingArticles += 1 }
  }
}
