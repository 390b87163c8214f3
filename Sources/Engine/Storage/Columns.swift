// What counting needs of every passage and every article, in memory, as numbers. Xapian says which passages match; which articles
// these are, and whom they name, is read here. The columns are a value: each commit publishes its own, and a search that began on one
// revision never sees the numbers of another.

/// The columns of one passage, and with them of its article.
struct PassageColumns: Sendable, Equatable {
  var article: UInt32
  var language: UInt32
  var actors: [UInt32]
  var places: [UInt32]
  var topics: [UInt32]
  var ofArticle: ArticleColumns

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.number(article)
    out.number(language)
    for list in [actors, places, topics] { out.list(list) { $0.number($1) } }
    out.number(ofArticle.days == nil ? 0 : 1)
    if let days = ofArticle.days {
      out.signed(days.first)
      out.number(days.last - days.first)
    }
    out.number(ofArticle.kind)
    out.number(ofArticle.source.map { $0 + 1 } ?? 0)
    for list in [ofArticle.authors, ofArticle.keywords, ofArticle.quality] { out.list(list) { $0.number($1) } }
    return out.bytes
  }

  init?(encoded: [UInt8]) {
    var input = ByteReader(encoded)
    func numbers(_ input: inout ByteReader) -> [UInt32] { input.list { UInt32(truncatingIfNeeded: $0.number()) } }
    article = UInt32(truncatingIfNeeded: input.number())
    language = UInt32(truncatingIfNeeded: input.number())
    actors = numbers(&input)
    places = numbers(&input)
    topics = numbers(&input)
    var days: DayRange?
    if input.number() != 0 {
      let first = input.signed()
      days = DayRange(first: first, last: first &+ input.number())
    }
    let kind = UInt32(truncatingIfNeeded: input.number())
    let source = input.number()
    ofArticle = ArticleColumns(
      days: days, kind: kind, source: source == 0 ? nil : UInt32(truncatingIfNeeded: source - 1), authors: numbers(&input),
      keywords: numbers(&input), quality: numbers(&input))
    if input.failed { return nil }
  }

  init(article: UInt32, language: UInt32, actors: [UInt32], places: [UInt32], topics: [UInt32], ofArticle: ArticleColumns) {
    self.article = article
    self.language = language
    self.actors = actors
    self.places = places
    self.topics = topics
    self.ofArticle = ofArticle
  }
}

struct ArticleColumns: Sendable, Equatable {
  var days: DayRange?
  var kind: UInt32
  var source: UInt32?
  var authors: [UInt32]
  var keywords: [UInt32]
  var quality: [UInt32]
}

struct Columns: Sendable {
  /// By document: its article, or `absent`.
  private var articleByDocument: [UInt32] = []
  /// By document: language, then the lists of actors, places and topics, each with its length before it.
  private var passages = RecordPool()
  /// By article: kind, source + 1, first day, last day (both 0 when undated), then authors, keywords, quality.
  private var articles = RecordPool()
  /// By article: how many of its passages are in the index.
  private var passageCounts: [UInt32] = []
  private(set) var passageCount = 0
  /// Articles that have passages.
  private(set) var articleCount = 0
  /// Passages of each language.
  private(set) var passagesByLanguage: [UInt32: Int] = [:]
  /// Room for articles: one more than the highest row in use.
  var articleRows: Int { passageCounts.count }
  /// One more than the highest document in use.
  var documentRows: Int { articleByDocument.count }

  private static let absent = UInt32.max
  private static let dayOrigin = 0x4000_0000

  mutating func set(_ document: UInt32, _ columns: PassageColumns) {
    remove(document)
    var row: [UInt32] = [columns.language]
    for list in [columns.actors, columns.places, columns.topics] {
      row.append(UInt32(list.count))
      row.append(contentsOf: list)
    }
    passages.set(Int(document), row)
    while articleByDocument.count <= Int(document) { articleByDocument.append(Self.absent) }
    articleByDocument[Int(document)] = columns.article
    let article = Int(columns.article)
    while passageCounts.count <= article { passageCounts.append(0) }
    passageCounts[article] += 1
    if passageCounts[article] == 1 { articleCount += 1 }
    passageCount += 1
    passagesByLanguage[columns.language, default: 0] += 1
    let own = columns.ofArticle
    var articleRow: [UInt32] = [
      own.kind, own.source.map { $0 + 1 } ?? 0,
      own.days.map { UInt32(clamping: $0.first + Self.dayOrigin) } ?? 0,
      own.days.map { UInt32(clamping: $0.last + Self.dayOrigin) } ?? 0,
    ]
    for list in [own.authors, own.keywords, own.quality] {
      articleRow.append(UInt32(list.count))
      articleRow.append(contentsOf: list)
    }
    articles.set(article, articleRow)
  }

  mutating func remove(_ document: UInt32) {
    guard let article = article(of: document), let language = passages.withRow(Int(document), { $0[0] }) else { return }
    passages.remove(Int(document))
    articleByDocument[Int(document)] = Self.absent
    passageCount -= 1
    passagesByLanguage[language, default: 1] -= 1
    if passagesByLanguage[language] == 0 { passagesByLanguage[language] = nil }
    passageCounts[Int(article)] -= 1
    if passageCounts[Int(article)] == 0 {
      articleCount -= 1
      articles.remove(Int(article))
    }
  }

  @inline(__always)
  func article(of document: UInt32) -> UInt32? {
    guard Int(document) < articleByDocument.count else { return nil }
    let article = articleByDocument[Int(document)]
    return article == Self.absent ? nil : article
  }

  /// Every document that is there.
  func forEachDocument(_ body: (UInt32) -> Void) {
    for row in articleByDocument.indices where articleByDocument[row] != Self.absent { body(UInt32(row)) }
  }

  /// Every article that has passages, and how many.
  func forEachArticle(_ body: (UInt32, Int) -> Void) {
    for row in passageCounts.indices where passageCounts[row] > 0 { body(UInt32(row), Int(passageCounts[row])) }
  }

  func days(ofArticle article: UInt32) -> DayRange? {
    articles.withRow(Int(article)) {
      $0[2] == 0 ? nil : DayRange(first: Int($0[2]) - Self.dayOrigin, last: Int($0[3]) - Self.dayOrigin)
    } ?? nil
  }

  /// Calls `body` for each value that a passage itself has in a field.
  @inline(__always)
  func forEachValue(ofPassage document: UInt32, _ field: FacetColumn, _ body: (UInt32) -> Void) {
    _ = passages.withRow(Int(document)) { row in
      switch field {
      case .lang: body(row[0])
      case .actor: Self.forEachIn(row, from: 1, list: 0, body)
      case .place: Self.forEachIn(row, from: 1, list: 1, body)
      case .topic: Self.forEachIn(row, from: 1, list: 2, body)
      default: break
      }
    }
  }

  /// Calls `body` for each value that an article itself has in a field.
  func forEachValue(ofArticle article: UInt32, _ field: FacetColumn, _ body: (UInt32) -> Void) {
    _ = articles.withRow(Int(article)) { row in
      switch field {
      case .kind: body(row[0])
      case .source: if row[1] != 0 { body(row[1] - 1) }
      case .author: Self.forEachIn(row, from: 4, list: 0, body)
      case .keyword: Self.forEachIn(row, from: 4, list: 1, body)
      case .quality: Self.forEachIn(row, from: 4, list: 2, body)
      default: break
      }
    }
  }

  @inline(__always)
  private static func forEachIn(_ row: UnsafeBufferPointer<UInt32>, from: Int, list: Int, _ body: (UInt32) -> Void) {
    var at = from
    for _ in 0..<list { at += Int(row[at]) + 1 }
    for i in 0..<Int(row[at]) { body(row[at + 1 + i]) }
  }

  /// Bytes of memory.
  var bytes: Int { passages.bytes + articles.bytes + (articleByDocument.count + passageCounts.count) * 4 }
}
