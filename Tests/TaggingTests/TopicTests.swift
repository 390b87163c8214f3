import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// The rule language and the arithmetic of topics, on a registry made for the purpose.
@Suite struct TopicTests {
  static func registry(_ topic: String) throws -> Registry {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aras-topics-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let actors = folder.appending(path: "actors.yaml").path
    let topics = folder.appending(path: "topics.yaml").path
    try """
    actors:
      - {id: iran, kind: state, names: [Iran], demonyms: [Iranian]}
      - {id: armenia, kind: state, names: [Armenia]}
      - {id: hamas, kind: organisation, names: [Hamas], native: {ru: [ХАМАС]}}
    """.write(toFile: actors, atomically: true, encoding: .utf8)
    try "topics:\n  - {id: t, label: T, threshold: 3, \(topic)}\n".write(toFile: topics, atomically: true, encoding: .utf8)
    return try Registry.load(actorFiles: [actors], topicFiles: [topics])
  }

  static func score(_ topic: String, _ text: String, heading: String? = nil, language: String = "en") throws -> Float? {
    let registry = try registry(topic)
    let analyzer = Analyzer()
    let tags = Tagger(registry: registry).tag(
      title: nil, passages: [Shared.passage(text, heading: heading, language: language, analyzer: analyzer)])
    return tags.passages[0].topics.first?.score
  }

  @Test(
    arguments: [
      ("rules: {3: [war games]}", "The war games began.", 3),
      ("rules: {3: [war games]}", "The war-games began.", 3),
      ("rules: {3: [war games]}", "It was war. Games began.", nil),
      ("rules: {3: [drill*]}", "Drilling", 3),
      ("rules: {3: [drill*]}", "A dril", nil),
      ("rules: {3: [\"enrich* uranium\"]}", "They enriched uranium", 3),
      ("rules: {3: [\"(visit NEAR/3 president)\"]}", "The president made a visit", 3),
      ("rules: {3: [\"(visit NEAR/3 president)\"]}", "A visit of the president", 3),
      ("rules: {3: [\"(visit NEAR/3 president)\"]}", "A visit of the very old president", nil),
      ("rules: {3: [\"(attack NEAR/4 diplomatic mission)\"]}", "The diplomatic mission saw an attack", 3),
      ("rules: {3: [\"@S @S relations\"]}", "Iran-Armenia relations", 3),
      ("rules: {3: [\"@S @S relations\"]}", "Iran-Hamas relations", nil),
      ("rules: {3: [\"warming @S\"]}", "A warming Armenia", 3),
      ("rules: {3: [\"(@iran NEAR/4 @armenia)\"]}", "Armenia is far from Iran", 3),
      ("rules: {3: [\"@org:hamas\"]}", "Hamas said", 3),
      ("rules: {3: [x], 2: [drills], 1: [drill*]}", "drills", nil),
      ("rules: {2: [drills], 1: [drill*]}", "drills drilling", 3),
      ("rules: {1: [drills]}", "drills drills drills drills", nil),
      ("rules: {2: [drills]}", "drills drills drills drills", 4),
      ("rules: {3: [islam*]}, exclude: [islamic republic]", "The Islamic republic", nil),
      ("rules: {3: [islam*]}, exclude: [islamic republic]", "The Islamic republic and Islam", 3),
    ] as [(String, String, Float?)])
  func `rules score`(_ topic: String, _ text: String, _ expected: Float?) throws {
    #expect(try Self.score(topic, text) == expected)
  }

  @Test func `a heading counts half`() throws {
    #expect(try Self.score("rules: {2: [drills, war games]}", "The drills", heading: "War Games") == 3)
    #expect(try Self.score("rules: {4: [drills]}", "Nothing", heading: "Drills") == nil)
  }

  @Test func `rules of words stay in their language, rules of actors do not`() throws {
    #expect(try Self.score("rules: {3: [drills]}", "drills", language: "de") == nil)
    #expect(try Self.score("rules_ru: {3: [учения]}", "учения", language: "ru") == 3)
    #expect(try Self.score("rules: {3: [\"@hamas\"]}", "ХАМАС заявил", language: "ru") == 3)
  }

  @Test func `evidence tells where and by which rule`() throws {
    let registry = try Self.registry("rules: {3: [\"(visit NEAR/3 president)\"]}")
    let tags = Shared.tag("Then a visit of the president came.", registry: registry)
    let evidence = try #require(tags.passages[0].topics.first?.matches.first)
    #expect((evidence.start, evidence.end) == (7, 29))
    #expect(evidence.rule == "(visit NEAR/3 president)")
    #expect(evidence.weight == 3)
  }

  @Test func `an article has the topics of two passages, of its title, or of any when it is short`() throws {
    let registry = try Self.registry("rules: {3: [drills]}")
    func topics(_ texts: [String], title: String? = nil) -> Int {
      let analyzer = Analyzer()
      return Tagger(registry: registry).tag(
        title: title.map { analyzer.analyze($0, language: .english) }, passages: texts.map { Shared.passage($0, analyzer: analyzer) }
      ).topics.count
    }
    #expect(topics(["drills", "b", "c"]) == 1)
    #expect(topics(["drills", "b", "c", "d"]) == 0)
    #expect(topics(["drills", "b", "drills", "d"]) == 1)
    #expect(topics(["a", "b", "c", "d"], title: "Drills") == 1)
  }

  @Test(arguments: [
    "(a NEAR/2 b", "(a b)", "a NEAR/2 b", "(a NEAR/x b)", "(NEAR/2 b)", "(a NEAR/0 b)", "ab*cd", "*", "@", "@foo:iran", "a (b) c", " ",
  ])
  func `a malformed rule is refused`(_ rule: String) {
    #expect(throws: TopicPattern.SyntaxError.self) { try TopicPattern(rule) }
  }
}
