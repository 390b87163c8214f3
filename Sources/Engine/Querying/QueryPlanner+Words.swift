// Words, phrases and windows of words: what is looked up in the analysis.
import Tagging
import TextAnalysis
import Xapian

extension QueryPlanner {
  // MARK: Words

  mutating func wordQuery(_ word: QueryWord, _ context: Context) -> Query? {
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    guard !stream.isEmpty else { return nil }
    if stream.words.contains(where: { $0.flags.contains(.cjk) }), stream.count > 1 {
      // Bigrams of one run stand for one word: side by side or not at all.
      return sequenceQuery(slots(word), slop: 0, context)
    }
    var parts: [Query] = []
    for i in stream.words.indices {
      let isLast = i == stream.count - 1
      if word.isExact {
        parts.append(exactQuery(stream, i, context))
      } else if word.isPrefix, isLast {
        parts.append(prefixQuery(stream, i, word, context))
      } else if word.distance > 0, isLast {
        parts.append(fuzzyQuery(stream, i, word, context))
      } else {
        parts.append(plainQuery(stream, i, word, context))
      }
    }
    return context.match == .any && !word.isExact ? Self.either(parts) : Self.all(parts)
  }

  /// The index terms of a word, those that no passage has left out; all of them when no passage has any.
  func terms(_ stream: WordStream, _ i: Int, scope: Field?) -> [[UInt8]] {
    let prefix = Array((scope?.wordPrefix ?? "").utf8)
    let all = analyzer.queryTerms(for: stream, at: i, languages: languages).map { prefix + $0 }
    let present = all.filter { database.frequency($0) > 0 }
    return present.isEmpty ? all : present
  }

  private mutating func plainQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    let found = terms(stream, i, scope: context.scope)
    mark(.word(WordMatcher(terms: Set(found))), context)
    let base = inScope(found, context)
    guard context.scope == nil else { return base }
    let isAllCaps = stream.words[i].flags.contains(.allCaps) || stream.words[i].flags.contains(.acronym)
    let ids = registry.actorsNamed(by: stream.folded(i), isAllCaps: isAllCaps)
    guard !ids.isEmpty else { return base }
    let typed = stream.words[i].range
    let start = word.range.lowerBound + typed.lowerBound
    var entities: [Query] = []
    for id in ids {
      guard let entry = registry.actor(id) else { continue }
      entities.append(.term(Term.entity(entry.kind == .place ? .place : .actor, id)))
      let expansion = NamedActor(
        word: String(decoding: Array(word.text.utf8)[typed], as: UTF8.self), id: id, range: start..<(start + typed.count))
      if context.marks, !plan.expansions.contains(expansion) { plan.expansions.append(expansion) }
    }
    mark(.entity(Set(ids)), context)
    return .max([base, .scale(Self.either(entities), Self.expansionWeight)])
  }

  static func synonyms(_ terms: [[UInt8]]) -> Query {
    terms.count == 1 ? .term(terms[0]) : .synonym(terms.map { .term($0) })
  }

  /// Any of these terms; `text:` leaves out the passages that have a term in their title or heading alone.
  private func inScope(_ terms: [[UInt8]], _ context: Context) -> Query {
    guard context.scope == .text else { return Self.synonyms(terms) }
    let outside = terms.map { Schema.outsideBodyTerm($0) }
    guard outside.contains(where: { database.frequency($0) > 0 }) else { return Self.synonyms(terms) }
    return Self.either(
      zip(terms, outside).map { database.frequency($1) > 0 ? .andNot(.term($0), .term($1)) : .term($0) })
  }

  /// Written forms, which the index has for the passage as a whole: in a title or heading their place is checked.
  private mutating func formQuery(_ forms: [[UInt8]], _ matcher: WordMatcher, _ context: Context) -> Query {
    guard !forms.isEmpty else { return .none }
    guard let scope = context.scope, scope != .text else { return inScope(forms, context) }
    return checked(.filter(Self.synonyms(forms), .term(Term.presence(scope))), .word(matcher), context)
  }

  private mutating func exactQuery(_ stream: WordStream, _ i: Int, _ context: Context) -> Query {
    let exact = Array(stream.exact(i))
    let matcher = WordMatcher(exacts: [exact])
    mark(.word(matcher), context)
    return formQuery([Term.value(Schema.exactPrefix, exact)], matcher, context)
  }

  private mutating func prefixQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    let matcher = WordMatcher(prefix: Array(stream.folded(i)))
    mark(.word(matcher), context)
    var forms = formsBeginning(stream, i)
    if forms.count > Self.mostExpansions {
      warn(
        "too_many_expansions", word.range,
        "\(word.rendered) stands for \(forms.count) words; only the \(Self.mostExpansions) most frequent are searched")
      forms = Array(forms.prefix(Self.mostExpansions))
    }
    return formQuery(forms, matcher, context)
  }

  /// Terms of the written and of the folded forms that begin like a word, the most frequent first.
  private func formsBeginning(_ stream: WordStream, _ i: Int) -> [[UInt8]] {
    let exact = Array(stream.exact(i))
    let folded = Array(stream.folded(i))
    var forms = database.terms(beginning: Array(Schema.exactPrefix.utf8) + exact)
    if exact != folded { forms += database.terms(beginning: Array(Schema.exactPrefix.utf8) + folded) }
    forms += database.terms(beginning: Array(Schema.foldedPrefix.utf8) + folded)
    return forms.sorted { ($1.frequency, $0.term.count) < ($0.frequency, $1.term.count) }.map(\.term)
  }

  /// A written form near a word.
  struct CloseForm {
    var term: [UInt8]
    var distance: Int
    var frequency: UInt32
  }

  /// The forms within an edit distance of a word, the nearest first.
  /// - Parameter start: only forms that begin like this.
  func formsNear(_ stream: WordStream, _ i: Int, distance: Int, beginning start: [UInt8] = []) -> [CloseForm] {
    let target = Array(String(decoding: stream.folded(i), as: UTF8.self).unicodeScalars)
    var close: [CloseForm] = []
    var measure = EditDistance(to: target, limit: distance)
    for prefix in [Schema.exactPrefix, Schema.foldedPrefix] {
      let bytes = Array(prefix.utf8)
      database.forEachTerm(beginning: bytes + start) { term, frequency in
        let form = UnsafeBufferPointer(rebasing: term[bytes.count...])
        if let distance = measure.distance(to: form) {
          close.append(CloseForm(term: Array(term), distance: distance, frequency: frequency))
        }
      }
    }
    return close.sorted { ($0.distance, $1.frequency) < ($1.distance, $0.frequency) }
  }

  private static func matcher(of close: [CloseForm]) -> WordMatcher {
    var matcher = WordMatcher()
    let exact = Array(Schema.exactPrefix.utf8)
    for form in close {
      if form.term.starts(with: exact) {
        matcher.exacts.insert(Array(form.term.dropFirst(exact.count)))
      } else {
        matcher.folds.insert(Array(form.term.dropFirst(Schema.foldedPrefix.utf8.count)))
      }
    }
    return matcher
  }

  private mutating func fuzzyQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    guard isFuzzy(stream, i, word) else { return plainQuery(stream, i, word, context) }
    var close = formsNear(stream, i, distance: word.distance)
    if close.count > Self.mostExpansions {
      warn(
        "too_many_expansions", word.range,
        "\(word.rendered) stands for \(close.count) words; only the \(Self.mostExpansions) closest are searched")
      close = Array(close.prefix(Self.mostExpansions))
    }
    let matcher = Self.matcher(of: close)
    mark(.word(matcher), context)
    var alternatives = [plainQuery(stream, i, word, context)]
    for distance in 0...word.distance {
      let forms = close.filter { $0.distance == distance }.map(\.term)
      guard !forms.isEmpty else { continue }
      var weight = 1.0
      for _ in 0..<distance { weight *= Self.fuzzyWeight }
      alternatives.append(.scale(formQuery(forms, matcher, context), weight))
    }
    return alternatives.count == 1 ? alternatives[0] : .max(alternatives)
  }

  /// Whether a word is longer than what may be changed in it.
  private func isFuzzy(_ stream: WordStream, _ i: Int, _ word: QueryWord) -> Bool {
    word.distance > 0 && String(decoding: stream.folded(i), as: UTF8.self).unicodeScalars.count > word.distance
  }

  // MARK: Places

  /// What can stand at one place of a phrase or a window.
  struct PlaceOptions {
    /// Every passage in which the place is taken has one of these there.
    var terms: [[UInt8]]
    var matcher: WordMatcher
    /// What else the passage must have.
    var condition: Query?
    /// Whether the terms say all that the matcher says.
    var isExact: Bool { condition == nil && matcher.exacts.isEmpty && matcher.folds.isEmpty && matcher.prefix == nil }
  }

  func placeOptions(_ slot: PhraseSlot, _ context: Context) -> PlaceOptions {
    let stream = slot.stream
    let i = slot.index
    let isLast = i == stream.count - 1
    let own = terms(stream, i, scope: context.scope)
    var plain = WordMatcher(terms: Set(unscoped(own, context)))
    if slot.word.isExact {
      let exact = Array(stream.exact(i))
      return PlaceOptions(terms: own, matcher: WordMatcher(exacts: [exact]), condition: .term(Term.value(Schema.exactPrefix, exact)))
    }
    if slot.word.isPrefix, isLast {
      let forms = Array(formsBeginning(stream, i).prefix(Self.mostExpansions))
      return PlaceOptions(terms: terms(ofForms: forms, context), matcher: WordMatcher(prefix: Array(stream.folded(i))))
    }
    if isLast, isFuzzy(stream, i, slot.word) {
      let close = Array(formsNear(stream, i, distance: slot.word.distance).prefix(Self.mostExpansions))
      let matcher = Self.matcher(of: close)
      plain.exacts = matcher.exacts
      plain.folds = matcher.folds
      return PlaceOptions(terms: Array(Set(own + terms(ofForms: close.map(\.term), context))), matcher: plain)
    }
    return PlaceOptions(terms: own, matcher: plain)
  }

  /// The index terms that written forms can have.
  private func terms(ofForms forms: [[UInt8]], _ context: Context) -> [[UInt8]] {
    var found: Set<[UInt8]> = []
    for form in forms {
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
