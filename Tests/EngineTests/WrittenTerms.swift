// What the database says of the terms of documents, by its postings alone, and whether that is what the articles say.
import Testing
import TextAnalysis
import Xapian

@testable import Engine

enum WrittenTerms {
  /// By document: its terms with their wdf, a line each.
  static func lines(_ database: borrowing Database) throws -> [UInt32: [String]] {
    var lines: [UInt32: [String]] = [:]
    for term in try database.terms() {
      try database.forEachPosting(of: term) { document, wdf in
        lines[document, default: []].append("\(document) \(String(decoding: term, as: UTF8.self)) \(wdf)")
        return .proceed
      }
    }
    return lines
  }

  /// Documents of which what is made of their articles, what their digest says, and what their postings are is not one and the same, and
  /// those that no article knows.
  static func faults(_ index: Index) async throws -> [String] {
    let segments = index.writer.disk.articles.segments
    return try await index.reading { _, snapshot in
      let database = try Database(path: index.path + "/xapian")
      var articles: [String: Set<UInt32>] = [:]
      var ids: [String] = []
      try database.forEachMetadata(prefix: ArticleEntry.keyPrefix) { key, _ in
        ids.append(String(decoding: key.dropFirst(ArticleEntry.keyPrefix.count), as: UTF8.self))
        return .proceed
      }
      for id in ids { articles[id] = Set(try database.postings(of: Term.value(Field.id.valuePrefix, id.utf8))) }
      let documents = try database.postings(of: [])
      let made = try KnownDocuments(analyzer: Analyzer(), segments: segments, dictionary: snapshot.dictionary).made(articles, database)
      let known = Dictionary(uniqueKeysWithValues: made.map { ($0.number, $0.document) })
      return try KnownDocuments.lookedUp(documents, database).compactMap { written in
        let digest = TermDigest(bytes: try database.value(document: written.number, slot: Schema.termsSlot))
        guard let made = known[written.number], made.digest == digest, made.digest == written.document.digest else {
          return "document \(written.number) has other terms than its article says"
        }
        return nil
      }
    }
  }
}
