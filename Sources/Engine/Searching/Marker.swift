// Finds what of a passage to mark: the same analysis as at index time gives its words, and the rules that the planner left say which of
// them matched. A phrase is marked only where it stands, a window only where its words are near each other.
import TextAnalysis

/// A marked stretch of a passage.
struct PassageMark: Sendable, Hashable {
  /// Bytes of the passage's text.
  var start: Int
  var end: Int
  /// The actor, for a mention.
  var entity: String?
  /// Which rule found it, for choosing snippets that show many of them.
  var rule: Int
}

/// The rules of a query made ready to be looked for in many texts, one after the other.
struct Marker {
  /// A rule with its words as numbers in the table.
  private indirect enum Pattern {
    case word(Int)
    case phrase([Int], slop: Int)
    case near([Pattern], distance: Int, ordered: Bool)
    case entity(Set<String>)
    case any([Pattern])
  }

  private var patterns: [Pattern] = []
  private var table: WordTable
  /// Of all terms that are looked for.
  let wanted: FirstLetters

  init(_ rules: [MarkRule]) {
    var matchers: [WordMatcher] = []
    var numbers: [WordMatcher: Int] = [:]
    func number(_ matcher: WordMatcher) -> Int {
      if let known = numbers[matcher] { return known }
      numbers[matcher] = matchers.count
      matchers.append(matcher)
      return matchers.count - 1
    }
    func pattern(_ rule: MarkRule) -> Pattern {
      switch rule {
      case .word(let matcher): .word(number(matcher))
      case .phrase(let matchers, let slop): .phrase(matchers.map(number), slop: slop)
      case .near(let operands, let distance, let ordered): .near(operands.map(pattern), distance: distance, ordered: ordered)
      case .entity(let ids): .entity(ids)
      case .any(let rules): .any(rules.map(pattern))
      }
    }
    for rule in rules { patterns.append(pattern(rule)) }
    table = WordTable(matchers)
    wanted = FirstLetters(of: matchers.lazy.flatMap(\.terms))
  }

  /// Whether any of the rules holds anywhere in these words.
  /// - Parameter passage: nil for words in which nothing was tagged, as those of a title.
  mutating func holds(_ words: WordStream, in passage: PassageRecord?) -> Bool {
    table.scan(words)
    let text = MarkedText(words: words, passage: passage)
    return patterns.contains { holds($0, text) }
  }

  /// Every place where a rule holds, in the order of the text; places of several rules, or of one, may overlap.
  mutating func finds(_ words: WordStream, in passage: PassageRecord?) -> [PassageMark] {
    table.scan(words)
    let text = MarkedText(words: words, passage: passage)
    var found: [PassageMark] = []
    for (number, pattern) in patterns.enumerated() { add(pattern, number, text, to: &found) }
    found.sort { ($0.start, $0.entity == nil ? 0 : 1, $1.end) < ($1.start, $1.entity == nil ? 0 : 1, $0.end) }
    return found
  }

  /// A text that is looked through.
  private struct MarkedText {
    let words: WordStream
    let passage: PassageRecord?

    func mark(_ range: ClosedRange<Int>, _ rule: Int) -> PassageMark {
      PassageMark(
        start: Int(words.words[range.lowerBound].start), end: Int(words.words[range.upperBound].end), entity: nil, rule: rule)
    }

    /// Calls for each mention of an actor with its words and its mark: a mark covers whole words, so the possessive ending of a name
    /// belongs to it.
    func forEachMention(of ids: Set<String>, _ rule: Int, _ body: (ClosedRange<Int>, PassageMark) -> Void) {
      guard let passage, !words.isEmpty else { return }
      for (entity, id) in passage.entities.enumerated() where ids.contains(id) {
        for mention in passage.mentions where mention.entity == entity {
          let first = firstWord(endingAfter: mention.start)
          guard first < words.count else { continue }
          var last = first
          while last + 1 < words.count, Int(words.words[last + 1].start) < mention.end { last += 1 }
          let start = min(mention.start, Int(words.words[first].start))
          let end = max(mention.end, Int(words.words[last].end))
          body(first...last, PassageMark(start: start, end: end, entity: id, rule: rule))
        }
      }
    }

    private func firstWord(endingAfter offset: Int) -> Int {
      var low = 0
      var high = words.count
      while low < high {
        let middle = (low + high) / 2
        if Int(words.words[middle].end) > offset { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  // MARK: Marks

  private func add(_ pattern: Pattern, _ rule: Int, _ text: MarkedText, to found: inout [PassageMark]) {
    switch pattern {
    case .word(let number):
      for index in table.hits[number] { found.append(text.mark(index...index, rule)) }
    case .entity(let ids):
      text.forEachMention(of: ids, rule) { found.append($1) }
    case .any(let patterns):
      for pattern in patterns { add(pattern, rule, text, to: &found) }
    case .phrase(let numbers, 0):
      forEachStart(of: numbers) { found += Self.marks(ofPhrase: $0...($0 + numbers.count - 1), rule, text) }
    case .phrase, .near:
      for place in places(pattern, rule, text) { found += place.marks }
    }
  }

  private func holds(_ pattern: Pattern, _ text: MarkedText) -> Bool {
    switch pattern {
    case .word(let number): return !table.hits[number].isEmpty
    case .any(let patterns): return patterns.contains { holds($0, text) }
    case .entity, .phrase(_, 0): return !places(pattern, 0, text).isEmpty
    case .phrase(let numbers, let slop):
      return windows(numbers.map { Pattern.word($0) }, slop: slop).isPossible(numbers.map { spans(.word($0), text) })
    case .near(let operands, let distance, let ordered):
      let window = WordWindows(reach: distance * (operands.count - 1), ordered: ordered)
      return window.isPossible(operands.map { spans($0, text) })
    }
  }

  // MARK: Places

  /// A place where a rule holds: words from first to last, and the marks it leaves.
  private struct Place {
    var span: WordSpan
    var marks: [PassageMark]
  }

  private func windows(_ operands: [Pattern], slop: Int) -> WordWindows {
    WordWindows(reach: operands.count + slop - 1, ordered: false)
  }

  private func spans(_ pattern: Pattern, _ text: MarkedText) -> [WordSpan] {
    places(pattern, 0, text).map(\.span).sorted { $0.first < $1.first }
  }

  private func places(_ pattern: Pattern, _ rule: Int, _ text: MarkedText) -> [Place] {
    switch pattern {
    case .word(let number):
      return table.hits[number].map { Place(span: WordSpan(first: $0, last: $0), marks: [text.mark($0...$0, rule)]) }
    case .entity(let ids):
      // As in the index, each word of a mention is a place of the actor; the mark covers all of the mention.
      var found: [Place] = []
      text.forEachMention(of: ids, rule) { words, mark in
        for word in words { found.append(Place(span: WordSpan(first: word, last: word), marks: [mark])) }
      }
      return found
    case .any(let patterns):
      return patterns.flatMap { places($0, rule, text) }
    case .phrase(let numbers, 0):
      var found: [Place] = []
      forEachStart(of: numbers) { start in
        let last = start + numbers.count - 1
        found.append(Place(span: WordSpan(first: start, last: last), marks: Self.marks(ofPhrase: start...last, rule, text)))
      }
      return found
    case .phrase(let numbers, let slop):
      let operands = numbers.map { Pattern.word($0) }
      return places(operands, windows(operands, slop: slop), rule, text)
    case .near(let operands, let distance, let ordered):
      return places(operands, WordWindows(reach: distance * (operands.count - 1), ordered: ordered), rule, text)
    }
  }

  /// Combinations of one place of each operand within a window.
  private func places(_ operands: [Pattern], _ window: WordWindows, _ rule: Int, _ text: MarkedText) -> [Place] {
    var lists: [[Place]] = []
    for operand in operands {
      let list = places(operand, rule, text)
      if list.isEmpty { return [] }
      lists.append(list.sorted { $0.span.first < $1.span.first })
    }
    return window.choices(lists.map { $0.map(\.span) }).map { choice in
      var place = Place(span: WordSpan(first: .max, last: 0), marks: [])
      for (list, index) in zip(lists, choice) {
        place.span.first = min(place.span.first, list[index].span.first)
        place.span.last = max(place.span.last, list[index].span.last)
        place.marks += list[index].marks
      }
      return place
    }
  }

  // MARK: Phrases

  /// Calls with the first word of each place where words stand one after the other.
  private func forEachStart(of numbers: [Int], _ body: (Int) -> Void) {
    guard let head = numbers.first, numbers.allSatisfy({ !table.hits[$0].isEmpty }) else { return }
    for start in table.hits[head] where numbers.indices.dropFirst().allSatisfy({ contains(table.hits[numbers[$0]], start + $0) }) {
      body(start)
    }
  }

  private func contains(_ list: [Int], _ index: Int) -> Bool {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < index { low = middle + 1 } else { high = middle }
    }
    return low < list.count && list[low] == index
  }

  /// Bigrams overlap: one mark from the first word to the last where they do, else one mark a word.
  private static func marks(ofPhrase range: ClosedRange<Int>, _ rule: Int, _ text: MarkedText) -> [PassageMark] {
    let words = text.words.words
    let overlaps = range.dropFirst().contains { words[$0 - 1].end > words[$0].start }
    return overlaps ? [text.mark(range, rule)] : range.map { text.mark($0...$0, rule) }
  }
}
