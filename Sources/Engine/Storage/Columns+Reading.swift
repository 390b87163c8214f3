// What is asked of the columns: passages and articles by number, the values that they have, and who has a value.

extension Columns {
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

  func has(article: Int) -> Bool { passageCounts[article] > 0 }

  /// Whether they say the same.
  func isSame(as other: Columns) -> Bool {
    let written = [self, other].map { columns in
      var out = ByteWriter()
      columns.write(to: &out)
      return out.bytes
    }
    return written[0] == written[1]
  }
}
