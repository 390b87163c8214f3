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
  private var tally = ArticleTally()
  private var spans: [TopicScorer.Span] = []
  private var candidates: [Candidate] = []
  private var masked: [Bool] = []

  package init(registry: Registry) {
    self.registry = registry
  }

  /// Tags one article. `year` is the year of publication; `publishers` are names that, where they stand in the text, name nobody.
  package func tag(
    title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> ArticleTags {
    find(title, passages, publishers)
    judge.judge(&candidates, table, registry, year: year)
    return assemble(passages) { _, _ in }
  }

  /// Tags an article of which the tags of some passages are known. Those that are read have no headings.
  /// - Parameters:
  ///   - former: mentions of the passages that are read, as they were.
  ///   - families: by ids of actors whose circumstances have changed, the ids of all above them, before and after.
  /// - Returns: tags without those of the known passages; nil where all have to be read.
  package func retag(
    title: WordStream?, passages: [TaggingPassage], former: [FormerMention], families: [String: Set<String>], year: Int? = nil,
    publishers: [String] = []
  ) -> ArticleTags? {
    // What excludes a topic in one passage decides how the trained layer weighs another.
    guard registry.trainedIndex.isEmpty else { return nil }
    find(title, passages, publishers)
    let known = passages.compactMap(\.known)
    judge.judge(&candidates, table, registry, year: year, known: known)
    if judge.isUnsure { return nil }
    var check = KnownPassagesCheck(registry, families: families)
    for passage in known { check.add(passage) }
    guard check.holds(candidates, table, former: former) else { return nil }
    return assemble(passages) { _, _ in }
  }

  private func find(_ title: WordStream?, _ passages: [TaggingPassage], _ publishers: [String]) {
    table.removeAll()
    candidates.removeAll(keepingCapacity: true)
    masked.removeAll(keepingCapacity: true)
    read(title, passages, publishers)
    for unit in table.units.indices {
      guard let stream = stream(of: table.units[unit], title, passages) else { continue }
      finder.find(in: table, unit: unit, stream: stream, names: registry.names, masked: masked, into: &candidates)
    }
  }

  /// Every place in an article where the words of one of an actor's names stand, and why they name it there or not.
  package func trials(
    of actor: Int, title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> [NameTrial] {
    _ = tag(title: title, passages: passages, year: year, publishers: publishers)
    return NameExaminer(registry: registry, candidates: candidates, masked: masked)
      .trials(of: Int32(actor), in: table) { stream(of: $0, title, passages) }
  }

  /// All evidence for a topic in an article, that of passages below the threshold too.
  package func grounds(
    of topic: Int, title: WordStream?, passages: [TaggingPassage], year: Int? = nil, publishers: [String] = []
  ) -> [TopicGround] {
    _ = tag(title: title, passages: passages, year: year, publishers: publishers)
    var grounds: [TopicGround] = []
    _ = assemble(passages) { unit, findings in
      for (found, range) in findings.topics where Int(found) == topic {
        for var piece in findings.pieces[range] {
          if unit.kind == .heading { ArticleTally.halve(&piece) }
          grounds.append(TopicGround(place: NameTrial.Place(unit), evidence: registry.topicIndex.evidence(piece)))
        }
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
      if passage.known != nil { continue }
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
    masked.append(contentsOf: repeatElement(false, count: table.words.count))
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
  private func assemble(_ passages: [TaggingPassage], watch: (Unit, TopicFindings) -> Void) -> ArticleTags {
    var tags = ArticleTags(passages: Array(repeating: PassageTags(), count: passages.count))
    let topics = registry.topicIndex
    let hasTrained = !registry.trainedIndex.isEmpty
    tally.begin(registry, passages: passages.count)
    layers.begin(table)
    let firstSentence = firstSentenceEnd(passages)
    var next = 0
    var told = 0
    func tellKnown(before end: Int) {
      for passage in told..<max(told, end) {
        if let known = passages[passage].known { tally.add(known: known, firstSentence: passage == 0 ? firstSentence : 0) }
      }
      told = max(told, end)
    }
    for (number, unit) in table.units.enumerated() {
      if unit.kind == .passage { tellKnown(before: unit.passage) }
      spans.removeAll(keepingCapacity: true)
      while next < candidates.count, Int(candidates[next].unit) == number {
        let candidate = candidates[next]
        next += 1
        guard candidate.isAccepted else { continue }
        if let last = spans.last, last.actor == candidate.actor, last.first == candidate.first { continue }
        spans.append(
          TopicScorer.Span(
            actor: candidate.actor, first: candidate.first, last: candidate.last, isState: registry.names.states[Int(candidate.actor)]))
        let mention = mention(candidate, unit, passages)
        tally.count(mention, unit, isInFirstSentence: unit.kind == .passage && unit.passage == 0 && mention.start < firstSentence)
        switch unit.kind {
        case .title: tags.titleMentions.append(mention)
        case .heading: break
        case .passage: tags.passages[unit.passage].mentions.append(mention)
        }
      }
      scorer.score(unit, table, spans, topics)
      watch(unit, scorer.findings)
      if hasTrained { layers.exclude(scorer, registry) }
      switch unit.kind {
      case .title: tally.add(title: scorer.findings)
      case .heading: tally.add(heading: scorer.findings, ofPassage: unit.passage)
      case .passage:
        let trained = hasTrained ? layers.matches(number, table, registry) : []
        tags.passages[unit.passage].topics = tally.topics(ofPassage: unit.passage, scorer.findings, trained: trained, topics)
      }
    }
    tellKnown(before: passages.count)
    tags.actors = tally.articleActors()
    tags.topics = tally.articleTopics(topics)
    return tags
  }

  private func firstSentenceEnd(_ passages: [TaggingPassage]) -> Int32 {
    guard let text = passages.first?.text else { return 0 }
    return text.withUnsafeBufferPointer { Int32(Sentences.first($0)?.upperBound ?? text.count) }
  }

  private func mention(_ candidate: Candidate, _ unit: Unit, _ passages: [TaggingPassage]) -> Mention {
    let alias = registry.names.details[Int(candidate.alias)]
    let last = table.words[Int(candidate.last)]
    var end = last.end
    if unit.kind == .passage, last.flags.contains(.possessive) {
      end = Self.withoutPossessive(passages[unit.passage].text, last.start, end)
    }
    let base = Int32(unit.words.lowerBound)
    return Mention(
      actor: candidate.actor, start: table.words[Int(candidate.first)].start, end: end, firstWord: candidate.first - base,
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
