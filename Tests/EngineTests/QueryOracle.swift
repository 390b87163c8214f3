// What a query means, said a second time and as plainly as possible: over lists of words, with loops.

struct OracleWord {
  /// Words with the same stem have the same letters here.
  var stem: String
  /// Lower case.
  var form: String
  var folded: String
  var actor: String?
}

struct OraclePassage {
  var id: String
  var body: [OracleWord]
  var heading: [OracleWord]
  var title: [OracleWord]
  /// Actors that the title names and no passage of the article does: they belong to the first passage.
  var beyond: Set<String> = []
  var language = "en"
  var authors: [String] = []
  /// Days of the article's date, as written: "2021", "2021-11", "2021-11-05".
  var date: String?

  func zones(_ scope: String?) -> [[OracleWord]] {
    switch scope {
    case "title": [title]
    case "heading": [heading]
    case "text": [body]
    default: [body, heading, title]
    }
  }
}

/// One word of a query.
enum OracleTerm {
  case stem(String, typed: String)
  case exact(String)
  case prefix(String)
  /// `=word*`
  case exactPrefix(String)
  case fuzzy(String, Int, stem: String)
  /// `=word~1`
  case exactFuzzy(String, Int)

  func matches(_ word: OracleWord) -> Bool {
    switch self {
    case .stem(let stem, _): word.stem == stem
    case .exact(let form): word.form == form
    case .prefix(let start): word.form.hasPrefix(start) || word.folded.hasPrefix(start)
    case .exactPrefix(let start): word.form.hasPrefix(start)
    case .exactFuzzy(let typed, let distance): Self.distance(typed, word.form) <= distance
    case .fuzzy(let typed, let distance, let stem):
      word.stem == stem || Self.distance(typed, word.form) <= distance || Self.distance(typed, word.folded) <= distance
    }
  }

  var text: String {
    switch self {
    case .stem(_, let typed): typed
    case .exact(let form): "=" + form
    case .prefix(let start): start + "*"
    case .exactPrefix(let start): "=" + start + "*"
    case .fuzzy(let typed, let distance, _): "\(typed)~\(distance)"
    case .exactFuzzy(let typed, let distance): "=\(typed)~\(distance)"
    }
  }

  /// Letters added, left out, replaced, or swapped with their neighbour (recursive, as the definition has it).
  static func distance(_ a: String, _ b: String) -> Int {
    let x = Array(a.unicodeScalars)
    let y = Array(b.unicodeScalars)
    var known: [[Int]] = Array(repeating: Array(repeating: -1, count: y.count + 1), count: x.count + 1)
    func d(_ i: Int, _ j: Int) -> Int {
      if i == 0 || j == 0 { return i + j }
      if known[i][j] >= 0 { return known[i][j] }
      var best = min(d(i - 1, j) + 1, d(i, j - 1) + 1, d(i - 1, j - 1) + (x[i - 1] == y[j - 1] ? 0 : 1))
      if i > 1, j > 1, x[i - 1] == y[j - 2], x[i - 2] == y[j - 1] { best = min(best, d(i - 2, j - 2) + 1) }
      known[i][j] = best
      return best
    }
    return d(x.count, y.count)
  }
}

indirect enum OracleQuery {
  case term(OracleTerm)
  case phrase([OracleTerm], slop: Int)
  case actor(String)
  /// `actor:(a OR b)`
  case actors([String])
  /// `field:*`
  case has(String)
  /// `lang:(…)`
  case languages([String])
  /// `author:"…"`, the whole name
  case author(String)
  /// `author:word`, `author:wor*`
  case authorWord(String, isPrefix: Bool)
  /// `author:a..b`
  case authors(String, String)
  /// `date:a..b`
  case dates(String, String)
  case near([OracleQuery], Int, ordered: Bool)
  case and([OracleQuery])
  case or([OracleQuery])
  case not(OracleQuery)
  case scoped(String, OracleQuery)
  /// Side by side with `match: all`: wanted ones, and those with a minus.
  case clauses([OracleQuery], without: [OracleQuery])
  /// `-a AND b`: the minus is that of the first alone.
  case without(OracleQuery, and: OracleQuery)

  var text: String {
    switch self {
    case .term(let term): term.text
    case .phrase(let terms, let slop): "\"" + terms.map(\.text).joined(separator: " ") + "\"" + (slop > 0 ? "~\(slop)" : "")
    case .actor(let id): "actor:\(id)"
    case .actors(let ids): "actor:(" + ids.joined(separator: ids.count % 2 == 0 ? " OR " : " ") + ")"
    case .has(let field): "\(field):*"
    case .languages(let codes): "lang:(" + codes.joined(separator: " OR ") + ")"
    case .author(let name): "author:\"\(name)\""
    case .authorWord(let word, let isPrefix): "author:\(word)" + (isPrefix ? "*" : "")
    case .authors(let from, let to): "author:\"\(from)..\(to)\""
    case .dates(let from, let to): from == to ? "date:\(from)" : "date:\(from)..\(to)"
    case .without(let denied, let wanted): "(-\(denied.text) AND \(wanted.text))"
    case .near(let operands, let n, let ordered): "(" + operands.map(\.text).joined(separator: ordered ? " ADJ/\(n) " : " NEAR/\(n) ") + ")"
    case .and(let parts): "(" + parts.map(\.text).joined(separator: " AND ") + ")"
    case .or(let parts): "(" + parts.map(\.text).joined(separator: " OR ") + ")"
    case .not(let part): "NOT \(part.text)"
    case .scoped(let field, .term(let term)): "\(field):\(term.text)"
    case .scoped(let field, .phrase(let terms, let slop)): "\(field):" + OracleQuery.phrase(terms, slop: slop).text
    case .scoped(let field, let inner): "\(field):(\(inner.text))"
    case .clauses(let wanted, let without): "(" + (wanted.map(\.text) + without.map { "-\($0.text)" }).joined(separator: " ") + ")"
    }
  }

  func holds(_ passage: OraclePassage, _ scope: String? = nil) -> Bool {
    switch self {
    case .term(let term):
      passage.zones(scope).joined().contains { term.matches($0) }
        || scope == nil && Self.named(term).map { Self.mentions(passage, $0) } ?? false
    case .phrase, .near: passage.zones(scope).contains { !spans($0, isBody: false).isEmpty } || inBody(passage, scope)
    case .actor(let id): Self.mentions(passage, id)
    case .actors(let ids): ids.contains { Self.mentions(passage, $0) }
    case .has(let field): Self.has(passage, field)
    case .languages(let codes): codes.contains(passage.language)
    case .author(let name): passage.authors.contains { $0.lowercased() == name }
    case .authorWord(let word, let isPrefix):
      passage.authors.contains { author in
        let words = author.lowercased().split(separator: " ").map { String($0) }
        return words.contains { isPrefix ? $0.hasPrefix(word) : $0 == word } || isPrefix && author.lowercased().hasPrefix(word)
      }
    case .authors(let from, let to):
      passage.authors.map { $0.lowercased() }.contains {
        (from.isEmpty || $0 >= from) && (to.isEmpty || $0 <= to || $0.hasPrefix(to))
      }
    // Written dates compare as text, an end that is less precise as the end of its month or year.
    case .dates(let from, let to):
      passage.date.map { (from.isEmpty || $0 + "~" >= from) && (to.isEmpty || $0 <= to + "~") } ?? false
    case .without(let denied, let wanted): !denied.holds(passage, scope) && wanted.holds(passage, scope)
    case .and(let parts): parts.allSatisfy { $0.holds(passage, scope) }
    case .or(let parts): parts.contains { $0.holds(passage, scope) }
    case .not(let part): !part.holds(passage, scope)
    case .scoped(let field, let inner): inner.holds(passage, field)
    case .clauses(let wanted, let without):
      wanted.allSatisfy { $0.holds(passage, scope) } && !without.contains { $0.holds(passage, scope) }
    }
  }

  private func inBody(_ passage: OraclePassage, _ scope: String?) -> Bool {
    (scope == nil || scope == "text") && !spans(passage.body, isBody: true).isEmpty
  }

  private static func has(_ passage: OraclePassage, _ field: String) -> Bool {
    switch field {
    case "title": !passage.title.isEmpty
    case "heading": !passage.heading.isEmpty
    case "author": !passage.authors.isEmpty
    case "date": passage.date != nil
    case "actor": passage.body.contains { $0.actor != nil } || !passage.beyond.isEmpty
    case "topic", "quality", "keyword", "place": false
    default: true
    }
  }

  private static func mentions(_ passage: OraclePassage, _ id: String) -> Bool {
    passage.body.contains { $0.actor == id } || passage.beyond.contains(id)
  }

  /// The actor that a plain word names.
  private static func named(_ term: OracleTerm) -> String? {
    switch term {
    case .stem(_, let typed), .fuzzy(let typed, _, _):
      ["alphaland": "alphaland", "alphish": "alphaland", "betaland": "betaland", "gammaland": "gammaland"][typed]
    default: nil
    }
  }

  /// A place at which this stands: the words from first to last, and those of them that it is made of.
  struct Span {
    var first: Int
    var last: Int
    var members: Set<Int>

    init(_ range: ClosedRange<Int>) {
      first = range.lowerBound
      last = range.upperBound
      members = Set(range)
    }

    init(_ parts: [Span]) {
      first = parts.map(\.first).min() ?? 0
      last = parts.map(\.last).max() ?? 0
      members = parts.reduce(into: []) { $0.formUnion($1.members) }
    }
  }

  func spans(_ words: [OracleWord], isBody: Bool) -> [Span] {
    switch self {
    case .term(let term): return words.indices.filter { term.matches(words[$0]) }.map { Span($0...$0) }
    case .actor(let id): return isBody ? words.indices.filter { words[$0].actor == id }.map { Span($0...$0) } : []
    case .actors(let ids): return ids.flatMap { OracleQuery.actor($0).spans(words, isBody: isBody) }
    case .or(let parts): return parts.flatMap { $0.spans(words, isBody: isBody) }
    case .phrase(let terms, 0):
      guard words.count >= terms.count else { return [] }
      return (0...(words.count - terms.count)).filter { start in terms.indices.allSatisfy { terms[$0].matches(words[start + $0]) } }
        .map { Span($0...($0 + terms.count - 1)) }
    case .phrase(let terms, let slop):
      return Self.windows(terms.map { OracleQuery.term($0).spans(words, isBody: isBody) }, reach: terms.count - 1 + slop, ordered: false)
    case .near(let operands, let n, let ordered):
      return Self.windows(operands.map { $0.spans(words, isBody: isBody) }, reach: n * (operands.count - 1), ordered: ordered)
    default: return []
    }
  }

  static func windows(_ lists: [[Span]], reach: Int, ordered: Bool) -> [Span] {
    var choices: [[Span]] = [[]]
    for list in lists { choices = choices.flatMap { choice in list.map { choice + [$0] } } }
    return choices.compactMap { choice in
      for (i, a) in choice.enumerated() {
        for b in choice[..<i] {
          if a.first <= b.last && b.first <= a.last { return nil }
          if ordered && a.first <= b.last { return nil }
        }
      }
      let all = Span(choice)
      let own = choice.reduce(0) { $0 + $1.last - $1.first }
      return all.last - all.first - own <= reach ? all : nil
    }
  }

  /// Words of the body that the query finds, by index. What is denied or asked for in a title finds none.
  func marked(_ body: [OracleWord]) -> Set<Int> {
    switch self {
    case .term(let term):
      let own = Span(spans(body, isBody: true)).members
      return own.union(Self.named(term).map { id in Set(body.indices.filter { body[$0].actor == id }) } ?? [])
    case .phrase, .near, .actor, .actors: return Span(spans(body, isBody: true)).members
    case .and(let parts), .or(let parts): return parts.reduce(into: []) { $0.formUnion($1.marked(body)) }
    // What is denied twice is wanted.
    case .clauses(let parts, let without):
      return (parts + without.map { .not($0) }).reduce(into: []) { $0.formUnion($1.marked(body)) }
    case .not(.not(let part)): return part.marked(body)
    case .without(_, let wanted): return wanted.marked(body)
    case .not, .has, .languages, .author, .authorWord, .authors, .dates: return []
    case .scoped("text", .term(let term)): return Span(OracleQuery.term(term).spans(body, isBody: true)).members
    case .scoped("text", let inner): return inner.marked(body)
    case .scoped: return []
    }
  }
}
