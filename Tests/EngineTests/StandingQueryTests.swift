import ArasAPI
import Glibc
import TestSupport
import Testing

@testable import Engine

/// Standing queries, random ones over random changes, against the searches that ask the same.
@Suite struct StandingQueryTests {
  /// Seeds for random tests, and ARAS_SEED where it is set.
  private func seeds(_ count: Int) -> [UInt64] {
    (0..<count).map { _ in UInt64.random(in: 0...UInt64.max) }
      + (getenv("ARAS_SEED").flatMap { UInt64(String(cString: $0)) }.map { [$0] } ?? [])
  }

  @Test func newPassagesAreToldJustWhereASearchFindsThem() async throws {
    for seed in seeds(2) {
      var random = SeededRandom(seed: seed)
      let test = try TestIndex(registry: try TinyRegistry.load())
      try await test.put((0..<40).map { RandomRequests.article(&random, key: "\($0)") }, path: "old/news/a.txt")
      var standing: [(SubscribeRequest, Told)] = []
      for _ in 0..<200 {
        let request = RandomRequests.request(&random)
        standing.append((request, try await test.watch(request).0))
      }
      for (round, path) in ["news/a.txt", "deep/down/b.txt", "news/c.jsonl"].enumerated() {
        let before = try await test.searched(SubscribeRequest()).keys
        try await test.put((0..<12).map { RandomRequests.article(&random, key: "\(round)/\($0)") }, path: path)
        await test.index.standingQueriesAsked()
        for (request, told) in standing {
          let expected = try await test.searched(request).filter { !before.contains($0.key) }
          let matches = told.drain()
          #expect(told.failures.isEmpty, "seed \(seed), \(request.jsonText)")
          #expect(
            matches.map(\.passage.id).sorted() == expected.keys.sorted(), "seed \(seed), round \(round), \(request.jsonText)")
          for match in matches {
            #expect(match.passage == expected[match.passage.id], "seed \(seed), \(request.jsonText)")
            #expect(match.revision == test.index.revision)
          }
        }
      }
    }
  }

  /// Files of one article each, by path.
  private typealias Files = [String: CorpusArticle]

  private func change(_ files: inout Files, _ random: inout SeededRandom) -> [String] {
    guard let path = files.keys.sorted().randomElement(using: &random), var article = files[path] else { return [] }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: article.parts[random.pick(Array(article.parts.indices))] = RandomRequests.part(&random)
    case 1: article.parts.insert(RandomRequests.part(&random), at: 0)
    case 2: if article.parts.count > 1 { article.parts.removeFirst() }
    case 3: article.title = random.chance(30) ? nil : QuerySemanticsTests.words(1...3, "en", &random).map(\.0).joined(separator: " ")
    case 4: article.date = random.chance(30) ? nil : random.pick(RandomRequests.dates)
    case 5: article.parts[0].heading = QuerySemanticsTests.words(1...3, "en", &random).map(\.0).joined(separator: " ")
    case 6: article.authors = [random.pick(RandomRequests.authors)]
    case 7: article.parts.shuffle(using: &random)
    default:
      let other = "news/moved\(random.next() % 1000).txt"
      files[path] = nil
      files[other] = article
      return [path, other]
    }
    files[path] = article
    return [path]
  }

  @Test func eachMatchIsToldOnceHoweverItsArticleChanges() async throws {
    for seed in seeds(2) {
      var random = SeededRandom(seed: seed)
      let test = try TestIndex(registry: try TinyRegistry.load())
      var files: Files = [:]
      for number in 0..<12 { files["news/\(number).txt"] = RandomRequests.article(&random, key: "0") }
      for (path, article) in files { try await test.put([article], path: path, commit: false) }
      try await test.index.commit()
      var standing: [(SubscribeRequest, Told)] = []
      for _ in 0..<80 {
        let request = RandomRequests.request(&random)
        standing.append((request, try await test.watch(request).0))
      }
      for step in 0..<25 {
        let before = try await found(test, standing.map(\.0), files)
        var changed: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) { changed += change(&files, &random) }
        for path in changed {
          if let article = files[path] {
            try await test.put([article], path: path, commit: false)
          } else {
            try await test.index.removeFile(path: path)
          }
        }
        try await test.index.commit()
        await test.index.standingQueriesAsked()
        let after = try await found(test, standing.map(\.0), files)
        for (index, (request, told)) in standing.enumerated() {
          let expected = after[index].subtracting(before[index])
          let matches = Set(told.drain().map { "\($0.article.path) \(text($0.passage.id, files, $0.article.path))" })
          #expect(matches == expected, "seed \(seed), step \(step), \(request.jsonText)")
        }
      }
    }
  }

  /// By request: paths and texts of the passages that it finds.
  private func found(_ test: TestIndex, _ requests: [SubscribeRequest], _ files: Files) async throws -> [Set<String>] {
    let paths = Dictionary(files.keys.map { (StableHash.articleID(path: $0, key: "0"), $0) }, uniquingKeysWith: { first, _ in first })
    var all: [Set<String>] = []
    for request in requests {
      all.append(
        Set(
          try await test.searched(request).keys.compactMap { id in
            paths[String(id.prefix { $0 != "#" })].map { "\($0) \(text(id, files, $0))" }
          }))
    }
    return all
  }

  private func text(_ id: String, _ files: Files, _ path: String) -> String {
    guard let number = Int(id.drop { $0 != "#" }.dropFirst()), let article = files[path], number <= article.parts.count else { return id }
    return article.parts[number - 1].text
  }
}
