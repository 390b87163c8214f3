// The topics' rules compiled: elements as numbers, and an index from a word, a prefix or an actor to the rules that begin there,
// so that a passage tries only the rules its words call for.

import TextAnalysis

/// One element of a rule.
struct TopicElement: Sendable, Equatable {
  enum Kind: UInt8 { case word, prefix, actor, anyState }
  var kind: Kind
  /// Number of a form, a prefix or an actor.
  var id: Int32
}

/// One rule, or one phrase that excludes.
struct CompiledRule: Sendable {
  var topic: Int32
  var weight: Float
  var isExclusion: Bool
  /// Elements of the phrase or of the first side of NEAR, and of the second side.
  var first: Range<Int>
  var second: Range<Int>
  var distance: Int
  /// Element of the first side by which the index finds the rule.
  var anchor: Int
  /// Language of the passages it is tried in.
  var language: LanguageCode
}

/// Lists of rules by a number, one after the other in one array.
struct RuleLists: Sendable {
  private var starts: [Int32] = [0]
  private var rules: [Int32] = []

  init(_ lists: [[Int32]] = []) {
    for list in lists {
      rules += list
      starts.append(Int32(rules.count))
    }
  }

  /// Positions of the rules of a number, to be read with the subscript.
  @inline(__always)
  func range(_ number: Int32) -> Range<Int> {
    let index = Int(number)
    return index >= 0 && index + 1 < starts.count ? Int(starts[index])..<Int(starts[index + 1]) : 0..<0
  }

  @inline(__always)
  subscript(position: Int) -> Int32 { rules[position] }
}

struct TopicIndex: Sendable {
  var elements: [TopicElement] = []
  var rules: [CompiledRule] = []
  /// The rules as they were written.
  var texts: [String] = []
  /// Of each rule, the first that is written like it, be it for another topic or language.
  private(set) var firstOfText: [Int32] = []
  var thresholds: [Float] = []
  private var prefixTable = FormTable()
  private var prefixLengths = PrefixLengths()
  private(set) var byForm = RuleLists()
  private(set) var byPrefix = RuleLists()
  private(set) var byActor = RuleLists()
  private(set) var byState: [Int32] = []

  /// Lengths of the prefixes that a word may begin with, by bit.
  @inline(__always)
  func prefixes(of form: UnsafeBufferPointer<UInt8>) -> UInt64 { prefixLengths.of(form) }

  /// The number of a prefix, or -1.
  func prefix(_ form: UnsafeBufferPointer<UInt8>) -> Int32 { prefixTable.find(form) }

  func prefix(_ number: Int32) -> [UInt8] { Array(prefixTable.form(number)) }

  /// A piece of evidence as it is kept.
  func evidence(_ piece: TopicPiece) -> TopicEvidence {
    TopicEvidence(start: piece.start, end: piece.end, rule: texts[Int(piece.rule)], weight: piece.weight, inHeading: piece.inHeading)
  }

  // MARK: Building

  /// Compiles the rules of all topics; forms of their words are numbered by `form`.
  init(_ topics: [TopicEntry], actors: [String: Int32], analyzer: Analyzer, form: (ArraySlice<UInt8>) -> Int32) {
    var lists = Lists()
    thresholds = topics.map(\.threshold)
    for (topic, entry) in topics.enumerated() {
      for rule in entry.rules {
        guard let pattern = try? TopicPattern(rule.query), pattern.actors.allSatisfy({ actors[$0] != nil }) else { continue }
        add(pattern, rule, Int32(topic), isExclusion: false, actors, analyzer, &lists, form)
      }
      for phrase in entry.exclude {
        guard let pattern = try? TopicPattern(phrase) else { continue }
        add(pattern, TopicRule(query: phrase, weight: 0, language: nil), Int32(topic), isExclusion: true, actors, analyzer, &lists, form)
      }
    }
    byForm = RuleLists(lists.byForm)
    byPrefix = RuleLists(lists.byPrefix)
    byActor = RuleLists(lists.byActor)
  }

  private struct Lists {
    /// The first rule of each text.
    var firsts: [String: Int32] = [:]
    var byForm: [[Int32]] = []
    var byPrefix: [[Int32]] = []
    var byActor: [[Int32]] = []
  }

  private mutating func add(
    _ pattern: TopicPattern, _ rule: TopicRule, _ topic: Int32, isExclusion: Bool, _ actors: [String: Int32], _ analyzer: Analyzer,
    _ lists: inout Lists, _ form: (ArraySlice<UInt8>) -> Int32
  ) {
    let language = Language(rawValue: rule.language ?? "en")
    let first = compile(pattern.first, language, actors, analyzer, form)
    let second = compile(pattern.second, language, actors, analyzer, form)
    guard !first.isEmpty, pattern.second.isEmpty == second.isEmpty else { return }
    let number = Int32(rules.count)
    let anchor = first.first { elements[$0].kind == .word } ?? first.first { elements[$0].kind == .prefix } ?? first.lowerBound
    rules.append(
      CompiledRule(
        topic: topic, weight: rule.weight, isExclusion: isExclusion, first: first, second: second, distance: pattern.distance,
        anchor: anchor, language: pattern.hasWords ? rule.language.map { LanguageCode($0) } ?? .any : .any))
    texts.append(rule.query)
    firstOfText.append(lists.firsts[rule.query] ?? number)
    if firstOfText[Int(number)] == number { lists.firsts[rule.query] = number }
    let id = Int(elements[anchor].id)
    switch elements[anchor].kind {
    case .word: Self.append(number, to: &lists.byForm, at: id)
    case .prefix: Self.append(number, to: &lists.byPrefix, at: id)
    case .actor: Self.append(number, to: &lists.byActor, at: id)
    case .anyState: byState.append(number)
    }
  }

  private static func append(_ rule: Int32, to lists: inout [[Int32]], at index: Int) {
    while lists.count <= index { lists.append([]) }
    lists[index].append(rule)
  }

  private mutating func compile(
    _ pattern: [TopicPattern.Element], _ language: Language, _ actors: [String: Int32], _ analyzer: Analyzer,
    _ form: (ArraySlice<UInt8>) -> Int32
  ) -> Range<Int> {
    let start = elements.count
    for element in pattern {
      switch element {
      case .word(let text):
        let stream = analyzer.analyze(text, language: language)
        for word in 0..<stream.count { elements.append(TopicElement(kind: .word, id: form(stream.folded(word)))) }
      case .prefix(let text):
        elements.append(TopicElement(kind: .prefix, id: prefixID(NameIndexBuilder.folded(text))))
      case .actor(let id, _):
        elements.append(TopicElement(kind: .actor, id: actors[id] ?? -1))
      case .anyState:
        elements.append(TopicElement(kind: .anyState, id: 0))
      }
    }
    return start..<elements.count
  }

  private mutating func prefixID(_ folded: [UInt8]) -> Int32 {
    let id = prefixTable.insert(folded)
    prefixLengths.add(folded)
    return id
  }
}

/// Which lengths the prefixes have that a word may begin with, as its first bytes tell: hardly any word begins with one.
struct PrefixLengths: Sendable {
  /// By a hash of the first three bytes: small enough to stay in the nearest cache.
  private var byHead = [UInt64](repeating: 0, count: 1024)
  /// Of prefixes shorter than that: by the first byte.
  private var short = [UInt64](repeating: 0, count: 256)

  mutating func add(_ prefix: [UInt8]) {
    guard let first = prefix.first, prefix.count < 64 else { return }
    let bit = UInt64(1) << UInt64(prefix.count)
    if prefix.count < 3 { short[Int(first)] |= bit } else { byHead[Self.slot(first, prefix[1], prefix[2])] |= bit }
  }

  @inline(__always)
  func of(_ form: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let first = form.first else { return 0 }
    return short[Int(first)] | (form.count < 3 ? 0 : byHead[Self.slot(first, form[1], form[2])])
  }

  @inline(__always)
  private static func slot(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    let head = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16
    return Int((head &* 2_654_435_769) >> 22)
  }
}
