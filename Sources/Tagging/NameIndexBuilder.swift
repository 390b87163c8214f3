// Builds the index of names from the entries: splits each name into words as texts are split, adds the forms its words take,
// and lays the paths into the trie.

import TextAnalysis

struct NameIndexBuilder {
  private(set) var index = NameIndex()
  private let analyzer: Analyzer
  private var nodeOutputs: [[Int32]] = [[]]
  /// Capitalised forms that are names by themselves: the words of a longer name that must keep their capital.
  private var proper: Set<[UInt8]> = []
  /// Endings and prefixes, folded: there are few of them, and each is met thousands of times.
  private var foldedParts: [String: [UInt8]] = [:]

  /// Words that are often written small before or behind a proper word.
  private static let directions: Set<String> = [
    "south", "southern", "north", "northern", "east", "eastern", "central", "upper", "the",
  ]

  init(analyzer: Analyzer) {
    self.analyzer = analyzer
  }

  mutating func build(_ actors: [ActorEntry], masks: [String], regions: [String], titles: [(text: String, language: String)]) {
    let ids = Dictionary(uniqueKeysWithValues: actors.enumerated().map { ($1.id, Int32($0)) })
    index.parents = actors.map { $0.parent.flatMap { ids[$0] } ?? -1 }
    index.keeps = actors.map { $0.keeps.compactMap { ids[$0] } }
    index.support = actors.map { $0.support.compactMap { ids[$0] } }
    collectProper(actors)
    for (number, actor) in actors.enumerated() {
      for name in actor.names { add(name, of: Int32(number)) }
      addLabel(actor, Int32(number))
    }
    for mask in masks { addPhrase(mask, actor: Alias.mask) }
    for region in regions { addPhrase(region, actor: Alias.region) }
    for title in titles { addTitle(title.text, title.language) }
    for ending in Agglutination.endings(folding: { Self.folded($0) }) { _ = index.endings.insert(ending) }
    let lengths = (0..<index.endings.count).map { index.endings.form(Int32($0)).count }
    index.endingLengths = Set(lengths).sorted()
    finish()
  }

  /// The number of a form used by topic rules, which share the table.
  mutating func form(_ folded: some Collection<UInt8>) -> Int32 { index.forms.insert(folded) }

  private mutating func collectProper(_ actors: [ActorEntry]) {
    for name in actors.lazy.flatMap(\.names) where name.type != .surname && !name.text.utf8.contains(0x20) {
      let stream = analyzer.analyze(name.text, language: Language(rawValue: name.language))
      if stream.count == 1, stream.words[0].flags.contains(.capitalised) { proper.insert(Array(stream.folded(0))) }
    }
  }

  static func folded(_ text: some StringProtocol) -> [UInt8] {
    Fold.folded(text).filter { $0 != 0x27 && $0 != 0x22 }
  }

  // MARK: Names

  private mutating func add(_ name: ActorName, of actor: Int32) {
    let stream = analyzer.analyze(name.text, language: Language(rawValue: name.language))
    guard !stream.isEmpty, stream.count <= 30 else { return }
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
    insert(alias, details, stream, language: alias.allCaps == 0 ? name.language : "")
    if Agglutination.applies(to: name.language), stream.count == 1, name.type == .name, alias.allCaps == 0 {
      addInhabitants(alias, name.text, Array(stream.folded(0)))
    }
  }

  /// The people of a country in Azerbaijani and Turkish, written small: iranlı, türkiyəli.
  private mutating func addInhabitants(_ name: Alias, _ text: String, _ folded: [UInt8]) {
    var alias = name
    alias.capitals = 0
    alias.type = .demonym
    let rule = alias.acceptance == .strong ? NameType.demonym.rawValue : "weak"
    let number = append(alias, AliasDetails(text: text, rule: rule))
    for ending in ["li", "lu"] { insert(path: [[folded + Array(ending.utf8)]], number) }
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

  private mutating func addLabel(_ actor: ActorEntry, _ number: Int32) {
    guard !actor.names.contains(where: { $0.text == actor.label }) else { return }
    let stream = analyzer.analyze(actor.label, language: .english)
    guard !stream.isEmpty, stream.count <= 30 else { return }
    let alias = Alias(
      actor: number, wordCount: Int32(stream.count), capitals: 0, allCaps: 0, type: .name, acceptance: .strong, isOnlyForQueries: true)
    insert(alias, AliasDetails(text: actor.label, rule: "name"), stream, language: "")
  }

  private mutating func addPhrase(_ text: String, actor: Int32) {
    let stream = analyzer.analyze(text, language: .english)
    guard !stream.isEmpty, stream.count <= 30 else { return }
    var alias = Alias(
      actor: actor, wordCount: Int32(stream.count), capitals: 0, allCaps: 0, type: .name, acceptance: .strong)
    setCapitals(&alias, stream, isAcronym: false)
    insert(alias, AliasDetails(text: text, rule: ""), stream, language: "")
  }

  private mutating func addTitle(_ text: String, _ language: String) {
    let stream = analyzer.analyze(text, language: Language(rawValue: language))
    guard let last = stream.words.indices.last else { return }
    for form in forms(stream, last, language: language) {
      let id = index.forms.insert(form)
      setBit(NameIndex.titleBit, id)
    }
  }

  // MARK: Trie

  private mutating func forms(_ stream: WordStream, _ word: Int, language: String) -> [[UInt8]] {
    let own = Array(stream.folded(word))
    guard Inflection.applies(to: language) else { return [own] }
    let exact = String(decoding: stream.exact(word), as: UTF8.self)
    let all = Inflection.forms(of: exact, language: language, isLast: word == stream.count - 1, isFirst: word == 0)
    var forms = [own]
    var folder = FormFolder(of: exact)
    for form in all.dropFirst() {
      let folded = folder.folded(form, &foldedParts)
      if !folded.isEmpty, !forms.contains(folded) { forms.append(folded) }
    }
    return forms
  }

  private mutating func append(_ alias: Alias, _ details: AliasDetails) -> Int32 {
    index.aliases.append(alias)
    index.details.append(details)
    return Int32(index.aliases.count - 1)
  }

  private mutating func insert(_ alias: Alias, _ details: AliasDetails, _ stream: WordStream, language: String) {
    let number = append(alias, details)
    var path: [[[UInt8]]] = []
    for word in 0..<stream.count { path.append(forms(stream, word, language: language)) }
    insert(path: path, number)
  }

  /// Lays one path for all forms of its words. Forms share a child where no other name has claimed their edge.
  private mutating func insert(path: [[[UInt8]]], _ alias: Int32) {
    var nodes: [Int32] = [0]
    for forms in path {
      var children: [Int32] = []
      let ids = forms.map { index.forms.insert($0) }
      for id in ids { setBit(NameIndex.nameBit, id) }
      for node in nodes {
        var fresh: Int32 = -1
        for id in ids {
          var child = index.edges.find(node, id)
          if child < 0 {
            if fresh < 0 {
              fresh = Int32(nodeOutputs.count)
              nodeOutputs.append([])
            }
            child = fresh
            index.edges.insert(node, id, child)
          }
          if !children.contains(child) { children.append(child) }
        }
      }
      nodes = children
    }
    for node in nodes where !nodeOutputs[Int(node)].contains(alias) { nodeOutputs[Int(node)].append(alias) }
  }

  private mutating func setBit(_ bit: UInt8, _ form: Int32) {
    while index.formBits.count <= Int(form) { index.formBits.append(0) }
    index.formBits[Int(form)] |= bit
  }

  private mutating func finish() {
    index.outputStart = [0]
    for aliases in nodeOutputs {
      index.outputs += aliases
      index.outputStart.append(Int32(index.outputs.count))
    }
  }
}
