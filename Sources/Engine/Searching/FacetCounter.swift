// Exact counts of the values of one field, by article and by passage, over the columns.
//
// Passages have numbers of lists of values, and many have the same: where passages are counted, lists are counted first and what is in them
// afterwards. Where articles are counted, a value of several passages of an article counts once. How many values a passage has, and where an
// article ends, cannot be foreseen there, and a loop in a loop would be guessed wrongly at every turn: the values of some articles are put
// one behind the other first, each with the place of its article among them, and counted in one go without branches.
import ArasAPI

/// Counts by value number.
struct FacetCounts: Sendable {
  /// Empty where only passages were asked for.
  var articles: [Int] = []
  var passages: [Int] = []
  /// Of these, articles in which the actor or place is salient, and their passages that name it; empty for other fields.
  var salientArticles: [Int] = []
  var salientPassages: [Int] = []
  /// Articles and passages without a value.
  var missingArticles = 0
  var missingPassages = 0
  /// Articles (where these were asked for) and passages that were looked at.
  var allArticles = 0
  var allPassages = 0
}

struct FacetCounter: Sendable {
  let columns: Columns
  let field: FacetColumn
  /// How many values the field has.
  let values: Int
  let unit: Unit

  /// - Parameter acceptance: nil counts all.
  func count(_ groups: ArticleGroups, _ acceptance: Acceptance? = nil) -> FacetCounts {
    guard field.isOfPassage else { return countOfArticles(groups, acceptance) }
    return unit == .passage ? countPassages(groups, acceptance) : countArticles(groups, acceptance)
  }

  private var hasSalience: Bool { field == .actor || field == .place }

  // MARK: Values of passages

  private func countPassages(_ groups: ArticleGroups, _ acceptance: Acceptance?) -> FacetCounts {
    let column = columns.lists(field)
    return countPassages(column.pool) { passages in
      groups.documents.withUnsafeBufferPointer { documents in
        if let acceptance, !acceptance.isWhole {
          column.forEachNumber(of: documents) { if acceptance.accepts($0) { passages[Int($1)] &+= 1 } }
        } else {
          column.forEachNumber(of: documents) { passages[Int($1)] &+= 1 }
        }
      }
    }
  }

  /// Counts of the whole index; nil where something else than passages is counted.
  func countAllPassages() -> FacetCounts? {
    guard unit == .passage, field.isOfPassage else { return nil }
    let column = columns.lists(field)
    var counts = countPassages(column.pool) { passages in column.forEach { passages[Int($1)] &+= 1 } }
    // Rows of documents that are gone have no values either.
    counts.missingPassages -= counts.allPassages - columns.passageCount
    counts.allPassages = columns.passageCount
    return counts
  }

  /// - Parameter countLists: counts passages by the number of their list.
  private func countPassages(_ pool: ListPool, _ countLists: (UnsafeMutableBufferPointer<UInt32>) -> Void) -> FacetCounts {
    var counts = FacetCounts()
    withUnsafeTemporaryAllocation(of: FacetTally.self, capacity: values) { tallies in
      tallies.initialize(repeating: FacetTally())
      pool.withLists { lists in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: lists.count) { passages in
          passages.initialize(repeating: 0)
          countLists(passages)
          counts.missingPassages = Int(passages[Int(ListPool.empty)])
          counts.allPassages = counts.missingPassages
          for number in 1..<max(1, passages.count) where passages[number] > 0 {
            counts.allPassages &+= Int(passages[number])
            for value in lists[UInt32(truncatingIfNeeded: number)] {
              let known = Int(value & ~Columns.salient)
              if known < tallies.count { tallies[known].note(passages: passages[number], isSalient: value & Columns.salient != 0) }
            }
          }
        }
      }
      counts.passages = tallies.map { Int($0.passages) }
      if hasSalience { counts.salientPassages = tallies.map { Int($0.salientPassages) } }
    }
    return counts
  }

  private func countArticles(_ groups: ArticleGroups, _ acceptance: Acceptance?) -> FacetCounts {
    var counts = FacetCounts()
    let column = columns.lists(field)
    withUnsafeTemporaryAllocation(of: FacetTally.self, capacity: values) { tallies in
      tallies.initialize(repeating: FacetTally())
      groups.documents.withUnsafeBufferPointer { documents in
        column.withNumbers(of: documents) { numbers in
          column.pool.withLists { lists in
            var rows = RowMarks()
            var flat = FlatLists()
            for (round, first) in stride(from: 0, to: groups.count, by: FacetTally.mostArticles).enumerated() {
              let batch = first..<min(first + FacetTally.mostArticles, groups.count)
              rows.fill(groups, batch, acceptance)
              flat.removeAll()
              rows.forEach { row, place, isAccepted in
                // What is not accepted has no values.
                let number = numbers[row] & (0 &- UInt32(isAccepted))
                flat.append(lists[number], readable: lists.readable(number), mark: place)
                return number != ListPool.empty
              }
              flat.forEach { value, place in
                let known = Int(value & ~Columns.salient)
                if known < tallies.count {
                  tallies[known].note(place, round: UInt32(truncatingIfNeeded: round &+ 1), isSalient: value & Columns.salient != 0)
                }
              }
              counts.allArticles += rows.seen.nonzeroBitCount
              counts.allPassages += rows.acceptedCount
              counts.missingArticles += (rows.seen & ~rows.valued).nonzeroBitCount
              counts.missingPassages += rows.acceptedCount - rows.valuedCount
            }
          }
        }
      }
      counts.take(tallies, hasSalience: hasSalience)
    }
    return counts
  }

  // MARK: Values of articles

  private func countOfArticles(_ groups: ArticleGroups, _ acceptance: Acceptance?) -> FacetCounts {
    var counts = FacetCounts()
    withUnsafeTemporaryAllocation(of: FacetTally.self, capacity: values) { tallies in
      tallies.initialize(repeating: FacetTally())
      groups.articles.withUnsafeBufferPointer { articles in
        columns.forEachRow(field, of: articles) { group, values in
          let range = groups.range(group)
          let passages = acceptance.map { acceptance in range.count { acceptance.accepts($0) } } ?? range.count
          guard passages > 0 else { return }
          for value in values where Int(value) < tallies.count {
            // A value written twice in the metadata of an article counts once.
            tallies[Int(value)].note(article: UInt32(truncatingIfNeeded: group + 1), passages: UInt32(truncatingIfNeeded: passages))
          }
          counts.allArticles += 1
          counts.allPassages += passages
          if values.isEmpty {
            counts.missingPassages += passages
            counts.missingArticles += 1
          }
        }
      }
      counts.take(tallies, hasSalience: false)
    }
    return counts
  }
}

extension FacetCounts {
  fileprivate mutating func take(_ tallies: UnsafeMutableBufferPointer<FacetTally>, hasSalience: Bool) {
    articles = tallies.map { Int($0.articles) }
    passages = tallies.map { Int($0.passages) }
    guard hasSalience else { return }
    salientArticles = tallies.map { Int($0.salientArticles) }
    salientPassages = tallies.map { Int($0.salientPassages) }
  }
}
