import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// The seeds' passages with the tags a careful reader gave them.
@Suite(.enabled(if: Shared.folder != nil, "set ARAS_SHARED to the folder with domain/gold.json"))
struct GoldTests {
  struct GoldPassage: Decodable {
    var id: String
    var heading: String?
    var text: String
    var actors: [String]
    var places: [String]
    var topics: [String]
    var opt: [String]
    var opt_actors: [String]
  }

  struct GoldArticle: Decodable {
    var title: String
    var publisher: String?
    var publisher_short: String?
    var passages: [GoldPassage]
  }

  func articles() throws -> [GoldArticle] {
    let folder = try #require(Shared.folder)
    let data = try Data(contentsOf: folder.appending(path: "domain/gold.json"))
    let decoded = try JSONDecoder().decode([String: GoldArticle].self, from: data)
    return decoded.keys.sorted().compactMap { decoded[$0] }
  }

  func tag(_ article: GoldArticle) -> ArticleTags {
    let analyzer = Analyzer()
    return Tagger(registry: Shared.registry).tag(
      title: analyzer.analyze(article.title, language: .english),
      passages: article.passages.map { Shared.passage($0.text, heading: $0.heading, analyzer: analyzer) },
      publishers: [article.publisher, article.publisher_short].compactMap { $0 })
  }

  @Test func `actors and places equal the gold exactly`() throws {
    for article in try articles() {
      let tags = tag(article)
      for (passage, found) in zip(article.passages, tags.passages) {
        let ids = Set(found.mentions.map { Shared.registry.actors[Int($0.actor)].id })
        let expected = Set(passage.actors + passage.places)
        let optional = Set(passage.opt_actors)
        #expect(ids.subtracting(optional) == expected.subtracting(optional), "\(passage.id)")
      }
    }
  }

  @Test func `topics reach an F1 of 0.95`() throws {
    var (right, wrong, missed) = (0, 0, 0)
    for article in try articles() {
      let tags = tag(article)
      for (passage, found) in zip(article.passages, tags.passages) {
        let ids = Set(found.topics.map { Shared.registry.topics[Int($0.topic)].id })
        let expected = Set(passage.topics)
        let extra = ids.subtracting(expected).subtracting(passage.opt)
        let absent = expected.subtracting(ids)
        if !extra.isEmpty || !absent.isEmpty { print(passage.id, "wrong", extra.sorted(), "missed", absent.sorted()) }
        right += ids.intersection(expected).count
        wrong += extra.count
        missed += absent.count
      }
    }
    let f1 = 2 * Double(right) / Double(2 * right + wrong + missed)
    print("topics: right \(right), wrong \(wrong), missed \(missed), F1 \(f1)")
    #expect(f1 >= 0.95)
  }

  /// Passages that carry all of the tags, by the gold's names of passages.
  func passages(with ids: [String]) throws -> [String] {
    try articles().flatMap { article in
      zip(article.passages, tag(article).passages).compactMap { passage, tags in
        let found =
          tags.mentions.map { Shared.registry.actors[Int($0.actor)].id } + tags.topics.map { Shared.registry.topics[Int($0.topic)].id }
        return ids.allSatisfy { found.contains($0) } ? passage.id : nil
      }
    }
  }

  @Test(
    arguments: [
      (["israel", "arms-trade"], ["A8", "A9", "A18"]),
      (["trade"], ["A11", "A12", "A17"]),
      (["military-exercises"], ["A13", "A14", "A15"]),
      (["armenia", "israel"], ["A9", "A18", "A27"]),
      (["turkey"], ["A16", "A17", "A19", "A20"]),
      (["karabakh"], ["A3", "A8", "A24", "B1"]),
      (["nakhchivan"], ["A19"]),
    ] as [([String], [String])])
  func `the domain's queries by tag find their passages`(_ tags: [String], _ expected: [String]) throws {
    #expect(try passages(with: tags) == expected)
  }

  @Test func `tricky sentences have the expected actors`() throws {
    let folder = try #require(Shared.folder)
    let text = try String(contentsOf: folder.appending(path: "domain/ambiguity.tsv"), encoding: .utf8)
    var failures = 0
    for line in text.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      let sentence = String(columns[0])
      let expected = columns.count > 1 ? columns[1].split(separator: " ").map(String.init).sorted() : []
      let language =
        sentence.unicodeScalars.contains { (0x600..<0x700).contains($0.value) }
        ? "fa"
        : sentence.contains("ə") ? "az" : "en"
      let found = Shared.actors(Shared.tag(sentence, language: language))
      if found != expected {
        failures += 1
        print("\(sentence): found \(found), expected \(expected)")
      }
    }
    #expect(failures <= 1)
  }
}
