import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// Reading, checking and asking the registry.
@Suite struct RegistryTests {
  /// Loads a registry from texts, each a file of its own.
  static func load(actors: [String], topics: [String] = []) throws -> Registry {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aras-registry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ texts: [String], _ name: String) throws -> [String] {
      try texts.enumerated().map { number, text in
        let path = folder.appending(path: "\(name)\(number).yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
      }
    }
    return try Registry.load(actorFiles: try write(actors, "actors"), topicFiles: try write(topics, "topics"))
  }

  static func problems(actors: String, topics: String? = nil) -> [RegistryError.Problem] {
    do {
      _ = try load(actors: [actors], topics: topics.map { [$0] } ?? [])
      return []
    } catch let error as RegistryError {
      return error.problems
    } catch {
      return [RegistryError.Problem(file: "", line: 0, key: "", message: "\(error)")]
    }
  }

  @Test func `the shipped files load`() {
    #expect(Shared.registry.actors.count > 300)
    #expect(Shared.registry.topics.filter { !$0.rules.isEmpty }.count == 46)
    #expect(!Shared.registry.fingerprint.isEmpty)
  }

  @Test func `a later file replaces an entry by its id and adds others`() throws {
    let registry = try Self.load(actors: [
      "actors:\n  - {id: a, kind: state, names: [Aland]}\n  - {id: b, kind: state, names: [Beland]}",
      "actors:\n  - {id: a, kind: place, names: [Otherland]}\n  - {id: c, kind: group, names: [Celanders], parent: b}",
    ])
    #expect(registry.actors.map(\.id) == ["a", "b", "c"])
    #expect(registry.actor("a")?.kind == .place)
    #expect(registry.resolveActor("Aland").isEmpty)
    #expect(registry.descendants(ofActor: "b") == ["c"])
  }

  @Test(arguments: [
    ("actors:\n  - {id: a, kind: state, names: [A]}\n  - {id: a, kind: state, names: [B]}", 3, "actors.a", "twice"),
    ("actors:\n  - id: a\n    kind: planet\n    names: [A]", 3, "actors.a.kind", "expected state"),
    ("actors:\n  - id: a\n    kind: state\n    parent: nobody\n    names: [A]", 4, "actors.a.parent", "no actor"),
    ("actors:\n  - {id: a, kind: state, names: [A], parent: a}", 2, "actors.a.parent", "circle"),
    ("actors:\n  - id: a\n    kind: state\n    names: [A, \"\"]", 4, "actors.a.names", "empty"),
    ("actors:\n  - {id: a, kind: state}", 2, "actors.a.names", "at least one"),
    ("actors:\n  - id: a\n    kind: state\n    nicknames: [A]\n    names: [A]", 4, "actors.a.nicknames", "expected"),
    ("actors:\n  - {id: A B, kind: state, names: [A]}", 2, "actors.id", "slug"),
    ("actors:\n  - {id: a, kind: person, names: [A], since: soon}", 2, "actors.a.since", "year"),
    ("actors: {a: 1}", 1, "actors", "list"),
    ("actors: [", 2, "", "YAML"),
  ])
  func `faults of actors are reported with line, key and expectation`(_ yaml: String, _ line: Int, _ key: String, _ text: String) throws {
    let problem = try #require(Self.problems(actors: yaml).first)
    #expect(problem.line == line)
    #expect(problem.key == key)
    #expect(problem.message.contains(text), "\(problem)")
  }

  @Test(arguments: [
    ("topics:\n  - id: t\n    label: T\n    rules:\n      3: [\"(a NEAR b)\"]", 5, "NEAR/4"),
    ("topics:\n  - id: t\n    label: T\n    rules:\n      3: [\"@nobody\"]", 5, "no actor"),
    ("topics:\n  - id: t\n    label: T\n    rules:\n      3: [\"@org:a\"]", 5, "not org"),
    ("topics:\n  - id: t\n    label: T\n    threshold: much", 4, "number"),
    ("topics:\n  - id: t\n    label: T\n    rules:\n      heavy: [a]", 5, "weight"),
    ("topics:\n  - id: t\n    label: T\n    parent: none-such", 4, "no topic"),
    ("topics:\n  - id: t\n    label: T\n    parent: u\n  - id: u\n    label: U\n    parent: t", 4, "t → u → t"),
  ])
  func `faults of topics are reported with line and expectation`(_ yaml: String, _ line: Int, _ text: String) throws {
    let problems = Self.problems(actors: "actors:\n  - {id: a, kind: state, names: [A]}", topics: yaml)
    let problem = try #require(problems.first)
    #expect(abs(problem.line - line) <= 1)
    #expect(problem.message.contains(text), "\(problem)")
  }

  @Test func `all faults are reported at once`() {
    let problems = Self.problems(
      actors: "actors:\n  - {id: a, kind: x, names: [A]}\n  - {id: b, kind: state, parent: c, names: [B]}\n  - {kind: state}")
    #expect(problems.count == 3)
  }

  @Test func `a missing file is a fault of the file`() {
    #expect(throws: RegistryError.self) { try Registry.load(actorFiles: ["/no/such/actors.yaml"], topicFiles: []) }
  }

  @Test func `the fingerprint follows the content`() throws {
    let one = try Self.load(actors: ["actors:\n  - {id: a, kind: state, names: [A]}"])
    let same = try Self.load(actors: ["actors:\n  - {id: a, kind: state, names: [A]}"])
    let other = try Self.load(actors: ["actors:\n  - {id: a, kind: state, names: [B]}"])
    #expect(one.fingerprint == same.fingerprint)
    #expect(one.fingerprint != other.fingerprint)
  }

  @Test(
    arguments: [
      ("iran", "iran"), ("Iran", "iran"), ("Тегеран", "iran"), ("ایران", "iran"), ("Ирана", "iran"), ("İran", "iran"), ("İranın", "iran"),
      ("Islamic Republic of Iran", "iran"), ("U.S.", "united-states"), ("États-Unis", "united-states"), ("IRGC", "irgc"),
      ("eu", "european-union"),
      ("Nagorno-Karabakh", "karabakh"), ("Iran’s Foreign Ministry", "iran-mfa"), ("Nakhijevan", "nakhchivan"), ("MÜNCHHAUSEN", nil),
    ] as [(String, String?)])
  func `a value resolves to actors`(_ value: String, _ id: String?) {
    #expect(Shared.registry.resolveActor(value) == (id.map { [$0] } ?? []))
  }

  @Test(
    arguments: [
      ("ایران", "iran"), ("Иран", "iran"), ("İran", "iran"), ("Իրան", "iran"), ("ირანი", "iran"), ("איראן", "iran"), ("إيران", "iran"),
      ("russia", "russia"), ("russian", "russia"), ("tehran", nil), ("kremlin", nil), ("aliyev", nil), ("nakhchivan", "nakhchivan"),
      ("nakhichevan", "nakhchivan"), ("irgc", "irgc"), ("nato", "nato"), ("us", nil), ("who", nil), ("corridor", nil),
    ] as [(String, String?)])
  func `a query word names actors and places`(_ word: String, _ id: String?) {
    #expect(Shared.registry.actorsNamed(by: Fold.folded(word)[...]) == (id.map { [$0] } ?? []))
  }

  @Test func `a short acronym in capitals names its actor`() {
    #expect(Shared.registry.actorsNamed(by: Array("us".utf8)[...], isAllCaps: true) == ["united-states"])
  }

  @Test func `topics resolve by id and label and know their children`() {
    #expect(Shared.registry.resolveTopic("Trade & economic ties") == ["trade"])
    #expect(Shared.registry.resolveTopic("trade") == ["trade"])
    #expect(Shared.registry.descendants(ofTopic: "territory").sorted() == ["separatism", "territorial-integrity", "transport-corridors"])
    #expect(Shared.registry.descendants(ofActor: "united-nations").contains("iaea"))
  }
}
