// The trained layers at work on one article: which topics they give a passage, by which words, and what the exclusions of a topic take
// from them.

import TextAnalysis

/// What the trained layer of a topic says of one passage.
package struct TrainedGround: Sendable {
  package var passage: Int
  /// To be compared with the threshold of the topic.
  package var score: Float
  /// One for each term with a weight, the one that speaks most for the topic first; the weights add up to the score.
  package var words: [TopicEvidence]
}

struct TrainedLayers {
  private var scorer = TrainedScorer()
  private var title = 0..<0
  /// Of the article so far.
  private var exclusions: [(topic: Int32, words: ClosedRange<Int32>)] = []
  /// Words that are kept as evidence of a tag; the others are told on demand.
  private static let mostEvidence = 8

  mutating func begin(_ table: borrowing WordTable) {
    exclusions.removeAll(keepingCapacity: true)
    title = table.units.first.map { $0.kind == .title ? $0.words : 0..<0 } ?? 0..<0
  }

  /// Takes note of the phrases that exclude in the unit that the rules were tried in last.
  mutating func exclude(_ rules: TopicScorer, _ registry: Registry) {
    rules.forEachExclusion(registry.topicIndex) { exclusions.append(($0, $1)) }
  }

  /// Topics that the trained layers give a passage, each with the words that decided.
  mutating func matches(_ unit: Int, _ table: borrowing WordTable, _ registry: Registry) -> [TopicMatch] {
    guard !registry.trainedIndex.isEmpty else { return [] }
    let context = context(unit, table)
    scorer.score(context, table, registry.trainedIndex)
    return scorer.results.compactMap { result in
      let words = contributions(to: result.slot, topic: result.topic, context, table, registry)
      let needed = registry.topics[Int(result.topic)].threshold
      let score = words.reduce(0) { $0 + $1.share }
      // Rounding aside, only an exclusion makes the two sums differ.
      guard isExcluded(result.topic) ? score >= 1 : true else { return nil }
      return TopicMatch(
        topic: result.topic, score: max(needed, (isExcluded(result.topic) ? score : result.score) * needed),
        matches: words.prefix(Self.mostEvidence).filter { $0.share > 0 }.map { evidence($0, unit, table, registry, needed) })
    }
  }

  /// What a topic's layer says of a passage, be it enough or not.
  mutating func ground(of topic: Int32, unit: Int, _ table: borrowing WordTable, _ registry: Registry) -> TrainedGround? {
    guard let slot = registry.trainedIndex.slot(ofTopic: topic) else { return nil }
    let needed = registry.topics[Int(topic)].threshold
    let words = contributions(to: slot, topic: topic, context(unit, table), table, registry)
    return TrainedGround(
      passage: table.units[unit].passage, score: words.reduce(0) { $0 + $1.share } * needed,
      words: words.map { evidence($0, unit, table, registry, needed) })
  }

  private func isExcluded(_ topic: Int32) -> Bool { exclusions.contains { $0.topic == topic } }

  private mutating func contributions(
    to slot: Int, topic: Int32, _ context: TrainedContext, _ table: borrowing WordTable, _ registry: Registry
  ) -> [TrainedContribution] {
    let taken = exclusions.filter { $0.topic == topic }.map(\.words)
    guard !taken.isEmpty else { return scorer.contributions(to: slot, context, table, registry.trainedIndex) }
    return scorer.contributions(to: slot, context, table, registry.trainedIndex) { word in
      taken.contains { $0.contains(Int32(word)) }
    }
  }

  /// A passage with the heading just before it, and the title.
  private func context(_ unit: Int, _ table: borrowing WordTable) -> TrainedContext {
    let passage = table.units[unit]
    var heading = 0..<0
    if unit > 0, table.units[unit - 1].kind == .heading, table.units[unit - 1].passage == passage.passage {
      heading = table.units[unit - 1].words
    }
    return TrainedContext(passage: passage.words, heading: heading, title: title)
  }

  private func evidence(
    _ word: TrainedContribution, _ unit: Int, _ table: borrowing WordTable, _ registry: Registry, _ needed: Float
  ) -> TopicEvidence {
    let inTitle = title.contains(word.word)
    return TopicEvidence(
      start: table.words[word.word].start, end: table.words[word.word].end,
      rule: String(decoding: registry.trainedIndex.terms.form(word.term), as: UTF8.self), weight: word.share * needed,
      inHeading: !inTitle && !table.units[unit].words.contains(word.word), inTitle: inTitle, isTrained: true)
  }
}
