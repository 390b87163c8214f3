// From the tree that was typed to the tree that runs. The planner looks words up in the analysis, names in the registry and values in
// the field table; it runs on a reader's thread, since it asks the database which terms there are.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

struct QueryPlanner {
  let database: DatabaseView
  let analyzer: Analyzer
  let registry: Registry
  /// Languages of the index, the most frequent first.
  let languages: [Language]
  /// As typed.
  let queryText: String
  /// Language whose stop words count in this query.
  let queryLanguage: Language
  /// CLOCK_MONOTONIC, nanoseconds: when planning has to be done. Half of the time that a search has is for planning it.
  let end: UInt64?
  let expansions: Expansions

  /// Weight of a passage that has an actor's other name, against one that has the typed word itself.
  static let expansionWeight = 0.4
  /// Weights of the words within distance 1 and within distance 2 of a fuzzy word, which come on top of the word's own. In passages of
  /// up to three times the mean length they leave the word itself above any other, and one at distance 1 above any at distance 2,
  /// however often these occur: BM25's saturation keeps an occurrence there above 0.55 and any number of them below 2.2.
  static let ringWeights = [1.0 / 4, 1.0 / 12]
  /// Terms that a wildcard or a fuzzy word stands for at most.
  static let mostExpansions = 1000

  /// Whether the plan is to say what each part of its tree came from.
  var notesSources = false
  /// Whether the plan is to hold for whatever terms an index has, as far as that can be.
  var isForAnyIndex = false
  private var hasAsked = false
  /// Whether what is planned depends on more of the index than which of a word's terms it has.
  var hasAskedIndex: Bool { hasAsked || expansions.hasLooked }
  var plan: QueryPlan

  init(
    database: DatabaseView, analyzer: Analyzer, registry: Registry, languages: [Language], queryText: String, deadline: UInt64? = nil
  ) {
    let now = Clock.now
    end = deadline.map { $0 > now ? now + ($0 - now) / 2 : now }
    expansions = Expansions(database: database, end: end)
    self.database = database
    self.analyzer = analyzer
    self.registry = registry
    self.languages = languages
    self.queryText = queryText
    queryLanguage = Self.language(of: queryText, among: languages)
    plan = QueryPlan(query: .all, match: .all)
  }

  /// The query's language, if the index has it; else the index's main language. A few words are too little to be sure of another.
  private static func language(of text: String, among languages: [Language]) -> Language {
    let main = languages.first ?? .english
    let bytes = Array(text.utf8)
    let guess = bytes.withUnsafeBufferPointer { LanguageDetector.detect($0, hint: main) }
    return languages.contains(guess.language) && guess.confidence >= 0.5 ? guess.language : main
  }

  /// How quotation marks and AND, OR, NOT are read when the match is `auto`.
  enum Reading {
    /// As operators.
    case asTyped
    /// As prose if the query looks like it.
    case automatic
    /// As prose.
    case prose
  }

  /// - Parameter keepsFields: whether fields stay required where the match is `any`.
  mutating func run(
    _ parsed: ParsedQuery, match: MatchMode, reading: Reading = .asTyped, keepsFields: Bool = false
  ) -> QueryPlan {
    plan.warnings = parsed.warnings
    guard var root = parsed.root else { return plan }
    var context = Context(match: match, required: match != .any ? .allButWords : keepsFields ? .fields : .nothing)
    let prose: QueryNode? =
      switch reading {
      case .asTyped: nil
      case .automatic: match == .auto ? prose(root) : nil
      case .prose: root.asProse(.quotations)
      }
    if let prose {
      root = prose
      context.isProse = true
      plan.isProse = true
      context.match = .any
      let whole = 0..<queryText.utf8.count
      let reading = "read as a sentence: words in quotation marks or beside AND, OR and NOT count, but none is required"
      warn("read_as_prose", whole, reading + "; a sign before a digit is part of the number")
    } else if match == .auto {
      context.match = automaticMatch(root)
    }
    plan.match = context.match
    plan.root = root
    plan.query = query(root, context) ?? .none
    if expansions.isLate { plan.isPartial = true }
    return plan
  }

  /// Notes that what is planned now depends on what the index holds.
  mutating func noteAskingIndex() { hasAsked = true }

  /// What surrounds a node.
  struct Context {
    /// What stays required although words are ranked by the best of them.
    enum Required { case nothing, fields, allButWords }

    var match: MatchMode
    var required: Required
    /// Quotations are ranked like words (see Prose.swift).
    var isProse = false
    var scope: Field?
    var marks = true
    var unmarked: Context {
      var other = self
      other.marks = false
      return other
    }
    func scoped(_ field: Field) -> Context {
      var other = self
      other.scope = field
      return other
    }
  }

  private func automaticMatch(_ root: QueryNode) -> MatchMode {
    let (words, stopWords) = plainWords(root)
    return MatchChoice.automatic(words: words, stopWords: stopWords, isQuestion: words > 2 && isQuestion(root))
  }

  /// How many plain words stand side by side at the top, and how many of them are stop words.
  func plainWords(_ node: QueryNode) -> (words: Int, stopWords: Int) {
    switch node {
    case .word(let word):
      let stream = analyzer.analyze(word.text, language: queryLanguage)
      return (stream.count, stream.words.indices.count { isStopWord(stream, $0) })
    case .clauses(let clauses):
      return clauses.reduce((0, 0)) { sum, clause in
        let own = clause.occurrence == .should ? plainWords(clause.node) : (0, 0)
        return (sum.0 + own.0, sum.1 + own.1)
      }
    default: return (0, 0)
    }
  }

  private func isQuestion(_ node: QueryNode) -> Bool {
    switch node {
    case .word(let word): word.text.last.map { "?？؟՞".contains($0) } ?? false
    case .clauses(let clauses): clauses.contains { $0.occurrence == .should && isQuestion($0.node) }
    default: false
    }
  }

  func isStopWord(_ node: QueryNode) -> Bool {
    guard case .word(let word) = node, word.isPlain else { return false }
    let stream = analyzer.analyze(word.text, language: queryLanguage)
    return !stream.isEmpty && stream.words.indices.allSatisfy { isStopWord(stream, $0) }
  }

  /// "US" and "WHO" are names, "us" and "who" are not.
  func isStopWord(_ stream: WordStream, _ i: Int) -> Bool {
    let folded = stream.folded(i)
    guard analyzer.isStopWord(folded, language: queryLanguage) else { return false }
    let isAllCaps = !stream.words[i].flags.isDisjoint(with: [.allCaps, .acronym])
    return !isAllCaps || registry.actorsNamed(by: folded, isAllCaps: true).isEmpty
  }

  mutating func mark(_ rule: MarkRule, _ context: Context) {
    guard context.marks, context.scope == nil || context.scope == .text else { return }
    if !plan.marks.contains(rule) { plan.marks.append(rule) }
  }

  mutating func warn(_ code: String, _ range: Range<Int>, _ message: String) {
    let warning = QueryWarning(code: code, range: range, message: message, isSyntax: false)
    if !plan.warnings.contains(warning) { plan.warnings.append(warning) }
  }
}
