// Phrases are found by their postings and places once, and followed from commit to commit: after any changes they are found as in an index
// that never knew them.
import TestSupport
import Testing

@testable import Engine

@Suite struct PhraseListTests {
  private static let words = ["tango", "foxtrot", "bravo", "delta", "zulu"]

  private struct Asked {
    var text: String
    /// Whether words in this order match.
    var matches: ([String]) -> Bool
  }

  private static func phrase(_ words: [String]) -> Asked {
    Asked(text: "\"\(words.joined(separator: " "))\"") { text in
      text.indices.contains { text[$0...].starts(with: words) }
    }
  }

  private static func near(_ a: String, _ b: String, _ distance: Int) -> Asked {
    Asked(text: "\(a) NEAR/\(distance) \(b)") { text in
      text.indices.contains { i in text[i] == a && text.indices.contains { $0 != i && text[$0] == b && abs($0 - i) <= distance } }
    }
  }

  @Test(arguments: [1, UInt64.random(in: 2...999_999)])
  func phrasesFollowEveryChange(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let test = try TestIndex(registry: try TinyRegistry.load())
    let asked = [
      Self.phrase(["tango", "foxtrot"]), Self.phrase(["foxtrot", "tango"]), Self.phrase(["bravo", "delta", "zulu"]),
      Self.phrase(["zulu", "zulu"]), Self.near("tango", "zulu", 2), Self.near("delta", "bravo", 3),
    ]
    var texts: [String: [String]] = [:]
    for round in 0..<12 {
      for _ in 0..<(round == 0 ? 40 : 3) {
        let path = "\(Int.random(in: 0..<60, using: &random)).txt"
        if texts[path] != nil, Int.random(in: 0..<3, using: &random) == 0 {
          texts[path] = nil
          try await test.index.removeFile(path: path)
        } else {
          let words = (0..<Int.random(in: 2...7, using: &random)).map { _ in Self.words.randomElement(using: &random) ?? "" }
          texts[path] = words
          try await test.add(path, Array("A heading\n\n\(words.joined(separator: " ")).\n".utf8), commit: false)
        }
      }
      try await test.index.commit()
      for one in asked {
        let found = try await test.search(one.text) { $0.limit = 100 }
        let expected = Set(texts.filter { one.matches($0.value) }.keys)
        #expect(Set(found.hits.map(\.article.path)) == expected, "seed \(seed), round \(round), \(one.text)")
      }
    }
  }
}
