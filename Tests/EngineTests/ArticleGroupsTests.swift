import TestSupport
import Testing

@testable import Engine

@Suite struct ArticleGroupsTests {
  private static func columns(_ articles: [UInt32?]) -> Columns {
    var columns = Columns()
    for (document, article) in articles.enumerated() {
      guard let article else { continue }
      let own = ArticleColumns(days: nil, kind: 0, source: nil, authors: [], keywords: [], quality: [])
      columns.set(
        UInt32(document),
        PassageColumns(article: article, number: 1, language: 0, actors: [], places: [], topics: [], ofArticle: own))
    }
    return columns
  }

  /// Articles in the order in which they were written, some with passages that were added later, and documents that are gone.
  @Test(arguments: [0, 3, 40]) func documentsComeByArticleWhoeverHelps(strays: Int) {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var articles: [UInt32?] = [nil]
    for article in 0..<UInt32(300) { articles += Array(repeating: article, count: Int.random(in: 1...5, using: &random)) }
    for _ in 0..<strays { articles.append(UInt32.random(in: 0..<320, using: &random)) }
    if strays > 0 { for _ in 0..<30 { articles[Int.random(in: 1..<articles.count, using: &random)] = nil } }
    let columns = Self.columns(articles)
    for share in [0, 1, 30, 100] {
      // Beyond the last, and with those that are gone, where there are strays.
      let list = (0..<UInt32(articles.count + (strays > 0 ? 3 : 0))).filter {
        (strays > 0 || $0 > 0) && Int.random(in: 0..<100, using: &random) < share
      }
      var expected: [UInt32: [UInt32]] = [:]
      for document in list {
        if Int(document) < articles.count, let article = articles[Int(document)] { expected[article, default: []].append(document) }
      }
      for cores in [nil, SpareCores(3, leastDocuments: 0)] {
        let groups = ArticleGroups(documents: list, columns: columns, cores: cores)
        #expect(groups.articles == expected.keys.sorted(), "seed \(seed)")
        #expect(
          (0..<groups.count).map { Array(groups.documents[groups.range($0)]) } == groups.articles.map { expected[$0] }, "seed \(seed)")
        #expect(groups.arranged(list) == groups.documents, "seed \(seed)")
        #expect(groups.documents.indices.allSatisfy { groups.range(groups.group(at: $0)).contains($0) }, "seed \(seed)")
      }
      let bits = DocumentBits(list, rows: articles.count + 3)
      let total = (articles: expected.count, passages: expected.values.reduce(0) { $0 + $1.count })
      #expect(columns.total(of: bits) == total, "seed \(seed)")
      let ends = ArticleEnds(columns)
      #expect((ends == nil) == (strays > 10), "seed \(seed)")
      if let ends { #expect(ends.total(of: bits) == total, "seed \(seed)") }
    }
  }
}
