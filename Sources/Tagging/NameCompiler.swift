// From a name as it is written to what is matched: its words split as texts are split, the forms these take, the capitals that a
// text must have, and how the name is accepted.

import TextAnalysis

/// A word of a name, with what decides which forms it takes in a text.
struct NameWord: Hashable {
  enum Forms: Hashable {
    /// Its own alone.
    case own
    /// Those of a language that inflects; in some the first or the last word of a name takes others.
    case inflected(LanguageCode, isFirst: Bool, isLast: Bool)
    /// Those of the people of a country in Azerbaijani and Turkish.
    case inhabitants
  }

  var folded: [UInt8]
  /// Lower case, diacritics kept; empty where only the folded form counts.
  var exact: [UInt8] = []
  var forms = Forms.own
}

/// A name ready to be laid into the trie.
struct CompiledName: Hashable {
  var alias: Alias
  var details: AliasDetails
  var words: [NameWord]
}

struct NameCompiler {
  private let analyzer: Analyzer
  /// Capitalised forms that are names by themselves: the words of a longer name that must keep their capital.
  private var proper: Set<[UInt8]> = []
  /// Endings and prefixes, folded: there are few of them, and each is met thousands of times.
  private var foldedParts: [String: [UInt8]] = [:]

  /// Words that are often written small before or behind a proper word.
  private static let directions: Set<String> = [
    "south", "southern", "north", "northern", "east", "eastern", "central", "upper", "the",
  ]

  private static let mostWords = 30

  init(analyzer: Analyzer) {
    self.analyzer = analyzer
  }

  mutating func collectProper(_ actors: [ActorEntry]) {
    for name in actors.lazy.flatMap(\.names) where name.type != .surname && !name.text.utf8.contains(0x20) {
      let stream = analyzer.analyze(name.text, language: Language(rawValue: name.language))
      if stream.count == 1, stream.words[0].flags.contains(.capitalised) { proper.insert(Array(stream.folded(0))) }
    }
  }

  /// Compiles the names of an actor, in their order, and its label where that is none of them.
  func compile(_ actor: ActorEntry, number: Int32) -> [CompiledName] {
    var compiled: [CompiledName] = []
    compiled.reserveCapacity(actor.names.count + 1)
    for name in actor.names { compile(name, of: number, &compiled) }
    if let label = compileLabel(actor, number) { compiled.append(label) }
    return compiled
  }

  private func compile(_ name: ActorName, of actor: Int32, _ compiled: inout [CompiledName]) {
    let stream = analyzer.analyze(name.text, language: Language(rawValue: name.language))
    guard !stream.isEmpty, stream.count <= Self.mostWords else { return }
    let isNative = name.language != "en"
    var alias = Alias(
      actor: actor, wordCount: Int32(stream.count), capitals: 0, allCaps: 0, type: name.type,
      acceptance: name.weak ? .weak : name.type == .surname ? .surname : .strong)
    if isNative, name.isLatin { alias.boundLanguage = LanguageCode(name.language) }
    var details = AliasDetails(
      text: name.text, rule: name.weak ? "weak" : isNative && name.type == .name ? "native" : name.type.rawValue)
    setCapitals(&alias, stream, isAcronym: name.type == .acronym || (isNative && stream.count == 1))
    if alias.boundLanguage != .any {
      let exact = (0..<stream.count).map { Array(stream.exact($0)) }
      if exact.contains(where: { $0.contains { $0 >= 0x80 } }) { details.exact = Array(exact.joined(separator: [0x20])) }
    }
    compiled.append(CompiledName(alias: alias, details: details, words: words(stream, language: alias.allCaps == 0 ? name.language : "")))
    if Agglutination.applies(to: name.language), stream.count == 1, name.type == .name, alias.allCaps == 0 {
      compiled.append(inhabitants(alias, name.text, Array(stream.folded(0))))
    }
  }

  /// The people of a country in Azerbaijani and Turkish, written small: iranlı, türkiyəli.
  private func inhabitants(_ name: Alias, _ text: String, _ folded: [UInt8]) -> CompiledName {
    var alias = name
    alias.capitals = 0
    alias.type = .demonym
    let rule = alias.acceptance == .strong ? NameType.demonym.rawValue : "weak"
    return CompiledName(
      alias: alias, details: AliasDetails(text: text, rule: rule), words: [NameWord(folded: folded, forms: .inhabitants)])
  }

  /// Capitals that the text must have: those of the name, but small generic words pass when a proper word is among them.
  private func setCapitals(_ alias: inout Alias, _ stream: WordStream, isAcronym: Bool) {
    var written: UInt32 = 0
    var kept: UInt32 = 0
    for word in 0..<stream.count {
      let flags = stream.words[word].flags
      let bit = UInt32(1) << UInt32(word)
      if flags.contains(.allCaps) || flags.contains(.acronym), isAcronym || stream.count == 1 { alias.allCaps |= bit }
      guard flags.contains(.capitalised) else { continue }
      written |= bit
      if stream.count > 1, proper.contains(Array(stream.folded(word))) { kept |= bit }
    }
    if kept == 0 {
      kept = written
      for word in 0..<stream.count where Self.directions.contains(String(decoding: stream.folded(word), as: UTF8.self)) {
        let bit = UInt32(1) << UInt32(word)
        if kept & ~bit != 0 { kept &= ~bit }
      }
    }
    alias.capitals = kept
  }

  private func compileLabel(_ actor: ActorEntry, _ number: Int32) -> CompiledName? {
    guard !actor.names.contains(where: { $0.text == actor.label }) else { return nil }
    let stream = analyzer.analyze(actor.label, language: .english)
    guard !stream.isEmpty, stream.count <= Self.mostWords else { return nil }
    let alias = Alias(
      actor: number, wordCount: Int32(stream.count), capitals: 0, allCaps: 0, type: .name, acceptance: .strong, isOnlyForQueries: true)
    return CompiledName(alias: alias, details: AliasDetails(text: actor.label, rule: "name"), words: words(stream, language: ""))
  }

  /// A mask or a region.
  func compile(phrase text: String, actor: Int32) -> CompiledName? {
    let stream = analyzer.analyze(text, language: .english)
    guard !stream.isEmpty, stream.count <= Self.mostWords else { return nil }
    var alias = Alias(
      actor: actor, wordCount: Int32(stream.count), capitals: 0, allCaps: 0, type: .name, acceptance: .strong)
    setCapitals(&alias, stream, isAcronym: false)
    return CompiledName(alias: alias, details: AliasDetails(text: text, rule: ""), words: words(stream, language: ""))
  }

  /// The word of a title that stands before a name: its last.
  func word(ofTitle text: String, language: String) -> NameWord? {
    words(analyzer.analyze(text, language: Language(rawValue: language)), language: language).last
  }

  // MARK: Words

  private func words(_ stream: WordStream, language: String) -> [NameWord] {
    let code = LanguageCode(language)
    let inflects = Inflection.applies(to: language)
    return (0..<stream.count).map { word in
      guard inflects else { return NameWord(folded: Array(stream.folded(word))) }
      return NameWord(
        folded: Array(stream.folded(word)), exact: Array(stream.exact(word)),
        forms: .inflected(
          code, isFirst: word == 0 || !Inflection.dependsOnFirst(language),
          isLast: word == stream.count - 1 || !Inflection.dependsOnLast(language)))
    }
  }

  /// The folded forms that a word may have in a text, its own first, none twice.
  mutating func forms(of word: NameWord) -> [[UInt8]] {
    switch word.forms {
    case .own: return [word.folded]
    case .inhabitants: return ["li", "lu"].map { word.folded + Array($0.utf8) }
    case .inflected(let language, let isFirst, let isLast):
      let exact = String(decoding: word.exact, as: UTF8.self)
      let all = Inflection.forms(of: exact, language: language.text, isLast: isLast, isFirst: isFirst)
      var forms = [word.folded]
      var folder = FormFolder(of: exact)
      for form in all.dropFirst() {
        let folded = folder.folded(form, &foldedParts)
        if !folded.isEmpty, !forms.contains(folded) { forms.append(folded) }
      }
      return forms
    }
  }
}
