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
      if word.isPrefix, isLast {
        parts.append(prefixQuery(stream, i, word, context))
      } else if word.distance > 0, isLast {
        parts.append(fuzzyQuery(stream, i, word, context))
      } else if word.isExact {
        parts.append(exactQuery(stream, i, context))
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
    if isForAnyIndex { return all }
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
    if isForAnyIndex { return Self.either(zip(terms, outside).map { .andNot(.term($0), .term($1)) }) }
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
    let forms = formsBeginning(stream, i, word)
    let matcher = Self.beginning(stream, i, word, forms)
    mark(.word(matcher), context)
    return formQuery(forms.terms, matcher, context)
  }

  private mutating func fuzzyQuery(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ context: Context) -> Query {
    let plain = word.isExact ? exactQuery(stream, i, context) : plainQuery(stream, i, word, context)
    guard isFuzzy(stream, i, word) else {
      warn(
        "short_fuzzy", word.range, "a word of \(word.distance) letters or fewer is too short to differ by \(word.distance); read as it is")
      return plain
    }
    let close = formsNear(stream, i, word)
    let matcher = Self.matcher(of: close)
    mark(.word(matcher), context)
    // Rings of words: the word itself is in all of them, one at distance 2 only in the outermost.
    let isOfText = context.scope == nil || context.scope == .text
    var within = isOfText && !word.isExact ? terms(stream, i, scope: nil) : []
    var parts = [plain]
    for distance in 0...word.distance {
      let forms = close.filter { $0.distance == distance }.map(\.term)
      within += forms
      guard distance > 0, !forms.isEmpty else { continue }
      parts.append(.scale(formQuery(within, matcher, context), Self.ringWeights[distance - 1]))
    }
    if parts.count == 1, !close.isEmpty { parts.append(.scale(formQuery(within, matcher, context), Self.ringWeights[0])) }
    return Self.either(parts)
  }

}
