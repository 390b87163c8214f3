// Builds the index of names from the entries: compiles each name, numbers its words and lays its path into the trie.

import TextAnalysis

struct NameIndexBuilder {
  private var compiler: NameCompiler
  private var forms = FormTable()
  private var edges = EdgeTable()
  private var aliases: [Alias] = []
  private var details: [AliasDetails] = []
  private var titles: [Bool] = []
  private var calendar: Set<Int32> = []
  private var families = NameIndex.Families()
  private var words: [NameWord: Int32] = [:]
  /// Pairs of a form and a word of a name that it may be.
  private var formWords: [UInt64] = []
  /// Pairs of a node and an alias that ends there.
  private var nodeOutputs: [UInt64] = []
  private var nodes: Int32 = 1

  init(analyzer: Analyzer) {
    compiler = NameCompiler(analyzer: analyzer)
  }

  mutating func build(_ actors: [ActorEntry], masks: [String], regions: [String], titles: [(text: String, language: String)]) {
    let ids = Dictionary(uniqueKeysWithValues: actors.enumerated().map { ($1.id, Int32($0)) })
    families = NameIndex.Families(
      parents: actors.map { $0.parent.flatMap { ids[$0] } ?? -1 }, keeps: actors.map { $0.keeps.compactMap { ids[$0] } },
      support: actors.map { $0.support.compactMap { ids[$0] } }, states: actors.map { $0.kind == .state || $0.kind == .disputed })
    compiler.collectProper(actors)
    for (number, actor) in actors.enumerated() {
      for name in compiler.compile(actor, number: Int32(number)) { insert(name) }
    }
    for mask in masks { compiler.compile(phrase: mask, actor: Alias.mask).map { insert($0) } }
    for region in regions { compiler.compile(phrase: region, actor: Alias.region).map { insert($0) } }
    var titleForms: [Int32] = []
    for word in titles.compactMap({ compiler.word(ofTitle: $0.text, language: $0.language) }) {
      for form in compiler.forms(of: word) { titleForms.append(forms.insert(form)) }
    }
    self.titles = Array(repeating: false, count: forms.count)
    for form in titleForms { self.titles[Int(form)] = true }
    calendar = Set(Self.calendarWords.map { forms.insert(Self.folded($0)) })
  }

  /// Months and days in languages that write them with a capital (English, German, Turkish, Azerbaijani).
  private static let calendarWords = """
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    Januar Februar März Mai Juni Juli Oktober Dezember Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag
    Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
    Yanvar Fevral Aprel İyun İyul Avqust Sentyabr Oktyabr Noyabr Dekabr
    """.split(whereSeparator: \.isWhitespace)

  /// The number of a form used by topic rules, which share the table; to be asked for when all names are in.
  mutating func form(_ folded: some Collection<UInt8>) -> Int32 { forms.insert(folded) }

  func finish() -> NameIndex {
    NameIndex(
      forms: forms, words: NumberLists(formWords, count: titles.count), edges: edges, aliases: aliases, details: details,
      outputs: NumberLists(nodeOutputs, count: Int(nodes)), titles: titles, calendar: calendar, families: families)
  }

  static func folded(_ text: some StringProtocol) -> [UInt8] {
    Fold.folded(text).filter { $0 != 0x27 && $0 != 0x22 }
  }

  private mutating func insert(_ name: CompiledName) {
    let alias = Int32(aliases.count)
    aliases.append(name.alias)
    details.append(name.details)
    var node: Int32 = 0
    for word in name.words.map({ number($0) }) {
      var child = edges.find(node, word)
      if child < 0 {
        child = nodes
        nodes += 1
        edges.insert(node, word, child)
      }
      node = child
    }
    nodeOutputs.append(NumberLists.pair(node, alias))
  }

  private mutating func number(_ word: NameWord) -> Int32 {
    if let known = words[word] { return known }
    let number = Int32(words.count)
    words[word] = number
    for form in compiler.forms(of: word) { formWords.append(NumberLists.pair(forms.insert(form), number)) }
    return number
  }
}
