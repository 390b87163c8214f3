// What counting needs of every passage and every article, in memory, as numbers. Xapian says which passages match; which articles
// these are, and whom they name, is read here. The columns are a value: each commit publishes its own, and a search that began on one
// revision never sees the numbers of another.

struct Columns: Sendable {
  /// By document: its article, or `absent`.
  private(set) var articleByDocument = PagedNumbers<UInt32>(none: absent)
  /// By document: which passage of its article it is, from 1.
  private(set) var numberByDocument = PagedNumbers<UInt32>(none: 0)
  /// By article: its place in the article store, packed.
  private(set) var places = PagedNumbers<UInt64>(none: 0)
  /// By field and by document; an actor or place that is salient in its article is marked.
  private(set) var ofPassages: [PassageLists] = FacetColumn.allCases.map { _ in PassageLists() }
  /// By field and by article.
  private(set) var ofArticles: [PagedLists] = FacetColumn.allCases.map { _ in PagedLists() }
  /// By article: those of its actors and of its places that are salient.
  private(set) var salientActors = PagedLists()
  private(set) var salientPlaces = PagedLists()
  /// By article: first and last day, shifted; 0 when undated.
  private(set) var firstDays = PagedNumbers<UInt32>(none: 0)
  private(set) var lastDays = PagedNumbers<UInt32>(none: 0)
  /// By article: how many of its passages are in the index.
  private(set) var passageCounts = PagedNumbers<UInt32>(none: 0)
  private(set) var passageCount = 0
  /// Articles that have passages.
  private(set) var articleCount = 0
  /// Passages of each language.
  private(set) var passagesByLanguage: [UInt32: Int] = [:]
  /// Room for articles: one more than the highest row in use.
  var articleRows: Int { passageCounts.rows }
  /// One more than the highest document in use.
  var documentRows: Int { articleByDocument.rows }

  static let absent = UInt32.max
  /// What a value of a passage has where it is salient in the article.
  static let salient: UInt32 = 1 << 31

  init() {}

  mutating func set(_ document: UInt32, _ columns: PassageColumns) {
    remove(document)
    let row = Int(document)
    articleByDocument[row] = columns.article
    numberByDocument[row] = columns.number
    setPassage(row, .lang, [columns.language])
    setPassage(row, .actor, Self.marked(columns.actors, salient: columns.ofArticle.salientActors))
    setPassage(row, .place, Self.marked(columns.places, salient: columns.ofArticle.salientPlaces))
    setPassage(row, .topic, columns.topics)
    let article = Int(columns.article)
    note(article, language: columns.language)
    set(article: article, columns.ofArticle)
  }

  /// Sets what the passage of a document that is there names and is about.
  mutating func set(_ document: UInt32, actors: [UInt32], places: [UInt32], topics: [UInt32]) {
    set(document, .actor, actors)
    set(document, .place, places)
    setPassage(Int(document), .topic, topics)
  }

  /// Marks what is salient in its article in the passage of a document that is there.
  mutating func mark(_ document: UInt32) {
    for field in [FacetColumn.actor, .place] {
      var values: [UInt32] = []
      forEachValue(ofPassage: document, field) { values.append($0) }
      if !values.isEmpty { set(document, field, values) }
    }
  }

  /// - Parameter field: `.actor` or `.place`.
  private mutating func set(_ document: UInt32, _ field: FacetColumn, _ values: [UInt32]) {
    var salient: [UInt32] = []
    if !values.isEmpty, let article = article(of: document) { salientValues(ofArticle: article, field, into: &salient) }
    setPassage(Int(document), field, Self.marked(values, salient: salient))
  }

  /// Counts a passage.
  private mutating func note(_ article: Int, language: UInt32) {
    passagesByLanguage[language, default: 0] += 1
    note(article)
  }

  private mutating func note(_ article: Int) {
    passageCount += 1
    passageCounts[article] += 1
    if passageCounts[article] == 1 { articleCount += 1 }
  }

  /// Sets what an article has itself. Where it has other salient actors or places its passages are to be marked anew.
  mutating func set(article: UInt32, _ own: ArticleColumns) { set(article: Int(article), own) }

  private mutating func set(article: Int, _ own: ArticleColumns) {
    firstDays[article] = own.days.map { DayRange.shifted($0.first) } ?? 0
    lastDays[article] = own.days.map { DayRange.shifted($0.last) } ?? 0
    setSalient(article, actors: own.salientActors, places: own.salientPlaces)
    setArticle(article, .kind, [own.kind])
    setArticle(article, .source, own.source.map { [$0] } ?? [])
    setArticle(article, .author, own.authors)
    setArticle(article, .keyword, own.keywords)
    setArticle(article, .quality, own.quality)
  }

  mutating func setPassage(_ row: Int, _ field: FacetColumn, _ list: [UInt32]) { ofPassages[field.rawValue].set(row, list) }

  private static func marked(_ values: [UInt32], salient: [UInt32]) -> [UInt32] {
    salient.isEmpty ? values : values.map { salient.contains($0) ? $0 | Self.salient : $0 }
  }

  private mutating func setArticle(_ row: Int, _ field: FacetColumn, _ list: [UInt32]) {
    // Every passage says what its article has: mostly what is there already.
    if !ofArticles[field.rawValue].has(list, at: row) { ofArticles[field.rawValue].set(row, list) }
  }

  private mutating func setSalient(_ row: Int, actors: [UInt32], places: [UInt32]) {
    var known: [UInt32] = []
    salientValues(ofArticle: UInt32(row), .actor, into: &known)
    if known != actors { salientActors.set(row, actors) }
    salientValues(ofArticle: UInt32(row), .place, into: &known)
    if known != places { salientPlaces.set(row, places) }
  }

  mutating func remove(_ document: UInt32) {
    guard let article = article(of: document).map({ Int($0) }) else { return }
    let row = Int(document)
    forEachValue(ofPassage: document, .lang) { language in
      passagesByLanguage[language, default: 1] -= 1
      if passagesByLanguage[language] == 0 { passagesByLanguage[language] = nil }
    }
    for field in FacetColumn.allCases where field.isOfPassage { setPassage(row, field, []) }
    articleByDocument[row] = Self.absent
    numberByDocument[row] = 0
    passageCount -= 1
    passageCounts[article] -= 1
    if passageCounts[article] == 0 {
      articleCount -= 1
      firstDays[article] = 0
      lastDays[article] = 0
      setSalient(article, actors: [], places: [])
      for field in FacetColumn.allCases where !field.isOfPassage { setArticle(article, field, []) }
    }
  }

  /// Where an article is stored.
  subscript(place article: UInt32) -> ArticlePlace? {
    get { ArticlePlace(packed: places[Int(article)]) }
    set { places[Int(article)] = newValue?.packed ?? 0 }
  }

  // MARK: All of an index, passage by passage

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

  // MARK: All of an index, as they were written

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
