import ArasAPI
import Glibc
import TestSupport
import Testing

@testable import Engine

/// The same texts and queries with and without posting lists in memory, while both indexes change: what Xapian finds and weighs is the truth.
@Suite struct RealTextMatchingTests {
  /// Queries; `ARAS_MATCH_QUERIES` for more, and then over many more texts.
  static let queries = getenv("ARAS_MATCH_QUERIES").flatMap { Int(String(cString: $0)) }

  @Test func overTheBriefs() async throws { try await compare(try await RealText.seeds(), queries: Self.queries ?? 300) }

  @Test(.enabled(if: RealTextMarkTests.hasPacked && queries != nil, "set ARAS_MATCH_QUERIES, and ARAS_SHARED to the folder with the texts"))
  func overTheNews() async throws {
    try await compare(try await RealText.packed(RealTextMarkTests.packed ?? ""), queries: Self.queries ?? 0)
  }

  private func compare(_ text: RealText, queries: Int) async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let inMemory = text.index
    let byXapian = try TestIndex(registry: text.registry, postings: 0)
    for file in text.files { try await byXapian.add(file.path, file.bytes, commit: false) }
    try await byXapian.index.commit()
    var source = RealTextQueries(text)
    var found = 0
    for number in 0..<queries {
      if number % 10 == 9 { try await change([inMemory, byXapian], text, &random) }
      let seed = random.state
      let query = source.next(&random)
      let (match, group): (MatchMode, ArasAPI.Unit) = (random.pick([.any, .all]), random.pick([.passage, .article]))
      let limit = random.pick([1, 10, 100])
      func search(_ index: TestIndex) async throws -> SearchResult {
        try await index.search(query.text) {
          $0.match = match
          $0.group = group
          $0.limit = limit
          $0.facets = [FacetSpec(.actor), FacetSpec(.topic)]
          $0.timeoutMs = 60_000
        }
      }
      let (own, xapians) = (try await search(inMemory), try await search(byXapian))
      let about: Comment = "seed \(seed), \(query.text), \(match), \(group), \(limit)"
      found += own.total.passages
      try #require(own.total == xapians.total, about)
      try #require(own.facets == xapians.facets, about)
      try #require(own.hits.count == xapians.hits.count, about)
      for (one, other) in zip(own.hits, xapians.hits) {
        try #require(abs(one.score - other.score) <= 1e-6 * max(one.score, other.score), about)
      }
      // Those that weigh the same may stand in any order, and be cut anywhere.
      let least = (own.hits.last?.score ?? 0) * (1 + 1e-6)
      func sure(_ result: SearchResult) -> Set<String> {
        Set(result.hits.filter { $0.score > least }.map { group == .article ? $0.article.id : $0.passages.first?.id ?? "" })
      }
      try #require(sure(own) == sure(xapians), about)
    }
    #expect(found > queries, "the queries find too little to say anything")
    #expect(inMemory.index.postingMemory.bytes > 0 && byXapian.index.postingMemory.bytes == 0)
  }

  /// A file of a few passages comes, changes or goes.
  private func change(_ indexes: [TestIndex], _ text: RealText, _ random: inout SeededRandom) async throws {
    let path = "changing/\(Int.random(in: 0..<20, using: &random)).txt"
    let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      String(decoding: random.pick(text.passages).record.text, as: UTF8.self)
    }
    let goes = random.chance(25)
    for index in indexes {
      if goes {
        try await index.index.removeFile(path: path)
        try await index.index.commit()
      } else {
        try await index.add(path, parts.joined(separator: "\n\n"))
      }
    }
  }
}
