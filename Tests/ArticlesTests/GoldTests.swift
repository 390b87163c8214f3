// The two seeds, line by line, against the hand-made gold. The texts stay outside of the repository.
import Foundation
import Testing

@testable import Articles

@Suite("ArticleExtractor on the gold articles")
struct GoldTests {
  struct Gold: Decodable {
    struct Line: Decodable {
      var line: Int
      var text: String
    }
    struct Passage: Decodable {
      var line: Int
      var heading: String?
      var words: Int
      var text: String
    }
    var file: String
    var title: String
    var author: String?
    var publisher: String?
    var publisher_short: String?
    var published: String?
    var language: String
    var keywords: [String]
    var headings: [Line]
    var boilerplate_lines: [Int]
    var boilerplate_spans: [Line]?
    var markers_removed: [String: Int]?
    var passages: [Passage]
  }

  static let shared = ProcessInfo.processInfo.environment["ARAS_SHARED"]

  static func gold() throws -> [String: Gold] {
    let folder = try #require(shared)
    return try JSONDecoder().decode([String: Gold].self, from: Data(contentsOf: URL(filePath: folder + "/domain/gold.json")))
  }

  @Test("Both seeds come out exactly as the gold says", .enabled(if: shared != nil, "needs ARAS_SHARED"), arguments: ["A", "B"])
  func seed(_ name: String) throws {
    let gold = try #require(try Self.gold()[name])
    let folder = try #require(Self.shared)
    let bytes = Array(try Data(contentsOf: URL(filePath: folder + "/seeds/" + gold.file)))
    var articles: [Article] = []
    try ArticleExtractor().extract(bytes, path: "seeds/" + gold.file, format: nil) { articles.append($0) }
    let article = try #require(articles.first)
    #expect(articles.count == 1)
    #expect(article.title == gold.title)
    #expect(article.authors == (gold.author.map { [$0] } ?? []))
    #expect(article.publisher == gold.publisher)
    #expect(article.publisherShort == gold.publisher_short)
    #expect(article.date?.isoString == gold.published)
    #expect(article.date?.precision == gold.published.map { _ in .day })
    #expect(article.keywords == gold.keywords)
    #expect(article.language.rawValue == gold.language)
    #expect(article.text == bytes)
    var headings: [String] = []
    for passage in article.passages {
      if let heading = passage.heading, headings.last != heading { headings.append(heading) }
    }
    #expect(headings == gold.headings.map(\.text))
    #expect(article.passages.map(\.line) == gold.passages.map(\.line))
    for (passage, expected) in zip(article.passages, gold.passages) {
      #expect(String(decoding: passage.text, as: UTF8.self) == expected.text)
      #expect(passage.heading == expected.heading)
    }
    let removedLines = article.removed.filter { $0.label != "marker" && $0.label != "call-to-action" }.map(\.line)
    #expect(removedLines == gold.boilerplate_lines)
    let spans = article.removed.filter { $0.label == "call-to-action" }
    #expect(spans.map(\.line) == (gold.boilerplate_spans ?? []).map(\.line))
    #expect(spans.map { String(decoding: article.text[$0.start..<$0.end], as: UTF8.self) } == (gold.boilerplate_spans ?? []).map(\.text))
    #expect(article.markers == (gold.markers_removed ?? [:]))
    let flags = name == "A" ? ["markers", "no-author", "no-date", "persona", "prompt-artefact", "teasers", "unattributed-quotes"] : []
    #expect(article.quality == flags)
    if name == "B" {
      #expect(article.sources.contains { $0.field == "series" && $0.value == "Policy Brief #53" })
      #expect(article.sources.contains { $0.field == "alternate" && $0.value.hasPrefix("az: ") })
      #expect(article.sources.contains { $0.field == "partner" && $0.value.hasPrefix("Heinrich Boell") })
    }
  }
}
