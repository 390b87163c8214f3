// The article or passage that others are to be like, read back from the index and analysed as it was when it was indexed.
import ArasAPI
import TextAnalysis

struct SimilarSource {
  let record: ArticleRecord
  /// Row of the article in the columns.
  let ordinal: UInt32
  /// All passages of the article, in reading order.
  let passages: [PassageRecord]
  /// By passage: its words.
  let words: [WordStream]
  /// Indices of the passages that were asked for: one, or all of them.
  let asked: Range<Int>

  var isPassage: Bool { asked.count == 1 && passages.count > 1 }

  /// - Parameter id: of an article, or of a passage (`<article>#<n>`).
  /// - Throws: `not_found` where there is no such article or passage.
  init(id: String, view: DatabaseView, analyzer: Analyzer) throws {
    let parts = id.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let entry = try view.entry(String(parts[0])), let stored = try view.article(entry) else {
      throw APIError.notFound("there is no article \"\(parts[0])\"; ids are those that a search shows")
    }
    if parts.count == 2 {
      guard let number = Int(parts[1]), let index = stored.passages.firstIndex(where: { $0.number == number }) else {
        throw APIError.notFound("article \"\(parts[0])\" has no passage \(parts[1]); it has \(stored.passages.count)")
      }
      asked = index..<(index + 1)
    } else {
      asked = 0..<stored.passages.count
    }
    record = stored.record
    ordinal = entry.ordinal
    passages = stored.passages
    words = stored.passages.map { analyzer.analyze($0.text, language: Language(rawValue: $0.language)) }
  }
}
