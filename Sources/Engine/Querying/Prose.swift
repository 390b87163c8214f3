// A sentence pasted into the search box - a headline, a claim, a post - has quotation marks and capitals because it was written so, not
// because the searcher meant operators: `The army is NOT calling "everyone" up, says the ministry`. Read as prose, quoted words and the
// operands of AND, OR and NOT are words like the others, and a quotation that stands as it was quoted counts beside its words; a sign
// before a digit (`E2f-1, -2 and -3`, `at -80 °C`) is part of a number. What only a searcher writes - fields, windows, `+word`, `-word`,
// `~` - stays what it is.
import ArasAPI

enum Prose {
  /// Plain words outside quotation marks, stop words included, from which a query can be prose.
  static let fewestWords = 8
  /// And so many things that nobody who composes a query writes: stop words ("is", "the", "to"), marks of punctuation behind a word, a
  /// NOT behind a stop word ("is NOT", "have NOT").
  static let fewestSigns = 3
  /// Stop words among them: a list has commas, too.
  static let fewestStopWords = 1
}

extension QueryNode {
  /// Whether reading this as prose changes anything.
  var hasQuotationsOrOperators: Bool {
    switch self {
    case .phrase(_, let slop): slop == 0
    case .and, .or, .not: true
    case .clauses(let clauses):
      clauses.contains { $0.occurrence == .should ? $0.node.hasQuotationsOrOperators : $0.node.isNumber }
    default: false
    }
  }

  /// Whether words in quotation marks stand beside others.
  var hasQuotations: Bool {
    guard case .clauses(let clauses) = self else { return false }
    return clauses.contains { $0.occurrence == .should && $0.node.isQuotation }
  }

  /// The same words side by side; nil when an operator joins what only a searcher writes.
  func asProse(_ parts: ProseParts) -> QueryNode? {
    var clauses: [QueryClause] = []
    guard Self.flatten(self, isOperand: false, into: &clauses, parts) else { return nil }
    return .clauses(clauses)
  }

  private static func flatten(_ node: QueryNode, isOperand: Bool, into clauses: inout [QueryClause], _ parts: ProseParts) -> Bool {
    func add(_ node: QueryNode) { clauses.append(QueryClause(occurrence: .should, node: node)) }
    switch node {
    case .word(let word):
      if isOperand, word.isExact || word.isPrefix || word.distance > 0 { return false }
      add(node)
    case .phrase(let words, let slop):
      if isOperand, slop > 0 { return false }
      if slop == 0, !parts.contains(.quotations) { return true }
      if slop == 0 { for word in words { add(.word(word)) } }
      if words.count > 1 || slop > 0 { add(node) }
    case .and(let nodes), .or(let nodes):
      for inner in nodes where !flatten(inner, isOperand: true, into: &clauses, parts) { return false }
    case .not(let inner):
      return flatten(inner, isOperand: true, into: &clauses, parts)
    case .clauses(let inner):
      for clause in inner {
        if clause.occurrence == .should || parts.contains(.signedNumbers) && clause.node.isNumber {
          guard flatten(clause.node, isOperand: isOperand, into: &clauses, parts) else { return false }
        } else {
          if isOperand { return false }
          clauses.append(clause)
        }
      }
    case .field, .proximity, .everything:
      if isOperand { return false }
      add(node)
    }
    return true
  }

  /// Words in quotation marks, as they were quoted.
  var isQuotation: Bool {
    if case .phrase(_, slop: 0) = self { return true }
    return false
  }

  /// A word that begins with a digit.
  fileprivate var isNumber: Bool {
    guard case .word(let word) = self, word.isPlain, let first = word.text.utf8.first else { return false }
    return QueryCharacters.isDigit(first)
  }

  /// How many NOTs stand directly behind a word that passes a test.
  fileprivate func denials(behind test: (QueryWord) -> Bool) -> Int {
    switch self {
    case .and(let nodes):
      zip(nodes, nodes.dropFirst()).count { pair in
        if case .word(let word) = pair.0, pair.1.isNegation { return test(word) }
        return false
      }
    case .clauses(let clauses): clauses.reduce(0) { $0 + ($1.occurrence == .should ? $1.node.denials(behind: test) : 0) }
    default: 0
    }
  }
}

/// What becomes words among words where a query is read as prose, beside the operands of its operators.
struct ProseParts: OptionSet {
  let rawValue: Int
  /// Words in quotation marks; else they are left out.
  static let quotations = ProseParts(rawValue: 1)
  /// Numbers with a sign; else the sign stays what it is.
  static let signedNumbers = ProseParts(rawValue: 2)
}

extension QueryPlanner {
  /// The tree as prose, when it is long enough and has the signs of a sentence; nil when it is not prose or would stay what it is.
  func prose(_ root: QueryNode) -> QueryNode? {
    guard root.hasQuotationsOrOperators, let written = root.asProse(.signedNumbers) else { return nil }
    let (words, stopWords) = plainWords(written)
    guard words >= Prose.fewestWords, stopWords >= Prose.fewestStopWords else { return nil }
    let denials = root.denials { isStopWord(.word($0)) && !Self.conjunctions.contains($0.text.lowercased()) }
    return stopWords + denials + QueryCharacters(queryText).punctuationMarks >= Prose.fewestSigns
      ? root.asProse([.quotations, .signedNumbers]) : nil
  }

  /// Words that a searcher, too, writes before NOT.
  private static let conjunctions: Set<String> = ["and", "or", "but"]
}

extension QueryCharacters {
  /// Marks of punctuation that end a word, as in a sentence, and dashes that stand by themselves. A comma in a number or a stop in a
  /// domain is none.
  var punctuationMarks: Int {
    var marks = 0
    var isBehindWord = false
    var at = 0
    while at < count {
      if let space = spaceLength(at) {
        isBehindWord = false
        at += space
        continue
      }
      let mark = markLength(at)
      let end = at + (mark ?? 1)
      if mark != nil, isBehindWord, isEdge(end) { marks += 1 }
      // A dash between spaces: – or —.
      if !isBehindWord, isDash(at), isEdge(at + 3) { marks += 1 }
      isBehindWord = true
      at = end
    }
    return marks
  }

  private func isEdge(_ index: Int) -> Bool { index >= count || spaceLength(index) != nil || quoteLength(index) != nil }

  private func isDash(_ index: Int) -> Bool {
    bytes[index] == 0xE2 && index + 2 < count && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0x93 || bytes[index + 2] == 0x94)
  }

  /// Length of the mark at a byte: , . ; : ! ? … and their Arabic forms.
  private func markLength(_ index: Int) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "?"): return 1
    // ، ؛ ؟ and ۔
    case 0xD8: return index + 1 < count && [0x8C, 0x9B, 0x9F].contains(bytes[index + 1]) ? 2 : nil
    case 0xDB: return index + 1 < count && bytes[index + 1] == 0x94 ? 2 : nil
    case 0xE2: return index + 2 < count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0xA6 ? 3 : nil
    default: return nil
    }
  }
}
