// What the columns hold of one passage and of its article, and how the database keeps it: as a value of the passage's document.

/// The columns of one passage, and with them of its article.
struct PassageColumns: Sendable, Equatable {
  var article: UInt32
  /// From 1, in reading order.
  var number: UInt32
  var language: UInt32
  var actors: [UInt32]
  var places: [UInt32]
  var topics: [UInt32]
  var ofArticle: ArticleColumns

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.number(article)
    out.number(number)
    out.number(language)
    for list in [actors, places, topics] { out.list(list) { $0.number($1) } }
    out.number(ofArticle.days == nil ? 0 : 1)
    if let days = ofArticle.days {
      out.signed(days.first)
      out.number(days.last - days.first)
    }
    out.number(ofArticle.kind)
    out.number(ofArticle.source.map { $0 + 1 } ?? 0)
    for list in ofArticle.lists { out.list(list) { $0.number($1) } }
    return out.bytes
  }

  init?(encoded: [UInt8]) {
    var input = ByteReader(encoded)
    func numbers(_ input: inout ByteReader<[UInt8]>) -> [UInt32] { input.list { UInt32(truncatingIfNeeded: $0.number()) } }
    article = UInt32(truncatingIfNeeded: input.number())
    number = UInt32(truncatingIfNeeded: input.number())
    language = UInt32(truncatingIfNeeded: input.number())
    actors = numbers(&input)
    places = numbers(&input)
    topics = numbers(&input)
    ofArticle = ArticleColumns(kind: 0, authors: [], keywords: [], quality: [])
    ofArticle.read(&input)
    if input.failed { return nil }
  }

  init(
    article: UInt32, number: UInt32, language: UInt32, actors: [UInt32], places: [UInt32], topics: [UInt32], ofArticle: ArticleColumns
  ) {
    self.article = article
    self.number = number
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
  var salientActors: [UInt32] = []
  var salientPlaces: [UInt32] = []

  /// Reads what stands behind what is the passage's own; arrays keep their room.
  mutating func read<Bytes>(_ input: inout ByteReader<Bytes>) {
    days = nil
    if input.number() != 0 {
      let first = input.signed()
      days = DayRange(first: first, last: first &+ input.number())
    }
    kind = UInt32(truncatingIfNeeded: input.number())
    let number = input.number()
    source = number == 0 ? nil : UInt32(truncatingIfNeeded: number - 1)
    input.numbers(into: &authors)
    input.numbers(into: &keywords)
    input.numbers(into: &quality)
    input.numbers(into: &salientActors)
    input.numbers(into: &salientPlaces)
  }

  fileprivate var lists: [[UInt32]] { [authors, keywords, quality, salientActors, salientPlaces] }
}
