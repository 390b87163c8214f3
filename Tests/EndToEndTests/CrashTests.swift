import Foundation
import TestSupport
import Testing

@testable import ArasAPI
@testable import Client

/// `kill -9` in the middle of work loses nothing: the index opens again, and in the end its answers are those of one that was built from
/// scratch on the same files. ARAS_KILLS sets how often (5 unless told otherwise), ARAS_KILL_CHANGES how many files are added, changed and
/// deleted before each (100).
@Suite(.serialized) struct CrashTests {
  static let words = [
    "harbour", "lantern", "meadow", "granite", "thunder", "velvet", "compass", "orchard", "saddle", "whisper", "pepper", "candle", "ribbon",
  ]
  static let actors = ["Iran", "Armenia", "Azerbaijan", "Georgia and Tbilisi", "Russia", "Turkey", "Israel"]

  private func article(_ random: inout SeededRandom) -> String {
    let title = (0..<4).map { _ in Self.words.randomElement(using: &random)?.capitalized ?? "" }.joined(separator: " ")
    let paragraphs = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      (0..<60).map { i in
        i % 15 == 7 ? Self.actors.randomElement(using: &random) ?? "" : Self.words.randomElement(using: &random) ?? ""
      }.joined(separator: " ") + "."
    }
    return title + "\n\n" + paragraphs.joined(separator: "\n\n") + "\n"
  }

  @Test func killedAtRandomMoments() async throws {
    try await onThread {
      let kills = ProcessInfo.processInfo.environment["ARAS_KILLS"].flatMap(Int.init) ?? 5
      let changes = ProcessInfo.processInfo.environment["ARAS_KILL_CHANGES"].flatMap(Int.init) ?? 100
      var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
      let seed = random.state
      let daemon = try RunningDaemon()
      for number in 0..<100 { try daemon.save("f\(number).txt", article(&random)) }
      for round in 0..<kills {
        try daemon.start()
        // Work for it to be in the middle of.
        for _ in 0..<changes {
          let name = "d\(Int.random(in: 0..<5, using: &random))/f\(Int.random(in: 0..<200, using: &random)).txt"
          if Int.random(in: 0..<4, using: &random) == 0 {
            try? FileManager.default.removeItem(at: daemon.sources.appendingPathComponent(name))
          } else {
            try daemon.save(name, article(&random))
          }
        }
        let wait = Int.random(in: 0...(changes * 3), using: &random)
        usleep(UInt32(wait) * 1000)
        daemon.kill9()
        #expect(!daemon.logText.contains("cannot be read"), "seed \(seed), round \(round), killed after \(wait) ms")
      }
      try daemon.start()
      let survivor = try answers(daemon)
      #expect(try daemon.stop() == 0)

      try FileManager.default.removeItem(atPath: daemon.index)
      try daemon.start()
      let fresh = try answers(daemon)
      #expect(survivor == fresh, "seed \(seed)")
      #expect(try daemon.stop() == 0)
    }
  }

  /// What can be compared between two indexes of the same files: everything but numbers of revisions and of documents.
  private func answers(_ daemon: RunningDaemon) throws -> [String] {
    let client = try daemon.ready()
    let status = try client.status()
    var lines = ["articles \(status.articles) passages \(status.passages)"]
    for query in ["*"] + Self.words + ["\"harbour lantern\"", "granite NEAR/3 velvet", "actor:iran", "actor:georgia -actor:russia", "pep*"]
    {
      let result = try client.search(query) {
        $0.limit = 1000
        $0.facets = [FacetSpec(.actor, limit: 100), FacetSpec(.topic, limit: 100)]
        $0.perGroup = 100
      }
      let hits = result.hits.map { hit in
        "\(hit.article.id) \(hit.article.title ?? "") \(hit.passages.map { "\($0.id) \($0.actors)" }.sorted())"
      }
      lines.append("\(query): \(result.total) \(hits.sorted()) \(result.facets)")
    }
    return lines
  }
}
