import Foundation
import Testing

@testable import ArasAPI
@testable import Client

/// The seed queries S1–S34 that can be answered so far, through the socket of the built daemon. S29 waits for quotations and S34 for the
/// recognition of copies.
@Suite(.serialized, .enabled(if: Shared.isThere, "set ARAS_SHARED to the folder that holds the seeds"))
struct SeedQueryTests {
  static let articles = ["A": "000_e2d97f257c31e5c4.txt", "B": "004_113862952347dbc4.txt"]
  static let all = (1...28).map { "A\($0)" } + (1...3).map { "B\($0)" }

  private func names(_ result: SearchResult) -> [String] {
    result.hits.flatMap { hit in
      hit.passages.map { passage in
        let article = Self.articles.first { hit.article.path.hasSuffix($0.value) }?.key ?? "?"
        return article + (passage.id.split(separator: "#").last ?? "")
      }
    }
  }

  static let exact: [(id: String, query: String, passages: [String])] = [
    ("S1", "*", all),
    ("S3", "\"Zangezur Corridor\"", ["A19", "A20", "A27", "B1"]),
    ("S5", "actor:turkey", ["A16", "A17", "A19", "A20"]),
    ("S6", "actor:armenia actor:israel", ["A9", "A18", "A27"]),
    ("S7", "actor:israel topic:arms-trade", ["A8", "A9", "A18"]),
    ("S8", "actor:ilham-aliyev", ["A22"]),
    ("S9", "actor:irgc", ["A13"]), ("S9", "IRGC", ["A13"]),
    ("S11", "actor:mohammad-bagheri actor:armen-grigoryan", ["A16"]),
    ("S12", "actor:nasser-kanani", ["A24"]),
    ("S14", "topic:trade", ["A11", "A12", "A17"]),
    ("S17", "topic:separatism", ["A5", "A21", "A22", "A27"]),
    ("S17", "separatist", ["A3", "A5", "A21", "A24", "A27"]),
    ("S18", "\"war games\"", ["A13", "A14"]),
    ("S19", "topic:military-exercises", ["A13", "A14", "A15"]),
    ("S20", "\"Second Karabakh War\"", ["A8", "B1"]),
    ("S21", "place:karabakh", ["A3", "A8", "A24", "B1"]),
    ("S22", "actor:russia", ["B1", "B2", "B3"]), ("S22", "russia", ["B1", "B2", "B3"]), ("S22", "=russia", ["B2", "B3"]),
    ("S23", "date:2023-09", ["B1", "B2", "B3"]), ("S23", "date:2023-05", []),
    ("S24", "author:\"Rovshan Mammadli\"", ["B1", "B2", "B3"]), ("S24", "author:\"Angeline Medhurst\"", []),
    ("S25", "source:gip", ["B1", "B2", "B3"]), ("S25", "publisher:\"Georgian Institute of Politics\"", ["B1", "B2", "B3"]),
    ("S26", "\"Data Ref\"", []), ("S26", "crack", []), ("S26", "worksheets", []), ("S26", "zrutherford", []), ("S26", "Blanditiis", []),
    ("S26", "tiktok", []), ("S26", "\"comments below\"", []), ("S26", "\"Photo Credit\"", []), ("S26", "\"sole responsibility\"", []),
    ("S27", "ایران", all), ("S27", "Иран", all), ("S27", "İran", all), ("S27", "Իրան", all), ("S27", "ირანი", all),
    ("S27", "איראן", all), ("S27", "إيران", all),
    ("S28", "Nakhchivan", ["A19"]),
    ("S30", "\"territorial integrity\"", ["A16", "A21", "A24", "A27"]),
    ("S31", "tehran", ["A4", "A9", "A19", "A21", "A22", "A25", "A26"]), ("S31", "actor:iran", all),
  ]

  static let first: [(id: String, query: String, passages: [String])] = [
    ("S4", "why does Iran oppose the Zangezur corridor", ["A19", "A20"]),
    ("S10", "Iranian president visit to Baku", ["A23"]),
    ("S13", "Azerbaijan Iran trade figures 2021", ["A11"]),
    ("S15", "attack on Azerbaijani embassy in Tehran", ["A25", "A26"]),
    ("S16", "how many ethnic Azeris live in Iran", ["A21"]),
  ]

  @Test func seedQueries() async throws {
    try await onThread {
      let daemon = try RunningDaemon(seeds: Shared.seeds)
      try daemon.start()
      let client = try daemon.ready()
      for (id, query, expected) in Self.exact {
        let result = try client.search(query) {
          $0.group = .passage
          $0.limit = 100
        }
        #expect(Set(names(result)) == Set(expected), "\(id): \(query)")
        #expect(result.total.passages == expected.count, "\(id): \(query)")
      }
      for (id, query, expected) in Self.first {
        let result = try client.search(query) { $0.group = .passage }
        #expect(Set(names(result).prefix(expected.count)) == Set(expected), "\(id): \(query): \(names(result))")
      }
      try checkFacets(client)
      try checkZangezur(client)
      #expect(try daemon.stop() == 0)
    }
  }

  private func counts(_ result: SearchResult, _ field: ArasAPI.FacetField) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: result.facets[field]?.values.map { ($0.id, $0.count) } ?? [])
  }

  /// S1, S2, S32, S33.
  private func checkFacets(_ client: DaemonClient) throws {
    let everything = try client.search("*") {
      $0.facetUnit = .passage
      $0.limit = 0
      $0.facets = [FacetSpec(.actor, limit: 100), FacetSpec(.topic, limit: 100), FacetSpec(.keyword, limit: 100)]
    }
    #expect(everything.total == Total(articles: 2, passages: 31))
    let actors = counts(everything, .actor)
    let expected = [
      "iran": 31, "azerbaijan": 31, "armenia": 8, "israel": 8, "azerbaijanis-iran": 4, "turkey": 4, "russia": 3, "ukraine": 2,
      "soviet-union": 1, "irgc": 1, "iran-mfa": 1, "ilham-aliyev": 1, "masoud-pezeshkian": 1, "mohammad-bagheri": 1, "nasser-kanani": 1,
      "armen-grigoryan": 1,
    ]
    for (id, count) in expected { #expect(actors[id] == count, "\(id)") }
    // The gold marks these two as neither required nor wrong.
    #expect(Set(actors.keys).subtracting(expected.keys).isSubset(of: ["armenia-security-council", "iran-armed-forces"]))
    try checkTopics(client, counts(everything, .topic))
    #expect(
      counts(everything, .keyword).keys.sorted() == [
        "Armenia", "Azerbaijan", "Iran", "Israel", "Karabakh War", "Russia", "Ukraine", "Zangezur Corridor",
      ])
    let beside = counts(
      try client.search("actor:israel") {
        $0.facetUnit = .passage
        $0.limit = 0
      }, .actor)
    #expect(beside["armenia"] == 3 && beside["azerbaijanis-iran"] == 1 && beside["russia"] == 1 && beside["iran"] == 8)
  }

  /// S2: the topics of every passage against the gold, where optional ones are neither required nor wrong; and the facet counts them.
  private func checkTopics(_ client: DaemonClient, _ facet: [String: Int]) throws {
    let file = try #require(Shared.folder).appendingPathComponent("domain/gold.json")
    let gold = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]])
    let hits = try client.search("*") {
      $0.group = .passage
      $0.limit = 100
    }.hits
    var (right, wrong, missed) = (0, 0, 0)
    var counted: [String: Int] = [:]
    for (article, name) in Self.articles {
      for passage in try #require(gold[article]?["passages"] as? [[String: Any]]) {
        let number = try #require(passage["no"] as? Int)
        let required = Set(try #require(passage["topics"] as? [String]))
        let optional = Set(passage["opt"] as? [String] ?? [])
        let hit = hits.first { $0.article.path.hasSuffix(name) && $0.passages.first?.id.hasSuffix("#\(number)") == true }
        let found = Set(try #require(hit?.passages.first).topics)
        for topic in found { counted[topic, default: 0] += 1 }
        right += found.intersection(required).count
        missed += required.subtracting(found).count
        wrong += found.subtracting(required).subtracting(optional).count
      }
    }
    #expect(Double(2 * right) / Double(2 * right + wrong + missed) >= 0.95, "right \(right), wrong \(wrong), missed \(missed)")
    #expect(facet == counted)
  }

  /// S3 in two articles, S4's snippet, and marks that are exact to the byte.
  private func checkZangezur(_ client: DaemonClient) throws {
    let result = try client.search("\"Zangezur Corridor\"")
    #expect(result.total == Total(articles: 2, passages: 4))
    for snippet in result.hits.flatMap({ $0.passages.flatMap(\.snippets) }) {
      let bytes = Array(snippet.text.utf8)
      let marked = snippet.marks.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self).lowercased() }
      #expect(!marked.isEmpty && marked.count % 2 == 0, "\(snippet.text)")
      for pair in stride(from: 0, to: marked.count - 1, by: 2) {
        #expect(marked[pair] == "zangezur" && marked[pair + 1].hasPrefix("corridor"), "\(marked)")
      }
    }
    let question = try client.search("why does Iran oppose the Zangezur corridor")
    let texts = question.hits.flatMap { $0.passages.flatMap { $0.snippets.map(\.text) } }
    #expect(texts.contains { $0.contains("eliminate Turkish reliance on Iran for transit") })
  }
}
