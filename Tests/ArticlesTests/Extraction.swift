// What the suites of this target share: one article of a text, and checks that hold for every article.
import Testing

@testable import Articles

enum Extraction {
  static func articles(_ text: String, path: String, format: FileFormat? = nil, options: ExtractionOptions = .init()) throws -> [Article] {
    try articles(Array(text.utf8), path: path, format: format, options: options).articles
  }

  static func articles(
    _ bytes: [UInt8], path: String, format: FileFormat? = nil, options: ExtractionOptions = .init()
  ) throws -> (articles: [Article], bad: [BadRecord]) {
    var articles: [Article] = []
    var bad: [BadRecord] = []
    try ArticleExtractor(options: options).extract(bytes, path: path, format: format, badRecord: { bad.append($0) }) { articles.append($0) }
    return (articles, bad)
  }

  static func article(_ text: String, path: String = "note.txt", options: ExtractionOptions = .init()) throws -> Article {
    try #require(try articles(text, path: path, options: options).first)
  }

  static func text(_ passage: Passage) -> String { String(decoding: passage.text, as: UTF8.self) }

  static func body(_ article: Article) -> String { article.passages.map(text).joined(separator: "\n") }

  /// Passages are in order, inside the text, and every byte of them is the article's byte that the map names.
  static func checkOffsets(_ article: Article, _ comment: Comment? = nil) {
    var last = 0
    for passage in article.passages {
      #expect(passage.start >= last && passage.start < passage.end && passage.end <= article.text.count, comment)
      last = passage.end
      #expect(!passage.text.isEmpty, comment)
      #expect(passage.line == 1 + article.text[..<passage.start].count { $0 == 0x0A }, comment)
      var wrong = 0
      var before = passage.start - 1
      for (i, byte) in passage.text.enumerated() {
        let at = passage.offsets.articleOffset(i)
        if at <= before || at >= passage.end || article.text[at] != byte || passage.offsets.cleanedOffset(at) != i { wrong += 1 }
        before = at
      }
      #expect(wrong == 0, comment)
      #expect(String(validating: passage.text, as: UTF8.self) != nil, comment)
    }
    for span in article.removed { #expect(span.start <= span.end && span.end <= article.text.count && span.line >= 1, comment) }
  }
}
