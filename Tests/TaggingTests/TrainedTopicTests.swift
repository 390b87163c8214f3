import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// The trained layer beside the rules: its file, its sums, and what exclusions take from it.
@Suite struct TrainedTopicTests {
  static let signature = TrainedFeatures.signature(Analyzer())

  static func layer(
    _ id: String, _ weights: [(String, Float)], threshold: Float = 1, label: String? = nil, parent: String? = nil
  ) -> TrainedTopic {
    TrainedTopic(
      id: id, label: label, parent: parent, method: .linear, threshold: threshold, day: "2026-11-21", yes: 50, no: 200, sampled: 0,
      weights: weights.map { TrainedTopic.Weight(term: Array($0.0.utf8), weight: $0.1) })
  }

  /// A registry of a topic `t` with these rules, and trained layers; `texts` are files as they are, by name.
  static func registry(_ topic: String?, layers: [TrainedTopic] = [], texts: [String: String] = [:]) throws -> Registry {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aras-trained-\(UUID().uuidString)")
    let trained = folder.appending(path: "trained")
    try FileManager.default.createDirectory(at: trained, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let actors = folder.appending(path: "actors.yaml").path
    let topics = folder.appending(path: "topics.yaml").path
    try "actors:\n  - {id: iran, kind: state, names: [Iran]}\n".write(toFile: actors, atomically: true, encoding: .utf8)
    try "topics:\n  - {id: g, label: G}\n\(topic.map { "  - {id: t, label: T, threshold: 3, \($0)}\n" } ?? "")"
      .write(toFile: topics, atomically: true, encoding: .utf8)
    for layer in layers {
      try Data(TrainedTopicFile.bytes(layer, signature: signature)).write(to: trained.appending(path: "\(layer.id).tsv"))
    }
    for (name, text) in texts { try Data(text.utf8).write(to: trained.appending(path: name)) }
    return try Registry.load(actorFiles: [actors], topicFiles: [topics], trainedFolder: trained.path)
  }

  static func problems(_ topic: String?, layers: [TrainedTopic] = [], texts: [String: String] = [:]) -> [RegistryError.Problem] {
    do {
      _ = try registry(topic, layers: layers, texts: texts)
      return []
    } catch {
      return (error as? RegistryError)?.problems ?? []
    }
  }

  static func matches(_ registry: Registry, _ text: String, heading: String? = nil, title: String? = nil) -> [TopicMatch] {
    let analyzer = Analyzer()
    return Tagger(registry: registry).tag(
      title: title.map { analyzer.analyze($0, language: .english) },
      passages: [Shared.passage(text, heading: heading, analyzer: analyzer)]
    ).passages[0].topics
  }

  // MARK: Sums

  /// 1 + ln n of each term over the root of the words: by hand.
  @Test func `a passage is scored by its words, its heading and twice its title`() throws {
    let registry = try Self.registry("rules: {3: [qqq]}", layers: [Self.layer("t", [("tariff", 2), ("rain", -1)])])
    let match = try #require(Self.matches(registry, "Tariffs on steel and tariffs on corn, 1987").first)
    // Seven words; the number is no feature.
    #expect(abs(match.score - 3 * 2 * (1 + Float(log(2.0))) / Float(7).squareRoot()) < 0.001)
    #expect(match.matches.map(\.rule) == ["tariff"])
    #expect(match.matches.first.map { ($0.start, $0.end, $0.isTrained, $0.inHeading) } ?? (0, 0, false, true) == (0, 7, true, false))
    // Two words, the title's counted twice: 2 · (1 + ln 3) / √(1 + 4).
    let titled = try #require(Self.matches(registry, "Tariff", title: "Steel tariff").first)
    #expect(abs(titled.score - 3 * 2 * (1 + Float(log(3.0))) / Float(5).squareRoot()) < 0.001)
    let headed = try #require(Self.matches(registry, "Corn was dear", heading: "Tariffs").first)
    #expect(abs(headed.score - 3) < 0.001 && headed.matches.first?.inHeading == true)
    #expect(Self.matches(registry, "Tariffs and rain, rain, rain and rain").isEmpty)
    #expect(Self.matches(registry, "").isEmpty && Self.matches(registry, "2021 2022").isEmpty)
  }

  @Test func `rules or the trained layer, whichever is surer`() throws {
    let registry = try Self.registry("rules: {3: [war games], 1: [steel]}", layers: [Self.layer("t", [("tariff", 4)])])
    #expect(Self.matches(registry, "The war games began").first?.score == 3)
    let both = try #require(Self.matches(registry, "tariff war games").first)
    #expect(abs(both.score - 12 / Float(3).squareRoot()) < 0.001)
    #expect(both.matches.map(\.isTrained) == [false, true])
    // Evidence that is not enough by itself is told all the same.
    #expect(Self.matches(registry, "steel tariff").first?.matches.map(\.rule) == ["steel", "tariff"])
    #expect(Self.matches(registry, "steel").isEmpty)
  }

  @Test func `what is excluded counts for no layer`() throws {
    let registry = try Self.registry(
      "rules: {3: [qqq]}, exclude: [tariff heroes]", layers: [Self.layer("t", [("tariff", 4), ("steel", 1)])])
    #expect(Self.matches(registry, "The Tariff Heroes sing").isEmpty)
    #expect(Self.matches(registry, "Songs of a band", title: "Tariff heroes").isEmpty)
    let other = try #require(Self.matches(registry, "The Tariff Heroes sing of a tariff").first)
    #expect(abs(other.score - 12 / Float(7).squareRoot()) < 0.001)
    #expect(other.matches.first.map { $0.start } == 28)
  }

  @Test func `a topic may be nothing but a trained layer`() throws {
    let registry = try Self.registry(nil, layers: [Self.layer("fish", [("trout", 5)], label: "Fisheries", parent: "g")])
    #expect(registry.topic("fish")?.label == "Fisheries" && registry.descendants(ofTopic: "g") == ["fish"])
    #expect(Self.matches(registry, "Trout").map { registry.topics[Int($0.topic)].id } == ["fish"])
    #expect(registry.trainedLayer(ofTopic: registry.topicIndex("fish") ?? -1)?.yes == 50)
    #expect(registry.trainedLayer(ofTopic: registry.topicIndex("g") ?? -1) == nil)
  }

  @Test func `an edit changes the registry's fingerprint, and the threshold`() throws {
    let first = try Self.registry("rules: {3: [q]}", layers: [Self.layer("t", [("tariff", 2)])])
    let second = try Self.registry("rules: {3: [q]}", layers: [Self.layer("t", [("tariff", 2)], threshold: 4)])
    #expect(first.fingerprint != second.fingerprint)
    #expect(!Self.matches(first, "tariff").isEmpty && Self.matches(second, "tariff").isEmpty)
  }

  /// Sums of random layers over random passages, against a model of dictionaries.
  @Test func `many layers are summed as each alone`() throws {
    var random = TrainingRandom(state: 7)
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let words: [String] = (0..<60).map { number in "w\(letters[number % 26])\(letters[number / 26])x" }
    let analyzer = Analyzer()
    let stems = words.map { String(decoding: analyzer.analyze($0, language: .english).term(0), as: UTF8.self) }
    var weights: [[String: Float]] = []
    for _ in 0..<12 {
      weights.append(
        Dictionary(
          stems.shuffled(using: &random).prefix(Int.random(in: 1...40, using: &random)).map {
            ($0, (Float.random(in: -2...6, using: &random) * 100).rounded() / 100)
          }, uniquingKeysWith: { $1 }))
    }
    let layers = weights.enumerated().map { number, list in
      Self.layer("l\(number)", list.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, label: "L\(number)")
    }
    let registry = try Self.registry(nil, layers: layers)
    let tagger = Tagger(registry: registry)
    for _ in 0..<200 {
      func text(_ count: ClosedRange<Int>) -> [String] {
        (0..<Int.random(in: count, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
      }
      let (title, heading, body) = (text(0...4), text(0...3), text(0...50))
      var counts: [String: Int] = [:]
      for (part, times) in [(title, 2), (heading, 1), (body, 1)] {
        for word in part { counts[stems[words.firstIndex(of: word) ?? 0], default: 0] += times }
      }
      let total = counts.values.reduce(0, +)
      let tags = tagger.tag(
        title: analyzer.analyze(title.joined(separator: " "), language: .english),
        passages: [Shared.passage(body.joined(separator: " "), heading: heading.joined(separator: " "), analyzer: analyzer)])
      for (number, list) in weights.enumerated() {
        var sum: Float = 0
        for (stem, count) in counts { sum += (list[stem] ?? 0) * (1 + Float(log(Double(count)))) }
        sum /= Float(max(1, total)).squareRoot()
        let index = Int32(try #require(registry.topicIndex("l\(number)")))
        let found = tags.passages[0].topics.first { $0.topic == index }
        if abs(sum - 1) > 0.0001 { #expect((found != nil) == (sum >= 1), "layer \(number): \(sum)") }
        if let found { #expect(abs(found.score - 3 * sum) < 0.001) }
      }
    }
  }

  // MARK: The file

  @Test func `a file is read as it was written`() throws {
    let layer = Self.layer(
      "fish", [("trout", 5.25), ("ru:рыб", 0.0001), (":", 1), ("'", -0.5), ("1", -1234.5)], threshold: 1.5, label: "Fish & ships",
      parent: "g")
    let bytes = TrainedTopicFile.bytes(layer, signature: Self.signature)
    #expect(try TrainedTopicFile.read(bytes, id: "fish", signature: Self.signature) == layer)
    let edited = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r\n")
    #expect(try TrainedTopicFile.read(Array(edited.utf8), id: "fish", signature: Self.signature) == layer)
  }

  @Test(arguments: [
    ("format\t1", "format\t9", 5, "format", "is 9"), ("topic\tt", "topic\tu", 6, "topic", "is “u”, but the file is named for “t”"),
    ("method\tlinear", "method\tmagic", 7, "method", "expected centroid, linear"),
    ("threshold\t1", "threshold\t0", 8, "threshold", "above 0"), ("yes\t50", "yes\tmany", 10, "yes", "found “many”"),
    ("no\t200\n", "", 0, "no", "is missing"), ("sampled\t0", "samples\t0", 12, "samples", "is no known name"),
    ("sampled\t0", "no\t7", 12, "no", "stands in line 11 already"), ("weights\t2", "weights\tall", 14, "weights", "the number of lines"),
    ("weights\t2\n", "", 14, "tariff", "is no known name"), ("tariff\t2", "tariff\tnan", 15, "tariff", "is no weight"),
    ("tariff\t2", "tariff 2", 15, "", "has no tab"), ("tariff\t2", "\t2", 15, "", "has no term"),
    ("tariff\t2", "rain\t2", 16, "rain", "has a weight already, in line 15"),
  ])
  func `a fault is told with file, line and what to do`(
    _ old: String, _ new: String, _ line: Int, _ key: String, _ message: String
  ) throws {
    let text = String(
      decoding: TrainedTopicFile.bytes(Self.layer("t", [("tariff", 2), ("rain", -1)]), signature: Self.signature), as: UTF8.self)
    #expect(text.contains(old))
    let problem = try #require(Self.problems("rules: {3: [q]}", texts: ["t.tsv": text.replacing(old, with: new, maxReplacements: 1)]).first)
    #expect(problem.file.hasSuffix("/trained/t.tsv") && problem.line == line && problem.key == key, "\(problem)")
    #expect(problem.message.contains(message), "\(problem)")
  }

  @Test func `layers of no topic, of another analysis and of a wrong name are faults`() {
    #expect(Self.problems(nil, layers: [Self.layer("t", [("a", 1)])]).map(\.key) == ["label"])
    #expect(Self.problems(nil, layers: [Self.layer("u", [("a", 1)], label: "U", parent: "nowhere")]).map(\.key) == ["topics.u.parent"])
    let old = String(decoding: TrainedTopicFile.bytes(Self.layer("t", [("a", 1)]), signature: "0123"), as: UTF8.self)
    let analysis = Self.problems("rules: {3: [q]}", texts: ["t.tsv": old])
    #expect(analysis.map(\.key) == ["analysis"] && analysis.first?.message.contains("train the topic again") == true)
    #expect(Self.problems(nil, texts: ["My Topic.tsv": ""]).first?.message.contains("named for a topic") == true)
    #expect(Self.problems("rules: {3: [q]}", texts: ["t.tsv": "", ".hidden.tsv": "", "t.tsv.new": "x"]).count == 1)
  }

  @Test func `a dropped topic drops its layer, and a merged one brings it`() throws {
    func load(_ own: String, _ layers: [TrainedTopic]) throws -> Registry {
      let folder = FileManager.default.temporaryDirectory.appending(path: "aras-trained-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let files = [("a", "topics:\n  - {id: t, label: T, rules: {3: [q]}}\n  - {id: u, label: U, rules: {3: [r]}}\n"), ("b", own)]
      for (name, text) in files { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
      for layer in layers {
        try Data(TrainedTopicFile.bytes(layer, signature: Self.signature)).write(to: folder.appending(path: "\(layer.id).tsv"))
      }
      return try Registry.load(
        actorFiles: [], topicFiles: files.map { folder.appending(path: $0.0).path }, trainedFolder: folder.path)
    }
    let layer = Self.layer("t", [("tariff", 4)])
    let dropped = try load("topics:\n  - {id: t, drop: true}\n", [layer])
    #expect(Self.matches(dropped, "tariff").isEmpty && dropped.topic("t") == nil)
    let merged = try load("topics:\n  - {id: t, same_as: u}\n", [layer])
    #expect(Self.matches(merged, "tariff").map { merged.topics[Int($0.topic)].id } == ["u"])
    let own = try load("topics:\n  - {id: t, same_as: u}\n", [layer, Self.layer("u", [("trout", 4)])])
    #expect(Self.matches(own, "tariff").isEmpty && !Self.matches(own, "trout").isEmpty)
  }
}
