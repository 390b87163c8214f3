// Evaluates the rules over one unit after the other and adds up a passage's topics: each rule counts at most twice, evidence
// that overlaps counts once with the heaviest first, nothing inside an excluded phrase counts, a heading counts half.

import TextAnalysis

/// One piece of evidence while it is counted; what is kept of it is a `TopicEvidence`.
struct TopicPiece {
  /// Bytes in the text of the unit.
  var start: Int32
  var end: Int32
  /// Number of the first rule of this text.
  var rule: Int32
  var weight: Float
  var inHeading = false
}

/// The evidence found in one unit.
struct TopicFindings {
  /// In the order of the topics, with the positions of the evidence in `pieces`; none is empty.
  var topics: [(topic: Int32, pieces: Range<Int>)] = []
  var pieces: [TopicPiece] = []
}

struct TopicScorer {
  /// A rule that matched, before overlaps are settled.
  private struct Hit {
    var rule: Int32
    var topic: Int32
    var weight: Float
    var first: Int32
    var last: Int32
    /// The second side of NEAR, or -1.
    var otherFirst: Int32
    var otherLast: Int32

    func covers(_ word: Int32) -> Bool { (word >= first && word <= last) || (word >= otherFirst && word <= otherLast) }

    func overlaps(_ other: Hit) -> Bool {
      Hit.meet(first, last, other.first, other.last) || Hit.meet(otherFirst, otherLast, other.first, other.last)
        || Hit.meet(first, last, other.otherFirst, other.otherLast) || Hit.meet(otherFirst, otherLast, other.otherFirst, other.otherLast)
    }

    private static func meet(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32) -> Bool { a >= 0 && c >= 0 && a <= d && c <= b }
  }

  /// A mention as rules see it.
  struct Span {
    var actor: Int32
    var first: Int32
    var last: Int32
    var isState: Bool
  }

  private var spans: [Span] = []
  private var startingAt: [Int32] = []
  private var endingAt: [Int32] = []
  private var nextStart: [Int32] = []
  private var nextEnd: [Int32] = []
  private var unit = Unit(kind: .passage, passage: 0, words: 0..<0, language: .any)
  private var hits: [Hit] = []
  private var taken: [Hit] = []
  /// Of the unit scored last.
  private(set) var findings = TopicFindings()

  /// Matches the rules in a unit.
  mutating func score(_ unit: Unit, _ table: borrowing WordTable, _ mentions: [Span], _ topics: TopicIndex) {
    self.unit = unit
    index(mentions)
    hits.removeAll(keepingCapacity: true)
    for word in unit.words {
      for at in topics.byForm.range(table.words[word].form) { tryRule(topics.byForm[at], word, table, topics) }
    }
    for at in table.prefixHits(of: unit) {
      let hit = table.prefixHits[at]
      for rule in topics.byPrefix.range(hit.prefix) { tryRule(topics.byPrefix[rule], Int(hit.word), table, topics) }
    }
    for span in spans {
      for at in topics.byActor.range(span.actor) { tryRule(topics.byActor[at], Int(span.first), table, topics) }
      if span.isState {
        for rule in topics.byState { tryRule(rule, Int(span.first), table, topics) }
      }
    }
    settle(table, topics)
  }

  /// Words of the unit scored last that stand in a phrase which excludes them from a topic.
  func forEachExclusion(_ topics: TopicIndex, _ body: (_ topic: Int32, _ words: ClosedRange<Int32>) -> Void) {
    for hit in hits where topics.rules[Int(hit.rule)].isExclusion {
      body(hit.topic, hit.first...hit.last)
      if hit.otherFirst >= 0 { body(hit.topic, hit.otherFirst...hit.otherLast) }
    }
  }

  private mutating func index(_ mentions: [Span]) {
    spans = mentions
    let count = unit.words.count
    startingAt.removeAll(keepingCapacity: true)
    startingAt.append(contentsOf: repeatElement(-1, count: count))
    endingAt.removeAll(keepingCapacity: true)
    endingAt.append(contentsOf: repeatElement(-1, count: count))
    nextStart.removeAll(keepingCapacity: true)
    nextEnd.removeAll(keepingCapacity: true)
    for (number, span) in spans.enumerated() {
      let (first, last) = (Int(span.first) - unit.words.lowerBound, Int(span.last) - unit.words.lowerBound)
      nextStart.append(startingAt[first])
      startingAt[first] = Int32(number)
      nextEnd.append(endingAt[last])
      endingAt[last] = Int32(number)
    }
  }

  // MARK: Matching

  private mutating func tryRule(_ number: Int32, _ word: Int, _ table: borrowing WordTable, _ topics: TopicIndex) {
    let rule = topics.rules[Int(number)]
    if rule.language != .any, rule.language != unit.language, unit.language != .undetermined { return }
    guard let first = start(of: rule, word, table, topics),
      let last = forward(rule.first, from: first, table, topics)
    else { return }
    var hit = Hit(
      rule: number, topic: rule.topic, weight: rule.weight, first: Int32(first), last: Int32(last), otherFirst: -1, otherLast: -1)
    if !rule.second.isEmpty {
      guard let other = near(rule, first, last, table, topics) else { return }
      hit.otherFirst = Int32(other.lowerBound)
      hit.otherLast = Int32(other.upperBound)
    }
    hits.append(hit)
  }

  /// Where the phrase begins when its anchor stands at `word`: the elements before it are matched backwards.
  private func start(of rule: CompiledRule, _ word: Int, _ table: borrowing WordTable, _ topics: TopicIndex) -> Int? {
    var at = word
    var element = rule.anchor - 1
    while element >= rule.first.lowerBound {
      guard at > unit.words.lowerBound, table.words[at - 1].gap != .hard else { return nil }
      guard let next = backward(topics.elements[element], endingAt: at - 1, table) else { return nil }
      at = next
      element -= 1
    }
    return at
  }

  private func backward(_ element: TopicElement, endingAt word: Int, _ table: borrowing WordTable) -> Int? {
    switch element.kind {
    case .word: return table.words[word].form == element.id ? word : nil
    case .prefix: return table.has(element.id, at: word) ? word : nil
    case .actor, .anyState:
      var number = endingAt[word - unit.words.lowerBound]
      while number >= 0 {
        let span = spans[Int(number)]
        if element.kind == .actor ? span.actor == element.id : span.isState { return Int(span.first) }
        number = nextEnd[Int(number)]
      }
      return nil
    }
  }

  /// The last word of the elements when they stand from `word` on.
  private func forward(_ elements: Range<Int>, from word: Int, _ table: borrowing WordTable, _ topics: TopicIndex) -> Int? {
    var at = word
    for index in elements {
      if index > elements.lowerBound {
        guard at + 1 < unit.words.upperBound, table.words[at].gap != .hard else { return nil }
        at += 1
      }
      guard let last = forward(topics.elements[index], startingAt: at, table) else { return nil }
      at = last
    }
    return at
  }

  private func forward(_ element: TopicElement, startingAt word: Int, _ table: borrowing WordTable) -> Int? {
    switch element.kind {
    case .word: return table.words[word].form == element.id ? word : nil
    case .prefix: return table.has(element.id, at: word) ? word : nil
    case .actor, .anyState:
      var number = startingAt[word - unit.words.lowerBound]
      while number >= 0 {
        let span = spans[Int(number)]
        if element.kind == .actor ? span.actor == element.id : span.isState { return Int(span.last) }
        number = nextStart[Int(number)]
      }
      return nil
    }
  }

  /// The nearest place of the second side within the distance, behind or before.
  private func near(
    _ rule: CompiledRule, _ first: Int, _ last: Int, _ table: borrowing WordTable, _ topics: TopicIndex
  ) -> ClosedRange<Int>? {
    for step in 1...rule.distance {
      let behind = last + step
      if behind < unit.words.upperBound, let end = forward(rule.second, from: behind, table, topics) { return behind...end }
      // The second side ends `step` words before the first begins; its own length is known only after matching.
      for length in rule.second.count...(rule.second.count + 3) {
        let before = first - step - length + 1
        guard before >= unit.words.lowerBound else { break }
        if let end = forward(rule.second, from: before, table, topics), end == first - step { return before...end }
      }
    }
    return nil
  }

  // MARK: Adding up

  private mutating func settle(_ table: borrowing WordTable, _ topics: TopicIndex) {
    findings.topics.removeAll(keepingCapacity: true)
    findings.pieces.removeAll(keepingCapacity: true)
    guard !hits.isEmpty else { return }
    hits.sort {
      if $0.topic != $1.topic { return $0.topic < $1.topic }
      if $0.weight != $1.weight { return $0.weight > $1.weight }
      if $0.first != $1.first { return $0.first < $1.first }
      return $0.rule < $1.rule
    }
    var index = 0
    while index < hits.count {
      var end = index + 1
      while end < hits.count, hits[end].topic == hits[index].topic { end += 1 }
      let first = findings.pieces.count
      settle(index..<end, table, topics)
      if findings.pieces.count > first { findings.topics.append((hits[index].topic, first..<findings.pieces.count)) }
      index = end
    }
  }

  /// Settles the hits of one topic.
  private mutating func settle(_ range: Range<Int>, _ table: borrowing WordTable, _ topics: TopicIndex) {
    taken.removeAll(keepingCapacity: true)
    for index in range where topics.rules[Int(hits[index].rule)].isExclusion { taken.append(hits[index]) }
    let exclusions = taken.count
    for index in range {
      let hit = hits[index]
      guard !topics.rules[Int(hit.rule)].isExclusion, !taken.contains(where: { $0.overlaps(hit) }) else { continue }
      if taken[exclusions...].lazy.filter({ $0.rule == hit.rule }).count < 2 { taken.append(hit) }
    }
    for hit in taken[exclusions...] {
      let first = hit.otherFirst < 0 ? hit.first : min(hit.first, hit.otherFirst)
      let last = max(hit.last, hit.otherLast)
      findings.pieces.append(
        TopicPiece(
          start: table.words[Int(first)].start, end: table.words[Int(last)].end, rule: topics.firstOfText[Int(hit.rule)],
          weight: topics.rules[Int(hit.rule)].weight))
    }
  }
}
