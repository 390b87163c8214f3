import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// What a later file does to an earlier one: replacing, merging, dropping, including, and the faults of each.
@Suite struct RegistryChangeTests {
  static let shipped = """
    actors:
      - {id: alpha, kind: state, names: [Alphaland], codes: {iso3: ALP}}
      - {id: beta, kind: state, names: [Betaland], demonyms: [Betish]}
      - {id: beta-army, kind: organisation, parent: beta, names: [Betish Army]}
      - {id: scouts, kind: organisation, parent: beta-army, names: [Betish Scouts], support: [beta-army]}
    """

  static func load(_ own: String, topics: [String] = []) throws -> Registry {
    try RegistryTests.load(actors: [shipped, own], topics: topics)
  }

  static func problems(_ own: String, topics: [String] = []) -> [RegistryError.Problem] {
    do {
      _ = try load(own, topics: topics)
      return []
    } catch {
      return (error as? RegistryError)?.problems ?? []
    }
  }

  @Test func `two entries become one and both ids lead to it`() throws {
    let registry = try Self.load("actors:\n  - {id: beta, same_as: alpha}")
    #expect(registry.actors.map(\.id) == ["alpha", "beta-army", "scouts"])
    #expect(registry.actor("beta")?.id == "alpha")
    #expect(registry.resolveActor("beta") == ["alpha"])
    #expect(registry.actor("beta-army")?.parent == "alpha")
    #expect(Shared.actors(Shared.tag("Alphaland and the Betish knew.", registry: registry), registry: registry) == ["alpha"])
    let change = try #require(registry.changes.first)
    #expect((change.kind, change.id, change.into, change.line, change.earlierLine) == (.merged, "beta", "alpha", 2, 3))
  }

  @Test func `merges lead on to the last of them, and bring names of their own`() throws {
    let registry = try Self.load(
      "actors:\n  - {id: gamma, same_as: beta, names: [Gammaland]}\n  - {id: beta, same_as: alpha, names: [Old Betaland]}")
    #expect(registry.resolveActor("gamma") == ["alpha"])
    #expect(registry.resolveActor("Gammaland") == ["alpha"])
    #expect(registry.resolveActor("Old Betaland") == ["alpha"])
    #expect(registry.actor("gamma")?.codes.iso3 == "ALP")
  }

  @Test func `rules of topics follow a merged actor and forget a dropped one`() throws {
    let topics = "topics:\n  - {id: t, label: T, threshold: 1, rules: {1: [\"@beta\", \"@scouts\"]}}"
    let merged = try Self.load("actors:\n  - {id: beta, same_as: alpha}", topics: [topics])
    #expect(Shared.topics(Shared.tag("Alphaland.", registry: merged), registry: merged) == ["t"])
    let dropped = try Self.load("actors:\n  - {id: scouts, drop: true}", topics: [topics])
    #expect(Shared.topics(Shared.tag("The Betish Scouts and Betaland.", registry: dropped), registry: dropped) == ["t"])
    #expect(Shared.topics(Shared.tag("The Betish Scouts.", registry: dropped), registry: dropped) == ["t"], "Betish is beta's")
  }

  @Test func `what is dropped is gone and its children move up`() throws {
    let registry = try Self.load("actors:\n  - {id: beta-army, drop: true}")
    #expect(registry.actor("beta-army") == nil)
    #expect(registry.resolveActor("Betish Army").isEmpty)
    #expect(registry.actor("scouts")?.parent == "beta")
    #expect(registry.actor("scouts")?.support == [])
    #expect(registry.changes.map(\.kind) == [.dropped])
  }

  @Test func `an overridden entry is told with both places`() throws {
    let registry = try Self.load("actors:\n  - {id: beta, kind: place, names: [Betaville]}")
    let change = try #require(registry.changes.first)
    #expect((change.kind, change.id, change.line, change.earlierLine) == (.overridden, "beta", 2, 3))
    #expect(change.description.contains("actors0.yaml:3") && change.description.contains("actors1.yaml:2"))
  }

  @Test func `topics are merged and dropped, too`() throws {
    let topics = [
      "topics:\n  - {id: a, label: A, threshold: 1, rules: {1: [apple]}}\n  - {id: b, label: B, threshold: 1, rules: {1: [pear]}}\n"
        + "  - {id: c, label: C, parent: b}",
      "topics:\n  - {id: b, same_as: a}\n  - {id: d, same_as: a, rules: {1: [plum]}}",
    ]
    let registry = try RegistryTests.load(actors: ["actors: []"], topics: topics)
    #expect(registry.resolveTopic("b") == ["a"])
    #expect(registry.topic("c")?.parent == "a")
    #expect(Shared.topics(Shared.tag("One pear.", "One plum.", registry: registry), registry: registry) == ["a"])
    let dropped = try RegistryTests.load(actors: ["actors: []"], topics: [topics[0], "topics:\n  - {id: b, drop: true}"])
    #expect(dropped.topics.map(\.id) == ["a", "c"])
    #expect(dropped.topic("c")?.parent == nil)
  }

  @Test(
    arguments: [
      ("actors:\n  - {id: nobody, drop: true}", 2, "actors.nobody.drop", "no actor in an earlier file"),
      ("actors:\n  - id: beta\n    drop: perhaps", 3, "actors.beta.drop", "must be true"),
      ("actors:\n  - id: beta\n    drop: true\n    names: [B]", 4, "actors.beta.names", "remove it or drop: true"),
      ("actors:\n  - id: beta\n    same_as: nobody", 3, "actors.beta.same_as", "is the id of no actor"),
      ("actors:\n  - id: nobody\n    same_as: beta", 3, "actors.nobody.same_as", "nothing to merge"),
      ("actors:\n  - {id: alpha, same_as: beta}\n  - {id: beta, same_as: alpha}", 2, "actors.alpha.same_as", "alpha → beta → alpha"),
      ("actors:\n  - id: beta\n    same_as: Not a slug", 3, "actors.beta.same_as", "slug"),
      ("actors:\n  - {id: alpha, same_as: beta}\n  - {id: beta, drop: true}", 2, "actors.alpha.same_as", "was dropped"),
      ("include: [nowhere.yaml]\nactors: []", 1, "include", "cannot be read"),
      ("include: actors1.yaml\nactors: []", 1, "include", "includes this file itself"),
      (
        "actors:\n  - id: gamma\n    kind: place\n    names:\n      - Gammatown\n      - Betaland", 6, "actors.gamma.names",
        "is a name of beta, too"
      ),
      ("actors:\n  - id: gamma\n    kind: place\n    names: [\"—\"]", 4, "actors.gamma.names", "no letters or digits"),
      ("actors:\n  - id: gamma\n    kind: state\n    codes: {iso3: gam}\n    names: [G]", 4, "actors.gamma.codes.iso3", "capital letters"),
      ("actors:\n  - id: gamma\n    kind: state\n    native: {xx: [G]}\n    names: [G]", 4, "actors.gamma.native.xx", "no language"),
      ("titles:\n  english: [President]", 2, "titles.english", "ISO 639-1"),
    ] as [(String, Int, String, String)])
  func `faults are reported with file, line, key and what to do`(_ own: String, _ line: Int, _ key: String, _ text: String) throws {
    let problems = Self.problems(own)
    let problem = try #require(problems.first)
    #expect(problems.count == 1 || text.contains("→"), "\(problems)")
    #expect(problem.file.hasSuffix("actors1.yaml"))
    #expect(problem.line == line)
    #expect(problem.key == key)
    #expect(problem.message.contains(text), "\(problem)")
  }

  @Test func `an id that was merged cannot be an entry again`() throws {
    do {
      _ = try RegistryTests.load(actors: [
        Self.shipped, "actors:\n  - {id: beta, same_as: alpha}", "actors:\n  - {id: beta, kind: place, names: [Betaville]}",
      ])
      Issue.record("loaded")
    } catch let error as RegistryError {
      #expect(error.problems.map(\.message).contains { $0.contains("an entry of its own again") })
    }
  }

  @Test func `rules in an unknown language are a fault`() throws {
    let problem = try #require(Self.problems("actors: []", topics: ["topics:\n  - id: t\n    label: T\n    rules_xx: {1: [a]}"]).first)
    #expect(problem.key == "topics.t.rules_xx")
    #expect(problem.message.contains("ISO 639-1"))
  }

  @Test(arguments: [
    "actors:\n  - {id: g, kind: place, weak: [Betaland], names: [Gamma]}",
    "actors:\n  - {id: g, kind: person, surnames: [Betaland], names: [Gamma Betaland]}",
    "actors:\n  - {id: g, kind: place, names: [Gamma], native: {de: [Betaland]}}",
    "actors:\n  - {id: beta, kind: state, names: [Betaland, Betaland], demonyms: [Betish, Betaland]}",
    "actors:\n  - {id: g, kind: organisation, acronyms: [BETALAND]}",
  ])
  func `names that are no collision`(_ own: String) {
    #expect(Self.problems(own) == [])
  }

  @Test func `included files stand in the place of the line that includes them`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aras-include-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "more"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws -> String {
      let path = folder.appending(path: name).path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    let main = try write("include: [more/a.yaml]\nactors:\n  - {id: b, kind: state, names: [Bland], parent: a}", "actors.yaml")
    let part = try write("masks: [Aland Islands]\nactors:\n  - {id: a, kind: state, names: [Aland]}", "more/a.yaml")
    let registry = try Registry.load(actorFiles: [main], topicFiles: [])
    #expect(registry.actors.map(\.id) == ["a", "b"])
    #expect(registry.files == [main, part])
    #expect(registry.includedFiles == [part])
    #expect(registry.changes.isEmpty)
    #expect(Shared.actors(Shared.tag("The Aland Islands and Bland", registry: registry), registry: registry) == ["b"])
    _ = try write("include: [more/a.yaml]\nactors:\n  - {id: a, kind: state, names: [Bland]}", "actors.yaml")
    do {
      _ = try Registry.load(actorFiles: [main], topicFiles: [])
      Issue.record("loaded")
    } catch {
      #expect(error.problems.map(\.message).contains { $0.contains("used twice first at \(part):3") }, "\(error)")
    }
  }

  @Test func `folding forms in parts gives what folding them whole gives`() {
    var parts: [String: [UInt8]] = [:]
    var tried = 0
    var different: [String] = []
    for name in Shared.registry.actors.flatMap(\.names) where Inflection.applies(to: name.language) {
      for word in name.text.lowercased().split(separator: " ") {
        var folder = FormFolder(of: String(word))
        for form in Inflection.forms(of: String(word), language: name.language) {
          tried += 1
          if folder.folded(form, &parts) != NameIndexBuilder.folded(form) { different.append(form) }
        }
      }
    }
    #expect(different == [])
    #expect(tried > 10_000)
  }
}
