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
  var distance: Int32
  /// Element of the first side by which the index finds the rule.
  var anchor: Int
  /// Passages it is tried in; nil for all.
  var language: String?
  var text: String
}

struct TopicIndex: Sendable {
  var elements: [TopicElement] = []
  var rules: [CompiledRule] = []
  var thresholds: [Float] = []
  private var prefixTable = FormTable()
  /// Lengths of the prefixes that begin with a byte, by bit.
  private var prefixLengths: [UInt64] = Array(repeating: 0, count: 256)
  private var byForm: [[Int32]] = []
  private var byPrefix: [[Int32]] = []
  private var byActor: [[Int32]] = []
  private(set) var byState: [Int32] = []

  @inline(__always)
  func prefixes(startingWith form: UnsafeBufferPointer<UInt8>) -> UInt64 { form.isEmpty ? 0 : prefixLengths[Int(form[0])] }

  func prefix(_ form: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int32 { prefixTable.find(form, hash: hash) }

  func rules(ofForm form: Int32) -> [Int32] { form >= 0 && Int(form) < byForm.count ? byForm[Int(form)] : [] }
  func rules(ofPrefix prefix: Int32) -> [Int32] { byPrefix[Int(prefix)] }
  func rules(ofActor actor: Int32) -> [Int32] { Int(actor) < byActor.count ? byActor[Int(actor)] : [] }

  // MARK: Building

  /// Compiles the rules of all topics; forms of their words are numbered by `form`.
  init(_ topics: [TopicEntry], actors: [String: Int32], actorCount: Int, analyzer: Analyzer, form: (ArraySlice<UInt8>) -> Int32) {
    byActor = Array(repeating: [], count: actorCount)
    thresholds = topics.map(\.threshold)
    for (topic, entry) in topics.enumerated() {
      for rule in entry.rules {
        guard let pattern = try? TopicPattern(rule.query) else { continue }
        add(pattern, rule, Int32(topic), isExclusion: false, actors, analyzer, form)
      }
      for phrase in entry.exclude {
        guard let pattern = try? TopicPattern(phrase) else { continue }
        add(pattern, TopicRule(query: phrase, weight: 0, language: nil), Int32(topic), isExclusion: true, actors, analyzer, form)
      }
    }
  }

  init() {}

  private mutating func add(
    _ pattern: TopicPattern, _ rule: TopicRule, _ topic: Int32, isExclusion: Bool, _ actors: [String: Int32], _ analyzer: Analyzer,
    _ form: (ArraySlice<UInt8>) -> Int32
  ) {
    let language = Language(rawValue: rule.language ?? "en")
    let first = compile(pattern.first, language, actors, analyzer, form)
    let second = compile(pattern.second, language, actors, analyzer, form)
    guard !first.isEmpty, pattern.second.isEmpty == second.isEmpty else { return }
    let number = Int32(rules.count)
    let anchor = first.first { elements[$0].kind == .word } ?? first.first { elements[$0].kind == .prefix } ?? first.lowerBound
    rules.append(
      CompiledRule(
        topic: topic, weight: rule.weight, isExclusion: isExclusion, first: first, second: second, distance: Int32(pattern.distance),
        anchor: anchor, language: pattern.hasWords ? rule.language : nil, text: rule.query))
    let id = Int(elements[anchor].id)
    switch elements[anchor].kind {
    case .word: Self.append(number, to: &byForm, at: id)
    case .prefix: Self.append(number, to: &byPrefix, at: id)
    case .actor: Self.append(number, to: &byActor, at: id)
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
    while byPrefix.count <= Int(id) { byPrefix.append([]) }
    if let first = folded.first, folded.count < 64 { prefixLengths[Int(first)] |= 1 << UInt64(folded.count) }
    return id
  }
}
