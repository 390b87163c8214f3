// What can stand at one place of a phrase or of a window.
import TextAnalysis
import Xapian

extension QueryPlanner {
  /// One place in a phrase: an analysed word and how it was typed.
  struct PhraseSlot {
    var stream: WordStream
    var index: Int
    var word: QueryWord
  }

  func slots(_ word: QueryWord) -> [PhraseSlot] {
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    return stream.words.indices.map { PhraseSlot(stream: stream, index: $0, word: word) }
  }

  struct PlaceOptions {
    /// Every passage in which the place is taken has one of these there.
    var terms: [[UInt8]]
    var matcher: WordMatcher
    /// What else the passage must have.
    var condition: Query?
    /// Whether the terms say all that the matcher says.
    var isExact: Bool { condition == nil && matcher.exacts.isEmpty && matcher.folds.isEmpty && matcher.prefix == nil }
  }

  mutating func placeOptions(_ slot: PhraseSlot, _ context: Context) -> PlaceOptions {
    let stream = slot.stream
    let i = slot.index
    let word = slot.word
    let isLast = i == stream.count - 1
    if word.isPrefix, isLast {
      let forms = formsBeginning(stream, i, word)
      return PlaceOptions(terms: terms(ofForms: forms.terms, context), matcher: Self.beginning(stream, i, word, forms))
    }
    if isLast, isFuzzy(stream, i, word) {
      let close = formsNear(stream, i, word)
      var matcher = Self.matcher(of: close)
      var options = terms(ofForms: close.map(\.term), context)
      if !word.isExact {
        let own = terms(stream, i, scope: context.scope)
        matcher.terms = Set(unscoped(own, context))
        options = Array(Set(own + options))
      }
      return PlaceOptions(terms: options, matcher: matcher)
    }
    let own = terms(stream, i, scope: context.scope)
    guard word.isExact else { return PlaceOptions(terms: own, matcher: WordMatcher(terms: Set(unscoped(own, context)))) }
    let exact = Array(stream.exact(i))
    return PlaceOptions(terms: own, matcher: WordMatcher(exacts: [exact]), condition: .term(Term.value(Schema.exactPrefix, exact)))
  }

  mutating func placeOptions(_ slots: [PhraseSlot], _ context: Context) -> [PlaceOptions] {
    var options: [PlaceOptions] = []
    for slot in slots { options.append(placeOptions(slot, context)) }
    return options
  }

  /// The index terms that written forms can have.
  private func terms(ofForms forms: [[UInt8]], _ context: Context) -> [[UInt8]] {
    var found: Set<[UInt8]> = []
    for (count, form) in forms.enumerated() {
      if count & 63 == 63, expansions.checkTime() { break }
      let word = analyzer.analyze(String(decoding: form.dropFirst(1), as: UTF8.self), language: queryLanguage)
      for i in word.words.indices { found.formUnion(terms(word, i, scope: context.scope)) }
    }
    return Array(found)
  }

  /// Terms as they are among the words of a text, without the prefix of a field.
  private func unscoped(_ terms: [[UInt8]], _ context: Context) -> [[UInt8]] {
    let prefix = (context.scope?.wordPrefix ?? "").utf8.count
    return terms.map { Array($0.dropFirst(prefix)) }
  }

  static func alternatives(_ terms: [[UInt8]]) -> Query {
    switch terms.count {
    case 0: .none
    case 1: .term(terms[0])
    default: .or(terms.map { .term($0) })
    }
  }
}
