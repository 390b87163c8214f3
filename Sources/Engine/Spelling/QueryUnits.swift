// The words of a query that may be corrected, in the order in which they were typed, with what each of them is in the index.
import TextAnalysis

struct QueryUnit {
  /// As typed.
  var text: String
  /// Bytes of the query text.
  var range: Range<Int>
  /// Folded form, without apostrophes.
  var key: [UInt8]
  var spelling: [UInt8]
  var flags: WordFlags
  /// Index terms with their passages, the most frequent first.
  var terms: [(term: [UInt8], count: UInt32)]
  /// Passages that have this very form, whatever its diacritics.
  var formCount: UInt32
  /// Words side by side are of one group.
  var group: Int

  /// Passages that have the word.
  var count: UInt32 { terms.reduce(0) { max($0, $1.count) } }
  var bareTerms: [[UInt8]] { terms.map(\.term) }
}

/// Collects the words that are asked for as they are and not denied.
struct QueryUnits {
  let surroundings: Surroundings
  let language: Language
  private(set) var units: [QueryUnit] = []
  private var groups = 0

  init(_ root: QueryNode, _ surroundings: Surroundings, language: Language) {
    self.surroundings = surroundings
    self.language = language
    collect(root, group: nil)
  }

  private mutating func newGroup() -> Int {
    groups += 1
    return groups
  }

  private mutating func collect(_ node: QueryNode, group: Int?) {
    switch node {
    case .word(let word): add(word, group: group ?? newGroup())
    case .phrase(let words, _):
      let group = newGroup()
      for word in words { add(word, group: group) }
    case .clauses(let clauses):
      var group = newGroup()
      for clause in clauses {
        guard clause.occurrence != .mustNot, case .word = clause.node else {
          // What stands between parts the words before it from those behind.
          if clause.occurrence != .mustNot { collect(clause.node, group: nil) }
          group = newGroup()
          continue
        }
        collect(clause.node, group: group)
      }
    case .proximity(let nodes, _, _), .and(let nodes), .or(let nodes): for node in nodes { collect(node, group: nil) }
    case .field(_, .words(let inner)): collect(inner, group: nil)
    case .field, .not, .everything: break
    }
  }

  private mutating func add(_ word: QueryWord, group: Int) {
    guard !word.isExact, !word.isPrefix, word.distance == 0 else { return }
    let stream = surroundings.analyzer.analyze(word.text, language: language)
    let text = Array(word.text.utf8)
    for i in stream.words.indices {
      let typed = stream.words[i].range
      let start = word.range.lowerBound + typed.lowerBound
      units.append(
        QueryUnit(
          text: String(decoding: text[typed], as: UTF8.self), range: start..<(start + typed.count),
          key: stream.folded(i).filter { $0 != 0x27 }, spelling: Array(stream.exact(i)), flags: stream.words[i].flags,
          terms: surroundings.terms(stream, i), formCount: surroundings.formCount(stream, i), group: group))
    }
  }
}
