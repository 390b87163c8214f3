// Builds the index of names from the entries: compiles each name, numbers its words and lays its path into the trie.

import TextAnalysis

struct NameIndexBuilder {
  private(set) var index = NameIndex()
  private var compiler: NameCompiler
  private var words: [NameWord: Int32] = [:]
  /// (form, word of a name that it may be), the form in the upper half.
  private var formWords: [UInt64] = []
  /// (node, alias that ends there), the node in the upper half.
  private var nodeOutputs: [UInt64] = []
  private var nodes: Int32 = 1

  init(analyzer: Analyzer) {
    compiler = NameCompiler(analyzer: analyzer)
  }

  mutating func build(_ actors: [ActorEntry], masks: [String], regions: [String], titles: [(text: String, language: String)]) {
    let ids = Dictionary(uniqueKeysWithValues: actors.enumerated().map { ($1.id, Int32($0)) })
    index.parents = actors.map { $0.parent.flatMap { ids[$0] } ?? -1 }
    index.keeps = actors.map { $0.keeps.compactMap { ids[$0] } }
    index.support = actors.map { $0.support.compactMap { ids[$0] } }
    compiler.collectProper(actors)
    for (number, actor) in actors.enumerated() {
      for name in compiler.compile(actor, number: Int32(number)) { insert(name) }
    }
    for mask in masks { compiler.compile(phrase: mask, actor: Alias.mask).map { insert($0) } }
    for region in regions { compiler.compile(phrase: region, actor: Alias.region).map { insert($0) } }
    var titleForms: [Int32] = []
    for word in titles.compactMap({ compiler.word(ofTitle: $0.text, language: $0.language) }) {
      for form in compiler.forms(of: word) { titleForms.append(index.forms.insert(form)) }
    }
    index.titles = Array(repeating: false, count: index.forms.count)
    for form in titleForms { index.titles[Int(form)] = true }
    for ending in Agglutination.endings(folding: { Self.folded($0) }) { _ = index.endings.insert(ending) }
    let lengths = (0..<index.endings.count).map { index.endings.form(Int32($0)).count }
    index.endingLengths = Set(lengths).sorted()
    (index.wordStart, index.words) = Self.lists(formWords, count: index.forms.count)
    (index.outputStart, index.outputs) = Self.lists(nodeOutputs, count: Int(nodes))
  }

  /// The number of a form used by topic rules, which share the table.
  mutating func form(_ folded: some Collection<UInt8>) -> Int32 { index.forms.insert(folded) }

  static func folded(_ text: some StringProtocol) -> [UInt8] {
    Fold.folded(text).filter { $0 != 0x27 && $0 != 0x22 }
  }

  private mutating func insert(_ name: CompiledName) {
    let alias = Int32(index.aliases.count)
    index.aliases.append(name.alias)
    index.details.append(name.details)
    var node: Int32 = 0
    for word in name.words.map({ number($0) }) {
      var child = index.edges.find(node, word)
      if child < 0 {
        child = nodes
        nodes += 1
        index.edges.insert(node, word, child)
      }
      node = child
    }
    nodeOutputs.append(Self.pair(node, alias))
  }

  private mutating func number(_ word: NameWord) -> Int32 {
    if let known = words[word] { return known }
    let number = Int32(words.count)
    words[word] = number
    for form in compiler.forms(of: word) { formWords.append(Self.pair(index.forms.insert(form), number)) }
    return number
  }

  private static func pair(_ key: Int32, _ value: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: key)) << 32 | UInt64(UInt32(bitPattern: value))
  }

  /// The values of each key one after the other, in the order of the pairs, and where those of a key begin.
  private static func lists(_ pairs: [UInt64], count: Int) -> (starts: [Int32], values: [Int32]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for pair in pairs { starts[Int(pair >> 32) + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    var values = [Int32](repeating: 0, count: pairs.count)
    for pair in pairs {
      let key = Int(pair >> 32)
      values[Int(next[key])] = Int32(truncatingIfNeeded: pair)
      next[key] += 1
    }
    return (starts, values)
  }
}
