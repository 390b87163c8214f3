// What counting needs of every passage and every article, in memory, as numbers. Xapian says which passages match; which articles
// these are, and whom they name, is read here. The columns are a value: each commit publishes its own, and a search that began on one
// revision never sees the numbers of another.

struct Columns: Sendable {
  /// By document: its article, or `absent`.
  var articleByDocument = PagedNumbers<UInt32>(none: absent)
  /// By document: which passage of its article it is, from 1.
  var numberByDocument = PagedNumbers<UInt32>(none: 0)
  /// By article: its place in the article store, packed.
  var places = PagedNumbers<UInt64>(none: 0)
  /// By field and by document; an actor or place that is salient in its article is marked.
  var ofPassages: [PassageLists] = FacetColumn.allCases.map { _ in PassageLists() }
  /// By field and by article.
  var ofArticles: [PagedLists] = FacetColumn.allCases.map { _ in PagedLists() }
  /// By article: those of its actors and of its places that are salient.
  var salientActors = PagedLists()
  var salientPlaces = PagedLists()
  /// By article: first and last day, shifted; 0 when undated.
  var firstDays = PagedNumbers<UInt32>(none: 0)
  var lastDays = PagedNumbers<UInt32>(none: 0)
  /// By article: how many of its passages are in the index.
  var passageCounts = PagedNumbers<UInt32>(none: 0)
  var passageCount = 0
  /// Articles that have passages.
  var articleCount = 0
  /// Passages of each language.
  var passagesByLanguage: [UInt32: Int] = [:]
  /// Room for articles: one more than the highest row in use.
  var articleRows: Int { passageCounts.rows }
  /// One more than the highest document in use.
  var documentRows: Int { articleByDocument.rows }

  static let absent = UInt32.max
  /// What a value of a passage has where it is salient in the article.
  static let salient: UInt32 = 1 << 31

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

  mutating func note(_ article: Int) {
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

  @inline(__always)
  func article(of document: UInt32) -> UInt32? {
    let article = articleByDocument[Int(document)]
    return article == Self.absent ? nil : article
  }

  /// Calls with the article of each of some documents, or `absent`.
  func withArticles<Result>(of documents: UnsafeBufferPointer<UInt32>, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: documents.count) { articles in
      articleByDocument.copy(documents, to: articles)
      return body(UnsafeBufferPointer(articles))
    }
  }

  /// Calls with every document that is there, and its article.
  @inline(__always)
  func forEachDocument(_ body: (UInt32, UInt32) -> Void) {
    articleByDocument.forEach { document, article in if article != Self.absent { body(UInt32(document), article) } }
  }

  /// Calls with the article of each of some documents, or `absent`.
  @inline(__always)
  func forEachArticle(of documents: DocumentBits, _ body: (UInt32) -> Void) { articleByDocument.forEach(of: documents) { body($1) } }

  /// Which passage of its article a document is, from 1.
  func number(of document: UInt32) -> Int { Int(numberByDocument[Int(document)]) }

  /// Where an article is stored.
  subscript(place article: UInt32) -> ArticlePlace? {
    get { ArticlePlace(packed: places[Int(article)]) }
    set { places[Int(article)] = newValue?.packed ?? 0 }
  }

  /// Every article that is stored, with its place.
  func forEachPlace(_ body: (UInt32, ArticlePlace) -> Void) {
    places.forEach { article, packed in if let place = ArticlePlace(packed: packed) { body(UInt32(article), place) } }
  }

  /// Every document that is there.
  func forEachDocument(_ body: (UInt32) -> Void) {
    articleByDocument.forEach { document, article in if article != Self.absent { body(UInt32(document)) } }
  }

  /// Every article that has passages, and how many.
  func forEachArticle(_ body: (UInt32, Int) -> Void) {
    passageCounts.forEach { article, count in if count > 0 { body(UInt32(article), Int(count)) } }
  }

  func days(ofArticle article: UInt32) -> DayRange? {
    shiftedDays(ofArticle: article).map { DayRange(first: Int($0.first) - DayRange.shift, last: Int($0.last) - DayRange.shift) }
  }

  /// The days of an article as numbers from 0 on (`DayRange.shifted`); nil where it is undated.
  @inline(__always)
  func shiftedDays(ofArticle article: UInt32) -> (first: UInt32, last: UInt32)? {
    let first = firstDays[Int(article)]
    return first == 0 ? nil : (first, lastDays[Int(article)])
  }

  /// The lists of values that passages themselves have in a field; the values of actors and places are marked where they are salient.
  func lists(_ field: FacetColumn) -> PassageLists { ofPassages[field.rawValue] }

  /// Calls with the values that each of some articles itself has in a field, by the index of the article among them.
  @inline(__always)
  func forEachRow(_ field: FacetColumn, of articles: UnsafeBufferPointer<UInt32>, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
    ofArticles[field.rawValue].forEachList(of: articles, body)
  }

  /// Documents whose values in a field, or whose article's where the field is the article's, are wanted.
  func documents(_ field: FacetColumn, where isWanted: (UnsafeBufferPointer<UInt32>) -> Bool) -> DocumentBits {
    guard field.isOfPassage else {
      var wanted = [Bool](repeating: false, count: articleRows)
      ofArticles[field.rawValue].forEachList(below: articleRows) { wanted[$0] = isWanted($1) }
      return documents { wanted[Int($0)] }
    }
    let column = ofPassages[field.rawValue]
    var values: [UInt32] = []
    let wanted = column.pool.withLists { lists in
      (0..<UInt32(lists.count)).map { number in
        values.removeAll(keepingCapacity: true)
        for value in lists[number] { values.append(value & ~Self.salient) }
        return !values.isEmpty && values.withUnsafeBufferPointer(isWanted)
      }
    }
    var documents = DocumentBits(rows: documentRows)
    column.forEach { document, number in if wanted[Int(number)] { documents.insert(UInt32(document)) } }
    return documents
  }

  /// All documents of the articles that any of some documents belongs to.
  func spreadOverArticles(_ documents: DocumentBits) -> DocumentBits {
    var isWanted = [Bool](repeating: false, count: articleRows)
    for document in documents.documents { if let article = article(of: document) { isWanted[Int(article)] = true } }
    return self.documents { isWanted[Int($0)] }
  }

  /// Documents of the articles that are wanted.
  func documents(where isWanted: (UInt32) -> Bool) -> DocumentBits {
    var documents = DocumentBits(rows: documentRows)
    articleByDocument.forEach { document, article in
      if article != Self.absent, isWanted(article) { documents.insert(UInt32(document)) }
    }
    return documents
  }

  /// Calls `body` for each value that a passage itself has in a field.
  func forEachValue(ofPassage document: UInt32, _ field: FacetColumn, _ body: (UInt32) -> Void) {
    let lists = ofPassages[field.rawValue]
    lists.pool.withLists { all in for value in all[lists.number(of: Int(document))] { body(value & ~Self.salient) } }
  }

  /// Puts the actors, or places, that are salient in an article in the place of what `values` had.
  func salientValues(ofArticle article: UInt32, _ field: FacetColumn, into values: inout [UInt32]) {
    values.removeAll(keepingCapacity: true)
    forEachSalientValue(ofArticle: article, field) { values.append($0) }
  }

  /// Calls `body` for each actor, or place, that is salient in an article.
  @inline(__always)
  func forEachSalientValue(ofArticle article: UInt32, _ field: FacetColumn, _ body: (UInt32) -> Void) {
    (field == .actor ? salientActors : salientPlaces).forEach(of: Int(article), body)
  }

  /// Calls `body` for each value that an article itself has in a field.
  func forEachValue(ofArticle article: UInt32, _ field: FacetColumn, _ body: (UInt32) -> Void) {
    ofArticles[field.rawValue].forEach(of: Int(article), body)
  }

  /// Bytes of memory.
  var bytes: Int {
    ofPassages.reduce(0) { $0 + $1.bytes } + (ofArticles + [salientActors, salientPlaces]).reduce(0) { $0 + $1.bytes }
      + articleByDocument.bytes + numberByDocument.bytes
      + places.bytes + passageCounts.bytes + firstDays.bytes + lastDays.bytes
  }
}
