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
  /// What is known of one value; the marks are groups, counted from 1.
  private struct Tally {
    var passages: UInt32 = 0
    var articles: UInt32 = 0
    var salientPassages: UInt32 = 0
    var salientArticles: UInt32 = 0
    /// The last group in which it was seen, and the last in which it is salient.
    var seen: UInt32 = 0
    var salient: UInt32 = 0
  }

  let columns: Columns
  let field: FacetColumn
  /// How many values the field has.
  let values: Int

  /// - Parameter acceptance: nil counts all.
  func count(_ groups: ArticleGroups, _ acceptance: Acceptance? = nil) -> FacetCounts {
    var counts = FacetCounts(articles: [], passages: [])
    withUnsafeTemporaryAllocation(of: Tally.self, capacity: values) { tallies in
      tallies.initialize(repeating: Tally())
      if field.isOfPassage {
        countPassages(groups, acceptance, tallies, &counts)
      } else {
        countArticles(groups, acceptance, tallies, &counts)
      }
      counts.articles = tallies.map { Int($0.articles) }
      counts.passages = tallies.map { Int($0.passages) }
      if hasSalience {
        counts.salientArticles = tallies.map { Int($0.salientArticles) }
        counts.salientPassages = tallies.map { Int($0.salientPassages) }
      }
    }
    return counts
  }

  private var hasSalience: Bool { field == .actor || field == .place }

  private func countPassages(
    _ groups: ArticleGroups, _ acceptance: Acceptance?, _ tallies: UnsafeMutableBufferPointer<Tally>, _ counts: inout FacetCounts
  ) {
    let hasSalience = hasSalience
    var group = 0
    var end = 0
    // Of the group at hand.
    var passages = 0
    var hasValue = false
    var missing = 0
    var whole = counts
    func close() {
      guard passages > 0 else { return }
      whole.allArticles += 1
      whole.allPassages += passages
      if !hasValue { whole.missingArticles += 1 }
    }
    groups.documents.withUnsafeBufferPointer { documents in
      columns.forEachRow(field, of: documents) { index, values in
        if index == end {
          close()
          if hasSalience {
            columns.forEachSalientValue(ofArticle: groups.articles[group], field) { value in
              if Int(value) < tallies.count { tallies[Int(value)].salient = UInt32(group + 1) }
            }
          }
          group += 1
          end = groups.range(group - 1).upperBound
          passages = 0
          hasValue = false
        }
        if let acceptance, !acceptance.accepts(index) { return }
        passages += 1
        if values.isEmpty { missing += 1 } else { hasValue = true }
        let mark = UInt32(truncatingIfNeeded: group)
        for value in values where Int(value) < tallies.count {
          var tally = tallies[Int(value)]
          let isSalient: UInt32 = tally.salient == mark ? 1 : 0
          let isNew: UInt32 = tally.seen == mark ? 0 : 1
          tally.passages &+= 1
          tally.articles &+= isNew
          tally.salientPassages &+= isSalient
          tally.salientArticles &+= isNew & isSalient
          tally.seen = mark
          tallies[Int(value)] = tally
        }
      }
    }
    close()
    counts = whole
    counts.missingPassages = missing
  }

  private func countArticles(
    _ groups: ArticleGroups, _ acceptance: Acceptance?, _ tallies: UnsafeMutableBufferPointer<Tally>, _ counts: inout FacetCounts
  ) {
    groups.articles.withUnsafeBufferPointer { articles in
      columns.forEachRow(field, of: articles) { group, values in
        let range = groups.range(group)
        let passages = acceptance.map { acceptance in range.count { acceptance.accepts($0) } } ?? range.count
        guard passages > 0 else { return }
        for value in values where Int(value) < tallies.count {
          // A value written twice in the metadata of an article counts once.
          guard tallies[Int(value)].seen != UInt32(group + 1) else { continue }
          tallies[Int(value)].seen = UInt32(group + 1)
          tallies[Int(value)].articles += 1
          tallies[Int(value)].passages += UInt32(passages)
        }
        counts.allArticles += 1
        counts.allPassages += passages
        if values.isEmpty {
          counts.missingPassages += passages
          counts.missingArticles += 1
        }
      }
    }
  }
}
