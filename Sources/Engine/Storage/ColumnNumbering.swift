// From the values of an article and of its passages to the numbers that the columns hold.

/// Gives a value its number; nil for one that has none and gets none.
typealias ValueNumbering = (_ value: String, _ field: FacetColumn) throws -> UInt32?

extension ArticleColumns {
  /// In the place of a value without a number: no value ever has it, and no filter asks for it.
  static let unnumbered = Columns.salient - 1

  /// - Parameter places: ids of those of its actors that are places.
  init(_ record: ArticleRecord, places: Set<String>, number: ValueNumbering) rethrows {
    func salient(_ field: FacetColumn) throws -> [UInt32] {
      try record.actors.filter { $0.salient && places.contains($0.id) == (field == .place) }.compactMap { try number($0.id, field) }
        .sorted()
    }
    self.init(
      days: record.date.flatMap { DayRange(iso: $0) }, kind: try number(record.kind, .kind) ?? Self.unnumbered,
      source: try record.source.flatMap { try number($0, .source) }, authors: try record.authors.compactMap { try number($0, .author) },
      keywords: try record.keywords.compactMap { try number($0, .keyword) },
      quality: try record.quality.compactMap { try number($0, .quality) }, salientActors: try salient(.actor),
      salientPlaces: try salient(.place))
  }
}

extension PassageColumns {
  /// - Parameter place: which of the article's passages it is, from 1.
  init(_ passage: PreparedPassage, _ place: Int, article: UInt32, ofArticle: ArticleColumns, number: ValueNumbering) rethrows {
    self.init(
      article: article, number: UInt32(place), language: try number(passage.language, .lang) ?? ArticleColumns.unnumbered,
      actors: try passage.actors.compactMap { try number($0, .actor) }, places: try passage.places.compactMap { try number($0, .place) },
      topics: try passage.topics.compactMap { try number($0, .topic) }, ofArticle: ofArticle)
  }
}

extension PassageColumns {
  /// The row of a document; nil where there is none.
  init?(of document: UInt32, in columns: Columns) {
    guard let article = columns.article(of: document) else { return nil }
    func ofPassage(_ field: FacetColumn) -> [UInt32] {
      var values: [UInt32] = []
      columns.forEachValue(ofPassage: document, field) { values.append($0) }
      return values
    }
    self.init(
      article: article, number: UInt32(columns.number(of: document)), language: ofPassage(.lang).first ?? ArticleColumns.unnumbered,
      actors: ofPassage(.actor), places: ofPassage(.place), topics: ofPassage(.topic), ofArticle: ArticleColumns(of: article, in: columns))
  }
}

extension ArticleColumns {
  init(of article: UInt32, in columns: Columns) {
    func values(_ field: FacetColumn) -> [UInt32] {
      var values: [UInt32] = []
      columns.forEachValue(ofArticle: article, field) { values.append($0) }
      return values
    }
    self.init(
      days: columns.days(ofArticle: article), kind: values(.kind).first ?? Self.unnumbered, source: values(.source).first,
      authors: values(.author), keywords: values(.keyword), quality: values(.quality))
    columns.salientValues(ofArticle: article, .actor, into: &salientActors)
    columns.salientValues(ofArticle: article, .place, into: &salientPlaces)
  }
}
