// Makes anew what documents have in the database, for the writer that changes them: nobody keeps lists of their terms. An article is stored
// with everything that its terms come from. Of each document the database has a digest of its terms, so that what is made anew is known to be
// what was written; where it is not, the postings are looked through for the document, which takes long and is always right.
import Tagging
import TextAnalysis
import Xapian

struct KnownDocuments {
  let analyzer: Analyzer
  let segments: ArticleSegments
  let dictionary: FacetDictionary

  /// - Parameters:
  ///   - changed: documents by their article.
  ///   - database: as it was last committed.
  /// - Returns: those documents, ascending.
  func documents(
    _ changed: [String: Set<UInt32>], _ database: borrowing Database
  ) throws(XapianError) -> [DatabaseChanger.Known] {
    var known = try made(changed, database)
    let found = Set(known.lazy.map(\.number))
    let others = changed.values.joined().filter { !found.contains($0) }
    if !others.isEmpty { known += try Self.lookedUp(others.sorted(), database) }
    return known.sorted { $0.number < $1.number }
  }

  /// Those of which the articles say what the database has.
  func made(_ changed: [String: Set<UInt32>], _ database: borrowing Database) throws(XapianError) -> [DatabaseChanger.Known] {
    var known: [DatabaseChanger.Known] = []
    for (id, documents) in changed {
      if let article = try article(id, database) { try add(documents, of: article, id, database, to: &known) }
    }
    return known
  }

  /// As it was committed.
  private func article(_ id: String, _ database: borrowing Database) throws(XapianError) -> StoredArticle? {
    guard let entry = ArticleEntry(encoded: try database.metadata(ArticleEntry.key(id))) else { return nil }
    return segments.read(entry.place) { StoredArticle($0, withPlaces: false) }
  }

  /// Adds those documents that are what the article says.
  private func add(
    _ documents: Set<UInt32>, of article: StoredArticle, _ id: String, _ database: borrowing Database,
    to known: inout [DatabaseChanger.Known]
  ) throws(XapianError) {
    let shared = PassageTerms.ofArticle(article.record, analyzer: analyzer)
    let title = article.record.title.map {
      TitleWords(analyzer.analyze($0, language: Language(rawValue: article.record.language)))
    }
    let salient = article.record.actors.filter(\.salient).map(\.id)
    let numbers = try database.postings(of: Term.value(Field.id.valuePrefix, id.utf8))
    for (number, passage) in zip(numbers, article.passages) where documents.contains(number) {
      let columns = try database.value(document: number, slot: Schema.columnsSlot)
      guard let row = PassageColumns(encoded: columns) else { continue }
      let language = Language(rawValue: passage.language)
      let tags = StoredTags(
        record: passage, places: Set(row.places.map { dictionary.value($0, in: .place) }), salient: salient)
      let document = shared.document(
        body: analyzer.analyze(passage.text, language: language),
        heading: passage.heading.map { TitleWords(analyzer.analyze($0, language: language)) }, title: title, tags: TagTerms(tags),
        passage: passage)
      var laidOut = try LaidOutDocument(document)
      let digest = try database.value(document: number, slot: Schema.termsSlot)
      guard laidOut.digest.bytes == digest else { continue }
      laidOut.setValue(slot: Schema.columnsSlot, columns)
      laidOut.setValue(slot: Schema.termsSlot, digest)
      known.append(DatabaseChanger.Known(number: number, document: laidOut))
    }
  }

  /// Looks through all postings for documents, which ascend.
  static func lookedUp(_ numbers: [UInt32], _ database: borrowing Database) throws(XapianError) -> [DatabaseChanger.Known] {
    var documents = [Document](repeating: Document(), count: numbers.count)
    for term in try database.terms() {
      try database.forEachPosting(of: term, among: numbers) { index, wdf in
        documents[index].addTerm(term, wdf: wdf)
        return .proceed
      }
    }
    var known: [DatabaseChanger.Known] = []
    for (number, document) in zip(numbers, documents) {
      var laidOut = try LaidOutDocument(document)
      for slot in Schema.slots { laidOut.setValue(slot: slot, try database.value(document: number, slot: slot)) }
      known.append(DatabaseChanger.Known(number: number, document: laidOut))
    }
    return known
  }
}
