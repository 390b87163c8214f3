import Tagging
import TestSupport
import TextAnalysis

/// A registry made at random of few words, so that its names collide, overlap and support each other, and edits of it.
struct RandomRegistry {
  struct Actor {
    var id: String
    var kind: String
    var names: [String]
    var demonyms: [String] = []
    var surnames: [String] = []
    var acronyms: [String] = []
    var weak: [String] = []
    /// Names by language.
    var native: [String: [String]] = [:]
    var parent: String?
    var keeps: [String] = []
    var support: [String] = []
    var since: Int?
    var until: Int?
  }

  struct Topic {
    var id: String
    var threshold: Int
    var rules: [(weight: Int, language: String, text: String)]
    var exclude: [String] = []
  }

  var actors: [Actor] = []
  var topics: [Topic] = []
  var masks: [String] = []
  var regions: [String] = []
  var titles: [String] = []
  /// Trained layers by topic: weights of terms, and what they must add up to.
  var layers: [String: (threshold: Float, weights: [(String, Float)])] = [:]
  /// Entries of a later file: `drop` and `same_as`.
  var later: [String] = []
  private var made = 0

  static let proper = ["Tango", "Zulu", "Kilo", "Mike", "Oscar", "Lima", "Quebec", "Sierra"]
  static let generic = ["army", "council", "river", "border", "parade", "tariff", "northern", "great"]
  static let russian = ["Танго", "Зулия", "Кильск", "Майкия"]
  static let turkic = ["Bakra", "Şuşar", "Ləkid", "Ankas"]
  static let turkicEndings = ["", "da", "dan", "nın", "lar", "lı", "ya", "ı"]

  init(_ random: inout SeededRandom) {
    for _ in 0..<Int.random(in: 3...7, using: &random) { addActor(&random) }
    for _ in 0..<Int.random(in: 1...4, using: &random) { addTopic(&random) }
    titles = ["President"]
    if random.chance(30) { learn(&random) }
  }

  /// Changes or takes away what was learnt of a topic.
  private mutating func learn(_ random: inout SeededRandom) {
    let id = random.chance(20) ? "learnt" : random.pick(topics).id
    if layers[id] != nil, random.chance(30) { return layers[id] = nil }
    let terms = ["armi", "council", "river", "border", "parad", "tariff", "walk", "sleep", "harvest", "tango", "zulu", "ru:танг"]
    layers[id] = (
      Float(Int.random(in: 1...6, using: &random)) / 8,
      terms.filter { _ in random.chance(30) }.map { ($0, Float(Int.random(in: -4...8, using: &random)) / 4) }
    )
  }

  private static func name(_ random: inout SeededRandom) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0...2: random.pick(proper)
    case 3: "\(random.pick(proper)) \(random.pick(generic))"
    case 4: "\(random.pick(proper)) \(random.pick(proper))"
    default: "\(random.pick(generic).capitalized) of \(random.pick(proper))"
    }
  }

  private mutating func addActor(_ random: inout SeededRandom) {
    made += 1
    var actor = Actor(
      id: "a\(made)", kind: random.pick(["state", "state", "organisation", "person", "place", "group"]), names: [Self.name(&random)])
    if random.chance(30) { actor.demonyms = [Self.name(&random)] }
    if random.chance(25) { actor.surnames = [random.pick(Self.proper)] }
    if random.chance(20) { actor.acronyms = [random.pick(["KLM", "XYZ", "ABC"])] }
    if random.chance(30) { actor.weak = [Self.name(&random)] }
    if random.chance(30) {
      actor.native["ru"] = [random.chance(50) ? random.pick(Self.russian) : "\(random.pick(Self.russian)) \(random.pick(Self.russian))"]
    }
    if random.chance(40) { actor.native["az"] = [random.pick(Self.turkic)] }
    actors.append(actor)
  }

  private mutating func addTopic(_ random: inout SeededRandom) {
    made += 1
    topics.append(
      Topic(
        id: "t\(made)", threshold: Int.random(in: 1...3, using: &random),
        rules: (0..<Int.random(in: 1...4, using: &random)).map { _ in rule(&random) },
        exclude: random.chance(30) ? ["\(random.pick(Self.generic)) \(random.pick(Self.generic))"] : []))
  }

  private func rule(_ random: inout SeededRandom) -> (weight: Int, language: String, text: String) {
    let actor = random.pick(actors).id
    let text =
      switch Int.random(in: 0..<7, using: &random) {
      case 0: random.pick(Self.generic)
      case 1: "\(random.pick(Self.generic)) \(random.pick(Self.generic))"
      case 2: "\(random.pick(Self.generic).prefix(4))*"
      case 3: "@\(actor)"
      case 4: "@\(actor) \(random.pick(Self.generic))"
      case 5: "(@S NEAR/3 \(random.pick(Self.generic)))"
      default: "(@\(actor) NEAR/4 @\(random.pick(actors).id))"
      }
    return (Int.random(in: 1...3, using: &random), "en", text)
  }

  /// Changes one thing, which may leave a registry that is wrong.
  mutating func edit(_ random: inout SeededRandom) {
    let one = Int.random(in: 0..<actors.count, using: &random)
    switch Int.random(in: 0..<24, using: &random) {
    case 0: addActor(&random)
    case 1: if actors.count > 2 { actors.remove(at: one) }
    case 2: actors[one].names.append(Self.name(&random))
    case 3: actors[one].names = [Self.name(&random)]
    case 4: actors[one].kind = random.pick(["state", "place", "organisation", "person"])
    case 5: actors[one].parent = random.pick(actors).id
    case 6: actors[one].parent = nil
    case 7: actors[one].weak = random.chance(50) ? [] : [Self.name(&random)]
    case 8: actors[one].surnames = random.chance(50) ? [] : [random.pick(Self.proper)]
    case 9: actors[one].native = ["az": [random.pick(Self.turkic)], "ru": [random.pick(Self.russian)]]
    case 10: actors[one].native["az"] = ["\(random.pick(Self.turkic)) \(random.pick(Self.turkic))da"]
    case 11: actors[one].since = random.chance(50) ? nil : Int.random(in: 2015...2022, using: &random)
    case 12: actors[one].until = random.chance(50) ? nil : Int.random(in: 2023...2026, using: &random)
    case 13: actors[one].keeps = [random.pick(actors).id]
    case 14: actors[one].support = [random.pick(actors).id]
    case 15: masks = random.chance(30) ? [] : [Self.name(&random) + " " + random.pick(Self.generic)]
    case 16: titles = random.chance(50) ? ["President"] : ["President", random.pick(Self.generic)]
    case 17: actors.swapAt(one, Int.random(in: 0..<actors.count, using: &random))
    case 18: later = random.chance(50) ? [] : ["{id: \(actors[one].id), same_as: \(random.pick(actors).id)}"]
    case 19: if topics.count > 1 { topics.swapAt(0, topics.count - 1) } else { addTopic(&random) }
    case 22, 23: if !layers.isEmpty || random.chance(10) { learn(&random) }
    case 20:
      let topic = Int.random(in: 0..<topics.count, using: &random)
      if random.chance(50) {
        topics[topic].threshold = Int.random(in: 1...3, using: &random)
      } else {
        topics[topic].rules.append(rule(&random))
      }
    default:
      let topic = Int.random(in: 0..<topics.count, using: &random)
      if random.chance(40) { topics[topic].rules = [rule(&random)] } else { topics[topic].exclude = [random.pick(Self.generic)] }
      if random.chance(20) { regions = [random.pick(Self.proper)] }
    }
  }

  // MARK: As files

  private func list(_ texts: [String]) -> String { "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }

  var actorFile: String {
    var lines = ["version: 1"]
    if !masks.isEmpty { lines.append("masks: \(list(masks))") }
    if !regions.isEmpty { lines.append("homonym_regions: \(list(regions))") }
    lines.append("titles: {en: \(list(titles))}")
    lines.append("actors:")
    for actor in actors {
      lines.append("  - id: \(actor.id)")
      lines.append("    kind: \(actor.kind)")
      lines.append("    names: \(list(actor.names))")
      for (key, texts) in [("demonyms", actor.demonyms), ("surnames", actor.surnames), ("acronyms", actor.acronyms), ("weak", actor.weak)]
      where !texts.isEmpty { lines.append("    \(key): \(list(texts))") }
      for (key, texts) in [("keeps", actor.keeps), ("support", actor.support)] where !texts.isEmpty {
        lines.append("    \(key): [\(texts.joined(separator: ", "))]")
      }
      if let parent = actor.parent { lines.append("    parent: \(parent)") }
      if let since = actor.since { lines.append("    since: \(since)") }
      if let until = actor.until { lines.append("    until: \(until)") }
      if !actor.native.isEmpty {
        lines.append("    native:")
        for (language, texts) in actor.native.sorted(by: { $0.key < $1.key }) { lines.append("      \(language): \(list(texts))") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var laterFile: String { "version: 1\nactors: [\(later.joined(separator: ", "))]\n" }

  var topicFile: String {
    var lines = ["version: 1", "topics:"]
    for topic in topics {
      lines.append("  - id: \(topic.id)")
      lines.append("    label: \(topic.id)")
      lines.append("    threshold: \(topic.threshold)")
      for weight in Set(topic.rules.map(\.weight)).sorted().prefix(1) {
        lines.append("    rules: {\(weight): \(list(topic.rules.map(\.text)))}")
      }
      if !topic.exclude.isEmpty { lines.append("    exclude: \(list(topic.exclude))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Nil when it is wrong.
  func load() throws -> Registry? {
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    for (name, text) in [("actors.yaml", actorFile), ("later.yaml", laterFile), ("topics.yaml", topicFile)] {
      try TinyRegistry.write(text, "\(folder)/\(name)")
    }
    let signature = TrainedFeatures.signature(Analyzer())
    for (id, layer) in layers {
      let topic = TrainedTopic(
        id: id, label: id == "learnt" ? "Learnt" : nil, method: .linear, threshold: layer.threshold, day: "2026-11-21", yes: 50, no: 200,
        sampled: 0, weights: layer.weights.map { TrainedTopic.Weight(term: Array($0.0.utf8), weight: $0.1) })
      try TinyRegistry.write(String(decoding: TrainedTopicFile.bytes(topic, signature: signature), as: UTF8.self), "\(folder)/\(id).tsv")
    }
    return try? Registry.load(
      actorFiles: ["\(folder)/actors.yaml", "\(folder)/later.yaml"], topicFiles: ["\(folder)/topics.yaml"], trainedFolder: folder)
  }
}

/// Articles of the words that the names and rules of `RandomRegistry` are made of.
enum RandomArticle {
  /// - Parameter names: of a hundred sentences, how many name somebody.
  private static func sentence(_ language: String, names: Int = 100, _ random: inout SeededRandom) -> String {
    let isPlain = !random.chance(names)
    let words = (0..<Int.random(in: 3...10, using: &random)).map { _ -> String in
      if isPlain { return random.pick(["walks", "then", "here", "nobody", "sleeps", "harvest", "I", "EU"]) }
      return switch Int.random(in: 0..<10, using: &random) {
      case 0...2: random.pick(RandomRegistry.proper)
      case 3: random.pick(RandomRegistry.generic)
      case 4: random.pick(RandomRegistry.generic).capitalized
      case 5 where language == "az": random.pick(RandomRegistry.turkic) + random.pick(RandomRegistry.turkicEndings)
      case 5 where language == "ru": random.pick(RandomRegistry.russian) + random.pick(["", "а", "е", "у"])
      case 6: random.pick(["President", "of", "KLM", "XYZ", "tango"])
      default: random.pick(["walks", "then", "here", "nobody", "sleeps", "tariffs", "parades"])
      }
    }
    // Where everything is written in capitals an acronym says less.
    if random.chance(5) { return words.joined(separator: " ").uppercased() + "." }
    return words.joined(separator: random.chance(15) ? ", " : " ") + "."
  }

  static func make(_ key: String, _ random: inout SeededRandom) -> CorpusArticle {
    let language = random.pick(["en", "en", "en", "az", "ru"])
    let (headings, names) = (random.pick([0, 0, 40]), random.pick([20, 50, 100]))
    return CorpusArticle(
      key: key, title: random.chance(60) ? sentence(language, names: names, &random) : nil,
      date: random.chance(60) ? "\(Int.random(in: 2014...2027, using: &random))-03-04" : nil,
      publisher: random.chance(20) ? "\(random.pick(RandomRegistry.proper)) \(random.pick(RandomRegistry.generic))" : nil,
      language: language,
      parts: (0..<Int.random(in: 0...8, using: &random)).map { _ in
        CorpusArticle.Part(
          text: (0..<Int.random(in: 1...3, using: &random)).map { _ in sentence(language, names: names, &random) }.joined(separator: " "),
          heading: random.chance(headings) ? sentence(language, &random) : nil, language: language)
      })
  }
}
