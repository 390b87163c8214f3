// Tags articles: reads all their words, finds the names, judges them with the whole article in view, and scores the topics.

import TextAnalysis

/// Tags one article after the other. One per thread: it keeps its scratch memory between articles.
package final class Tagger {
  private let registry: Registry
  private var table = WordTable()
  private var finder = MentionFinder()
  private var judge = CandidateJudge()
  private var scorer = TopicScorer()
  private var layers = TrainedLayers()
  private var candidates: [Candidate] = []
  private var masked: [Bool] = []

  package init(registry: Registry) {
    self.registry = registry
  }

  /// Tags one article. `year` is the year of publication; `publishers` are names that, where they stand in the text, name nobody.
  package func tag(
    title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> ArticleTags {
    table.removeAll()
    candidates.removeAll(keepingCapacity: true)
    masked.removeAll(keepingCapacity: true)
    read(title, passages, publishers)
    for unit in table.units.indices {
      guard let stream = stream(of: table.units[unit], title, passages) else { continue }
      finder.find(in: table, unit: unit, stream: stream, names: registry.names, masked: masked, into: &candidates)
    }
    judge.judge(&candidates, table, registry, year: year)
    return assemble(passages) { _, _, _ in }
  }

  /// Every place in an article where the words of one of an actor's names stand, and why they name it there or not.
  package func trials(
    of actor: Int, title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> [NameTrial] {
    _ = tag(title: title, passages: passages, year: year, publishers: publishers)
    return NameExaminer(registry: registry, table: table, candidates: candidates, masked: masked)
      .trials(of: Int32(actor)) { stream(of: $0, title, passages) }
  }

  /// All evidence for a topic in an article, that of passages below the threshold too.
  package func grounds(
    of topic: Int, title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> [TopicGround] {
    _ = tag(title: title, passages: passages, year: year, publishers: publishers)
    var grounds: [TopicGround] = []
    _ = assemble(passages) { unit, found, evidence in
      guard Int(found) == topic else { return }
      for var item in evidence {
        if unit.kind == .heading {
          item.weight *= ArticleTally.headingShare
          item.inHeading = true
        }
        grounds.append(TopicGround(place: NameTrial.Place(unit), evidence: item))
      }
    }
    return grounds
  }

  /// What the trained layer of a topic says of each passage: all its words that have a weight, whatever they add up to. Nil for a topic
  /// without such a layer.
  package func trainedGrounds(
    of topic: Int, title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> [TrainedGround]? {
    guard registry.trainedIndex.slot(ofTopic: Int32(topic)) != nil else { return nil }
    _ = tag(title: title, passages: passages, year: year, publishers: publishers)
    return table.units.indices.filter { table.units[$0].kind == .passage }.compactMap {
      layers.ground(of: Int32(topic), unit: $0, table, registry)
    }
  }

  private func read(_ title: WordStream?, _ passages: [TaggingPassage], _ publishers: [String]) {
    let language = passages.first?.language ?? .undetermined
    let (names, topics, trained) = (registry.names, registry.topicIndex, registry.trainedIndex)
    if let title {
      table.append(title, text: nil, kind: .title, passage: -1, language: language, names: names, topics: topics, trained: trained)
    }
    for (number, passage) in passages.enumerated() {
      if let heading = passage.heading {
        table.append(
          heading, text: nil, kind: .heading, passage: number, language: passage.language, names: names, topics: topics, trained: trained)
      }
      table.append(
        passage.words, text: passage.text, kind: .passage, passage: number, language: passage.language, names: names, topics: topics,
        trained: trained)
    }
    if !publishers.isEmpty { mask(publishers, title, passages) }
  }

  private func stream(of unit: Unit, _ title: WordStream?, _ passages: [TaggingPassage]) -> WordStream? {
    switch unit.kind {
    case .title: title
    case .heading: passages[unit.passage].heading
    case .passage: passages[unit.passage].words
    }
  }

  /// Marks the words of the publisher's names. A name of one word masks nothing: it may well be a country's.
  private func mask(_ publishers: [String], _ title: WordStream?, _ passages: [TaggingPassage]) {
    let phrases = publishers.map { NameWords.split($0) }.filter { $0.count > 1 }
    guard !phrases.isEmpty else { return }
    masked.append(contentsOf: repeatElement(false, count: table.forms.count))
    for unit in table.units {
      guard let stream = stream(of: unit, title, passages) else { continue }
      for phrase in phrases where stream.count >= phrase.count {
        for start in 0...(stream.count - phrase.count)
        where phrase.indices.allSatisfy({ stream.folded(start + $0).elementsEqual(phrase[$0]) }) {
          for word in start..<(start + phrase.count) { masked[unit.words.lowerBound + word] = true }
        }
      }
    }
  }

  // MARK: Results

  /// - Parameter watch: sees the evidence of each unit's topics.
  private func assemble(_ passages: [TaggingPassage], watch: (Unit, Int32, [TopicEvidence]) -> Void) -> ArticleTags {
    var tags = ArticleTags(passages: Array(repeating: PassageTags(), count: passages.count))
    var tally = ArticleTally(registry: registry, passages: passages.count)
    var spans: [TopicScorer.Span] = []
    var next = 0
    layers.begin(table)
    let firstSentence = firstSentenceEnd(passages)
    for (number, unit) in table.units.enumerated() {
      spans.removeAll(keepingCapacity: true)
      while next < candidates.count, Int(candidates[next].unit) == number {
        let candidate = candidates[next]
        next += 1
        guard candidate.isAccepted else { continue }
        if let last = spans.last, last.actor == candidate.actor, last.first == candidate.first { continue }
        let kind = registry.actors[Int(candidate.actor)].kind
        spans.append(
          TopicScorer.Span(
            actor: candidate.actor, first: candidate.first, last: candidate.last, isState: kind == .state || kind == .disputed))
        let mention = mention(candidate, unit, passages)
        tally.count(mention, unit, isInFirstSentence: unit.kind == .passage && unit.passage == 0 && mention.start < firstSentence)
        switch unit.kind {
        case .title: tags.titleMentions.append(mention)
        case .heading: break
        case .passage: tags.passages[unit.passage].mentions.append(mention)
        }
      }
      scorer.score(unit, table, spans, registry.topicIndex) { topic, evidence in
        tally.add(topic, evidence, unit)
        watch(unit, topic, evidence)
      }
      layers.exclude(scorer, registry)
      if unit.kind == .passage {
        let trained = layers.matches(number, table, registry)
        tags.passages[unit.passage].topics = tally.topics(ofPassage: unit.passage, trained: trained)
      }
    }
    tags.actors = tally.actors()
    tags.topics = tally.articleTopics()
    return tags
  }

  private func firstSentenceEnd(_ passages: [TaggingPassage]) -> Int32 {
    guard let text = passages.first?.text else { return 0 }
    return text.withUnsafeBufferPointer { Int32(Sentences.split($0).first?.upperBound ?? text.count) }
  }

  private func mention(_ candidate: Candidate, _ unit: Unit, _ passages: [TaggingPassage]) -> Mention {
    let alias = registry.names.details[Int(candidate.alias)]
    var end = table.ends[Int(candidate.last)]
    if unit.kind == .passage, table.flags[Int(candidate.last)].contains(.possessive) {
      end = Self.withoutPossessive(passages[unit.passage].text, table.starts[Int(candidate.last)], end)
    }
    let base = Int32(unit.words.lowerBound)
    return Mention(
      actor: candidate.actor, start: table.starts[Int(candidate.first)], end: end, firstWord: candidate.first - base,
      lastWord: candidate.last - base, alias: alias.text, rule: alias.rule)
  }

  /// The end of a word before its last apostrophe: ' or one of the curly ones.
  private static func withoutPossessive(_ text: [UInt8], _ start: Int32, _ end: Int32) -> Int32 {
    var at = Int(min(end, Int32(text.count))) - 1
    while at > Int(start) {
      if text[at] == 0x27 { return Int32(at) }
      if text[at] == 0x99 || text[at] == 0x98, at >= 2, text[at - 1] == 0x80, text[at - 2] == 0xE2 { return Int32(at - 2) }
      if text[at] == 0xBC, text[at - 1] == 0xCA { return Int32(at - 1) }
      at -= 1
    }
    return end
  }
}
