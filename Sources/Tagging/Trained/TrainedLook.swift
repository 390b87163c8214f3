// A look at an article before it is tagged again because a trained layer is another: most are given the topic neither by the former layer,
// which their tags tell, nor by the present one.

import TextAnalysis

/// One per thread: it keeps its scratch memory between articles.
package final class TrainedLook {
  private let registry: Registry
  private var table = WordTable()
  private var scorer = TrainedScorer()

  package init(registry: Registry) { self.registry = registry }

  /// Whether the trained layer of one of some topics gives it to a passage, what excludes the topic aside.
  /// - Parameter topics: ids.
  package func mayGive(_ topics: Set<String>, title: WordStream?, passages: [TaggingPassage]) -> Bool {
    let trained = registry.trainedIndex
    let wanted = topics.compactMap { registry.topicIndex($0).flatMap { trained.slot(ofTopic: Int32($0)) } }
    if wanted.isEmpty { return false }
    table.removeAll()
    var context = TrainedContext(passage: 0..<0, heading: 0..<0, title: 0..<0)
    if let title { context.title = table.append(termsOf: title, trained) }
    for passage in passages {
      context.heading = passage.heading.map { table.append(termsOf: $0, trained) } ?? 0..<0
      context.passage = table.append(termsOf: passage.words, trained)
      scorer.score(context, table, trained)
      if scorer.results.contains(where: { wanted.contains($0.slot) }) { return true }
    }
    return false
  }
}
