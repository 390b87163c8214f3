// All columns read at once, when an index is opened: from what the database has of each passage, or as they were written to a file.

extension Columns {
  // MARK: Passage by passage

  func has(article: Int) -> Bool { passageCounts[article] > 0 }

  /// Adds what an article has of which nothing is known.
  mutating func add(article: Int, _ own: ArticleColumns) {
    if let days = own.days {
      firstDays[article] = DayRange.shifted(days.first)
      lastDays[article] = DayRange.shifted(days.last)
    }
    if !own.salientActors.isEmpty { salientActors.set(article, own.salientActors) }
    if !own.salientPlaces.isEmpty { salientPlaces.set(article, own.salientPlaces) }
    ofArticles[FacetColumn.kind.rawValue].set(article, CollectionOfOne(own.kind))
    if let source = own.source { ofArticles[FacetColumn.source.rawValue].set(article, CollectionOfOne(source)) }
    if !own.authors.isEmpty { ofArticles[FacetColumn.author.rawValue].set(article, own.authors) }
    if !own.keywords.isEmpty { ofArticles[FacetColumn.keyword.rawValue].set(article, own.keywords) }
    if !own.quality.isEmpty { ofArticles[FacetColumn.quality.rawValue].set(article, own.quality) }
  }

  /// Adds the row of a document that has none, of an article that is known. Its language and its lists come by themselves.
  mutating func add(_ document: UInt32, article: UInt32, number: UInt32, language: UInt32) {
    articleByDocument[Int(document)] = article
    numberByDocument[Int(document)] = number
    ofPassages[FacetColumn.lang.rawValue].set(Int(document), language)
    note(Int(article))
  }

  /// Counts passages of a language that were added.
  mutating func count(_ passages: Int, language: UInt32) { if passages > 0 { passagesByLanguage[language, default: 0] += passages } }

  /// Sets what several passages themselves have in a field.
  mutating func setPassages(_ lists: ListBatch, _ field: FacetColumn) { ofPassages[field.rawValue].set(lists) }

  // MARK: As they were

  /// Columns that say the same are written alike.
  func write(to out: inout ByteWriter) {
    out.number(passageCount)
    out.number(articleCount)
    out.list(passagesByLanguage.sorted { $0.key < $1.key }) { out, language in
      out.number(language.key)
      out.number(language.value)
    }
    for column in [articleByDocument, numberByDocument, firstDays, lastDays, passageCounts] { column.write(to: &out) }
    places.write(to: &out)
    for column in ofPassages { column.write(to: &out) }
    for column in ofArticles + [salientActors, salientPlaces] { column.write(to: &out) }
  }

  /// Whether they say the same.
  func isSame(as other: Columns) -> Bool {
    let written = [self, other].map { columns in
      var out = ByteWriter()
      columns.write(to: &out)
      return out.bytes
    }
    return written[0] == written[1]
  }

  /// Reads what `write` wrote; where it cannot be, the input has failed.
  init(reading input: inout ByteCursor) {
    passageCount = input.number()
    articleCount = input.number()
    for (language, passages) in input.list({ ($0.number(), $0.number()) }) {
      passagesByLanguage[UInt32(truncatingIfNeeded: language)] = passages
    }
    articleByDocument.read(&input)
    numberByDocument.read(&input)
    firstDays.read(&input)
    lastDays.read(&input)
    passageCounts.read(&input)
    places.read(&input)
    for field in ofPassages.indices { ofPassages[field].read(&input) }
    for field in ofArticles.indices { ofArticles[field].read(&input) }
    salientActors.read(&input)
    salientPlaces.read(&input)
  }
}
