// Which articles a change of the registry can touch: those of which a passage has the words of a changed name or rule, found by their
// posting lists.
import Tagging
import Xapian

/// Passages of an article that a change of the registry can touch.
enum TouchedPassages: Sendable, Equatable {
  case all
  /// Their numbers, from 1.
  case some(Set<Int>)
  /// All, if any of them is given a topic by a trained layer that is another: see `TrainedLook`.
  case ifTrained

  mutating func formUnion(_ other: TouchedPassages) {
    switch (self, other) {
    case (.some(let own), .some(let others)): self = .some(own.union(others))
    case (.ifTrained, .ifTrained): break
    default: self = .all
    }
  }
}

/// An article that a change of the registry can touch.
struct TouchedArticle: Sendable, Equatable {
  /// Its row in the columns.
  var ordinal: UInt32
  var passages = TouchedPassages.all
  /// One of its passages; 0 where none is known.
  var document: UInt32 = 0
}

struct TouchedArticles {
  let view: DatabaseView
  let columns: Columns
  /// Whether the index has passages in whose language endings are stripped.
  let hasStrippedLanguages: Bool
  let change: TagChange
  private var known: [SoughtForm: [Term]] = [:]
  /// The article whose title was read last.
  private var titled: (article: UInt32?, title: String?) = (nil, nil)

  /// A term of the index, with the number of its documents.
  private struct Term {
    var bytes: [UInt8]
    var frequency: UInt32
  }

  init(view: DatabaseView, snapshot: Snapshot, change: TagChange) {
    self.view = view
    columns = snapshot.columns
    self.change = change
    let stripped = Set(TagChange.strippedLanguages)
    hasStrippedLanguages = snapshot.languages.contains { stripped.contains($0.rawValue) }
  }

  /// In the order of their documents.
  mutating func articles() throws -> [TouchedArticle] {
    var documents: Set<UInt32> = []
    for trace in change.traces {
      if trace.languages.isEmpty || hasStrippedLanguages { documents.formUnion(try self.documents(of: trace)) }
    }
    for topic in change.trained { documents.formUnion(try view.postings(of: Engine.Term.entity(.topic, topic))) }
    try view.check()
    var places: [UInt32: Int] = [:]
    var articles: [TouchedArticle] = []
    for document in documents.sorted() {
      guard let ordinal = columns.article(of: document) else { continue }
      let passages = TouchedPassages.some([columns.number(of: document)])
      if let place = places[ordinal] {
        articles[place].passages.formUnion(passages)
      } else {
        places[ordinal] = articles.count
        articles.append(TouchedArticle(ordinal: ordinal, passages: passages, document: document))
      }
    }
    return articles
  }

  /// Documents that have one of the forms of each word: a name stands within a passage, its heading or its title, whose words are all
  /// the passage's.
  private mutating func documents(of trace: Trace) throws -> [UInt32] {
    var words: [[Term]] = []
    for forms in trace.words { words.append(forms.flatMap { terms(of: $0) }) }
    if !trace.languages.isEmpty {
      words.append(trace.languages.map { language in term(Engine.Term.value(Field.lang.valuePrefix, language.utf8)) })
    }
    words.sort { Self.frequency($0) < Self.frequency($1) }
    guard let rarest = words.first, Self.frequency(rarest) > 0 else { return [] }
    var documents = try union(rarest) { try view.postings(of: $0) }
    for word in words.dropFirst() where !documents.isEmpty {
      documents = try union(word) { term in try view.postings(of: term, among: documents).map(\.document) }
    }
    if let word = trace.capital, let look = CapitalLook(forms: trace.words[word]) {
      return documents.filter { mayStand(look, in: $0) }
    }
    return documents
  }

  /// Whether a word may stand with a capital in a passage, its heading or the title of its article.
  private mutating func mayStand(_ look: CapitalLook, in document: UInt32) -> Bool {
    guard let (_, heading, text) = view.passageText(document) else { return true }
    if text.withUnsafeBufferPointer({ look.mayStand(in: $0) }) { return true }
    if let heading, look.mayStand(inText: heading) { return true }
    guard let article = columns.article(of: document) else { return true }
    if article != titled.article {
      guard let record = try? view.articleRecord(of: document) else { return true }
      titled = (article, record.title)
    }
    return titled.title.map { look.mayStand(inText: $0) } ?? false
  }

  private static func frequency(_ terms: [Term]) -> UInt64 { terms.reduce(0) { $0 + UInt64($1.frequency) } }

  private func union(_ terms: [Term], _ postings: ([UInt8]) throws -> [UInt32]) throws -> [UInt32] {
    let lists = try terms.filter { $0.frequency > 0 }.map { try postings($0.bytes) }
    if lists.count == 1 { return lists[0] }
    return Set(lists.joined()).sorted()
  }

  private func term(_ bytes: [UInt8]) -> Term { Term(bytes: bytes, frequency: view.frequency(bytes)) }

  /// The terms of a form in the index: written so, or folded to it.
  private mutating func terms(of sought: SoughtForm) -> [Term] {
    if let terms = known[sought] { return terms }
    var terms: [Term] = []
    for prefix in [Schema.exactPrefix, Schema.foldedPrefix] {
      let bytes = Array(prefix.utf8) + sought.form
      switch sought.extent {
      case .withEndings where hasStrippedLanguages:
        view.forEachTerm(beginning: bytes) { found, frequency in
          if change.isEnding(UnsafeBufferPointer(rebasing: found[bytes.count...])) {
            terms.append(Term(bytes: Array(found), frequency: frequency))
          }
        }
      case .whole, .withEndings: terms.append(term(bytes))
      case .beginning:
        view.forEachTerm(beginning: bytes) { found, frequency in terms.append(Term(bytes: Array(found), frequency: frequency)) }
      }
    }
    known[sought] = terms
    return terms
  }
}

extension CapitalLook {
  fileprivate func mayStand(inText text: String) -> Bool { Array(text.utf8).withUnsafeBufferPointer { mayStand(in: $0) } }
}
