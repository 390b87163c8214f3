// Counting actors, places or topics with all below them: each value counts where it or any of its descendants stands, once an article and
// once a passage, which is what `actor:x+` and `topic:x` find.
import Tagging

struct FacetRollUp {
  /// Ids of the values, by their number here.
  private(set) var ids: [String] = []
  /// By the number that a column has for a value: the numbers here that it counts for.
  private var targets: [FacetColumn: [[UInt32]]] = [:]
  private let columns: Columns
  private let field: FacetColumn

  /// Nil for a field whose values have no parents.
  init?(_ field: FacetColumn, _ snapshot: Snapshot) {
    guard field.hasParents else { return nil }
    self.field = field
    columns = snapshot.columns
    var numbers: [String: UInt32] = [:]
    // The children of an actor may be places, and the other way round.
    for column in field == .topic ? [FacetColumn.topic] : [.actor, .place] {
      var lists: [[UInt32]] = []
      for number in 0..<snapshot.dictionary.count(in: column) {
        let id = snapshot.dictionary.value(UInt32(number), in: column)
        var targets: [UInt32] = []
        for other in Self.line(of: id, column, snapshot.registry) where Self.column(of: other, seenIn: column, snapshot.registry) == field {
          let known = numbers[other] ?? UInt32(ids.count)
          if numbers[other] == nil {
            numbers[other] = known
            ids.append(other)
          }
          targets.append(known)
        }
        lists.append(targets)
      }
      targets[column] = lists
    }
  }

  /// An id and those above it.
  private static func line(of id: String, _ column: FacetColumn, _ registry: Registry) -> [String] {
    var line = [id]
    while let last = line.last, let parent = column == .topic ? registry.topic(last)?.parent : registry.actor(last)?.parent,
      !line.contains(parent)
    { line.append(parent) }
    return line
  }

  private static func column(of id: String, seenIn column: FacetColumn, _ registry: Registry) -> FacetColumn {
    guard column != .topic, let kind = registry.actor(id)?.kind else { return column }
    return kind == .place ? .place : .actor
  }

  /// - Parameter acceptance: nil counts all.
  func count(_ groups: ArticleGroups, _ acceptance: Acceptance? = nil) -> FacetCounts {
    var counts = FacetCounts(articles: Array(repeating: 0, count: ids.count), passages: Array(repeating: 0, count: ids.count))
    if field != .topic {
      counts.salientArticles = counts.articles
      counts.salientPassages = counts.articles
    }
    // By value: one more than the last group, and the last document, in which it was seen, and the last group in which it is salient.
    var seenInGroup = counts.articles
    var seenInDocument = counts.articles
    var salientInGroup = counts.articles
    for group in 0..<groups.count {
      if field != .topic { markSalient(groups.articles[group], group + 1, &salientInGroup) }
      var passages = 0
      var hasValue = false
      for index in groups.range(group) {
        if let acceptance, !acceptance.accepts(index) { continue }
        passages += 1
        var any = false
        for (column, lists) in targets {
          columns.forEachValue(ofPassage: groups.documents[index], column) { value in
            for target in lists[Int(value)].lazy.map({ Int($0) }) where seenInDocument[target] != index + 1 {
              any = true
              seenInDocument[target] = index + 1
              counts.passages[target] += 1
              let isSalient = salientInGroup[target] == group + 1
              if isSalient { counts.salientPassages[target] += 1 }
              if seenInGroup[target] != group + 1 {
                seenInGroup[target] = group + 1
                counts.articles[target] += 1
                if isSalient { counts.salientArticles[target] += 1 }
              }
            }
          }
        }
        if any { hasValue = true } else { counts.missingPassages += 1 }
      }
      guard passages > 0 else { continue }
      counts.allArticles += 1
      counts.allPassages += passages
      if !hasValue { counts.missingArticles += 1 }
    }
    return counts
  }

  private func markSalient(_ article: UInt32, _ mark: Int, _ marks: inout [Int]) {
    var values: [UInt32] = []
    for (column, lists) in targets {
      columns.salientValues(ofArticle: article, column, into: &values)
      for value in values { for target in lists[Int(value)] { marks[Int(target)] = mark } }
    }
  }
}
