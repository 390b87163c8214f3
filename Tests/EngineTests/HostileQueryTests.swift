import ArasAPI
import Foundation
import TestSupport
import Testing

@testable import Engine

/// Queries that nobody means, on an index of some hundred passages, or some thousand: each is answered, or refused with an error that says why, and within
/// its time. ARAS_HOSTILE sets how many random ones there are (100 unless told otherwise, and then on fewer passages; 10000 take some minutes).
@Suite(.serialized, .timeLimit(.minutes(30)))
struct HostileQueryTests {
  private static let asked = ProcessInfo.processInfo.environment["ARAS_HOSTILE"].flatMap(Int.init)
  private static let articles = asked == nil ? 30 : 300

  /// Words as those of a language are: few are frequent, many are rare.
  private static func index(_ random: inout SeededRandom, articles: Int) async throws -> (TestIndex, [String]) {
    let letters = Array("abcdefghijklmnopqrstuvwxyzéя")
    let words = (0..<6000).map { _ in
      String(
        (0..<Int.random(in: 2...9, using: &random)).map { _ in
          letters[min(Int.random(in: 0..<28, using: &random), Int.random(in: 0..<28, using: &random))]
        })
    }
    let test = try TestIndex(registry: try TinyRegistry.load())
    func text(_ count: Int) -> String {
      (0..<count).map { _ in
        if random.chance(3) { return random.pick(["Alphaland", "Betish", "Deltaport", "tariffs"]) }
        return words[
          min(Int.random(in: 0..<6000, using: &random), Int.random(in: 0..<6000, using: &random), Int.random(in: 0..<6000, using: &random))]
      }.joined(separator: " ")
    }
    var all: [CorpusArticle] = []
    for number in 0..<articles {
      all.append(
        CorpusArticle(
          key: "\(number)", title: text(4), date: "20\(10 + number % 15)-0\(1 + number % 9)", authors: ["Ann \(words[number % 50])"],
          parts: (0..<10).map { _ in .init(text: text(40) + ".", heading: random.chance(20) ? text(2) : nil) }))
    }
    try await test.put(all, path: "a.jsonl")
    return (test, words)
  }

  /// One search; what is thrown has to be an error of the wire.
  private static func run(_ test: TestIndex, _ q: String, _ what: String, _ change: (inout SearchRequest) -> Void = { _ in }) async {
    var request = SearchRequest(q: q)
    request.timeoutMs = 500
    change(&request)
    let began = Clock.now
    do {
      let result = try await test.index.search(request)
      for warning in result.query.warnings {
        #expect(warning.offset >= 0 && warning.length >= 0 && warning.offset + warning.length <= q.utf8.count, "\(what): \(warning)")
      }
    } catch let error as APIError {
      #expect(!error.message.isEmpty && request.syntax == .strict, "\(what): \(error)")
    } catch {
      Issue.record("\(what): \(error)")
    }
    let took = (Clock.now - began) / 1_000_000
    if asked != nil, took > request.timeoutMs + 200 {
      print("\(took) ms of \(request.timeoutMs): \(what): \(q.prefix(100).debugDescription)")
    }
  }

  private static let pieces = [
    "AND", "OR", "NOT", "NEAR/3", "ADJ/2", "NEAR/999999999999", "ADJ/0", "(", ")", "((", "))", "\"", "“", "~2", "~99999999999", "*", "-",
    "+", "=",
    "actor:alphaland", "actor:alphaland+", "actor:alphaland+!", "actor:*", "topic:economy", "topic:", "date:2021", "date:99999",
    "date:0000..9999",
    "date:-1..", "date:2023..2021", "title:(", "text:", "heading:*", "lang:(en OR", "author:a..z", "author:ann*", "path:**", "path:**/*?*",
    "id:x",
    "source:\"", "keyword:*", "kind:text", "::", "\u{0}", "\u{FEFF}", "\u{202E}", "👩‍👩‍👧", "中国人", "e\u{301}\u{301}", "…",
  ]

  private static func text(_ words: [String], _ round: Int, _ random: inout SeededRandom) -> String {
    switch round % 4 {
    case 0:
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      return String(decoding: bytes, as: UTF8.self)
    case 1:
      let marks = Array("\"()*~+-=:|&!/. ANDORTEaxtiles0129".utf8)
      return String(decoding: (0..<Int.random(in: 0...200, using: &random)).map { _ in random.pick(marks) }, as: UTF8.self)
    default:
      let gap = random.chance(80) ? " " : ""
      return (0..<Int.random(in: 1...20, using: &random)).map { _ -> String in
        guard random.chance(50) else { return random.pick(pieces) }
        let word = random.pick(words)
        return random.pick([
          word, word, "\(word)*", "\(word.prefix(3))*", "\(word)~1", "\(word)~2", "=\(word)", "\"\(word) \(random.pick(words))\"",
        ])
      }.joined(separator: gap)
    }
  }

  @Test func anythingIsAnswered() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let (test, words) = try await Self.index(&random, articles: Self.articles)
    for round in 0..<(Self.asked ?? 100) {
      let q = Self.text(words, round, &random)
      let match = random.pick(MatchMode.allCases)
      let isStrict = random.chance(20)
      let isExplained = random.chance(10)
      await Self.run(test, q, "seed \(seed), round \(round)") {
        $0.match = match
        $0.syntax = isStrict ? .strict : .lenient
        $0.explain = isExplained
      }
    }
  }

  @Test func whatIsFarTooLongIsAnswered() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let (test, words) = try await Self.index(&random, articles: Self.articles)
    func many(_ count: Int, _ separator: String = " ", _ make: (String) -> String) -> String {
      (0..<count).map { _ in make(random.pick(words)) }.joined(separator: separator)
    }
    let queries: [(String, String)] = [
      ("brackets", String(repeating: "(", count: 65_536)), ("closing brackets", String(repeating: ")", count: 65_536)),
      ("pairs", String(repeating: "()", count: 32_768)), ("quotes", String(repeating: "\"", count: 65_536)),
      ("colons", String(repeating: ":", count: 65_536)), ("one word", String(repeating: "x", count: 65_536)),
      ("one word near", String(repeating: "x", count: 65_536) + "~2"), ("minuses", String(repeating: "-a ", count: 20_000)),
      ("words", many(10_000) { $0 }), ("required words", many(10_000) { "+\($0)" }), ("alternatives", many(10_000, " OR ") { $0 }),
      ("wildcards", many(10_000) { "\($0.prefix(3))*" }), ("short wildcards", many(10_000) { "\($0.prefix(1))*" }),
      ("fuzzy words", many(10_000) { "\($0)~2" }), ("fuzzy alternatives", many(10_000, " OR ") { "\($0)~2" }),
      ("a phrase", "\"" + many(10_000) { $0 } + "\""), ("a loose phrase", "\"" + many(10_000) { $0 } + "\"~1000"),
      ("a phrase of wildcards", "\"" + many(1000) { "\($0.prefix(3))*" } + "\""),
      ("a phrase of fuzzy words", "\"" + many(1000) { "\($0)~2" } + "\"~1000"),
      ("a chain of windows", many(1000, " NEAR/1000 ") { $0 }), ("windows of wildcards", many(500, " NEAR/1000 ") { "\($0.prefix(3))*" }),
      ("windows in windows", String(repeating: "(", count: 45) + words[0] + (0..<45).map { " NEAR/900 \(words[$0]))" }.joined()),
      ("windows of what is everywhere", (0..<8).map { words[$0] }.joined(separator: " NEAR/1000 ")),
      (
        "loose phrases near each other",
        (0..<20).map { "\"\(words[$0]) \(words[$0 + 1]) \(words[$0 + 2])\"~1000" }.joined(separator: " NEAR/1000 ")
      ),
      ("windows of different widths", (0..<2000).map { "\(words[$0 % 50]) NEAR/\(1 + $0 % 900) " }.joined() + "x"),
      ("windows of actors", (0..<40).map { _ in "actor:alphaland+!" }.joined(separator: " NEAR/1000 ")),
      ("phrases to check", many(1000) { "\"=\($0) \($0)*\"" }), ("titles to check", many(1000) { "title:\($0.prefix(3))*" }),
      ("negations", many(10_000) { "NOT \($0)" }), ("double negations", String(repeating: "NOT ", count: 15_000) + "x"),
      ("paths", (0..<1000).map { "path:**/*\($0)*?" }.joined(separator: " ")),
      ("stars in a path", "path:" + String(repeating: "*a", count: 30_000)),
      ("ranges", (0..<1000).map { "author:a\($0)..z" }.joined(separator: " OR ")),
      ("dates", String(repeating: "date:2010..2025 ", count: 4000)),
      ("groups", String(repeating: "lang:(en OR (ru OR (", count: 3000)),
    ]
    for (what, q) in queries {
      for match in Self.asked == nil ? [MatchMode.auto] : [.auto, .all, .any] {
        await Self.run(test, q, "\(what), \(match)") { $0.match = match }
      }
    }
    for (what, q) in queries.prefix(Self.asked == nil ? 2 : 12) { await Self.run(test, q, "\(what), explained") { $0.explain = true } }
  }
}
