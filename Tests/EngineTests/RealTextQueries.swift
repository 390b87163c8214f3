import Tagging
import TestSupport
import TextAnalysis

@testable import Engine

/// Random queries made of the words of real texts.
struct RealTextQueries {
  let text: RealText
  private let analyzer = Analyzer()
  private let languages: [Language]

  init(_ text: RealText) {
    self.text = text
    languages = Array(Set(text.passages.map { Language(rawValue: $0.record.language) }))
  }

  mutating func next(_ random: inout SeededRandom) -> MarkOracle.Query {
    query(random.pick(text.passages), 2, &random)
  }

  private func query(_ passage: RealText.Passage, _ depth: Int, _ random: inout SeededRandom) -> MarkOracle.Query {
    switch Int.random(in: 0..<(depth > 0 ? 18 : 12), using: &random) {
    case 0, 1, 2: return .word(asked(passage, &random))
    case 3, 4: return phrase(passage, &random)
    case 5: return actor(passage, &random)
    case 6: return name(passage, &random)
    case 7, 8, 9: return near(passage, 1, &random)
    case 10:
      let field = random.pick(["title", "text", "heading", "text"])
      return .scoped(field, random.chance(50) ? .word(asked(passage, &random)) : phrase(passage, &random))
    case 11: return random.chance(50) ? .scoped("text", near(passage, 0, &random)) : .word(asked(passage, &random))
    case 12, 13: return .and([query(passage, depth - 1, &random), query(passage, depth - 1, &random)])
    case 14, 15: return .or([query(passage, depth - 1, &random), query(random.pick(text.passages), depth - 1, &random)])
    case 16: return .and([query(passage, depth - 1, &random), .not(query(random.pick(text.passages), depth - 1, &random))])
    default:
      // A stop word beside others is passed over.
      let other = query(passage, depth - 1, &random)
      let isPlain = if case .word(.plain) = other { true } else { false }
      return .clauses(
        [content(passage, &random), isPlain ? content(passage, &random) : other],
        without: random.chance(60) ? [content(random.pick(text.passages), &random)] : [])
    }
  }

  // MARK: Words

  /// A word that can be typed as it is written.
  private func written(_ word: RealText.RealWord) -> String? {
    let text = word.written
    let isOne = ([.english] + languages).allSatisfy { analyzer.analyze(text, language: $0).count == 1 }
    // Turkish endings behind an apostrophe go with the language that a query is taken to be in.
    let hasEnding = text.contains("'") || text.contains("’")
    guard isOne, !text.contains("."), !hasEnding || text.hasSuffix("'s"), !["AND", "OR", "NOT", "NEAR", "ADJ"].contains(text) else {
      return nil
    }
    return text
  }

  private func word(_ passage: RealText.Passage, _ random: inout SeededRandom) -> String {
    for _ in 0..<20 {
      guard !passage.words.isEmpty, let text = written(random.pick(passage.words)) else { continue }
      return random.chance(30) ? text.lowercased() : text
    }
    return "the"
  }

  private func asked(_ typed: String, _ random: inout SeededRandom) -> MarkOracle.Asked {
    let letters = Array(String(decoding: Fold.folded(typed), as: UTF8.self))
    let isPlain = letters.allSatisfy(\.isLetter)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .exact(typed)
    case 1 where isPlain && letters.count > 4: return .prefix(String(letters.prefix(Int.random(in: 4...letters.count, using: &random))))
    case 2 where isPlain && letters.count > 5: return .fuzzy(String(letters), 1)
    case 3 where isPlain && letters.count > 8: return .fuzzy(String(letters.dropLast()), 2)
    default: return .plain(typed)
    }
  }

  private func asked(_ passage: RealText.Passage, _ random: inout SeededRandom) -> MarkOracle.Asked {
    asked(word(passage, &random), &random)
  }

  /// A word that is a stop word nowhere: side by side with others those are passed over.
  private func content(_ passage: RealText.Passage, _ random: inout SeededRandom) -> MarkOracle.Query {
    for _ in 0..<50 {
      let typed = word(passage, &random)
      let stream = analyzer.analyze(typed, language: .english)
      if !languages.contains(where: { analyzer.isStopWord(stream.folded(0), language: $0) }) { return .word(.plain(typed)) }
    }
    return .word(.plain("corridor"))
  }

  /// Words that follow each other, at times with one left out or exchanged.
  private func phrase(_ passage: RealText.Passage, _ random: inout SeededRandom) -> MarkOracle.Query {
    let count = Int.random(in: 2...3, using: &random)
    guard passage.words.count > count + 2 else { return .word(asked(passage, &random)) }
    let start = Int.random(in: 0..<(passage.words.count - count - 1), using: &random)
    var typed: [MarkOracle.Asked] = []
    var at = start
    while typed.count < count {
      typed.append(asked(written(passage.words[at]) ?? "the", &random))
      at += at + 2 < passage.words.count && random.chance(15) ? 2 : 1
      if at >= passage.words.count { break }
    }
    guard typed.count > 1 else { return .word(asked(passage, &random)) }
    if random.chance(40) { typed.shuffle(using: &random) }
    return .phrase(typed, slop: random.chance(60) ? 0 : Int.random(in: 1...4, using: &random))
  }

  // MARK: Actors

  private func actor(_ passage: RealText.Passage, _ random: inout SeededRandom) -> MarkOracle.Query {
    guard !passage.record.mentions.isEmpty else { return .word(asked(passage, &random)) }
    let mention = random.pick(passage.record.mentions)
    let id = passage.record.entities[mention.entity]
    let field = text.registry.actor(id)?.kind == .place ? "place" : "actor"
    if random.chance(50) { return .actor("\(field):\(id)", ids: [id]) }
    let alias = String(decoding: passage.record.text[mention.start..<mention.end], as: UTF8.self)
    let ids = text.registry.resolveActor(alias)
    guard !ids.isEmpty, !alias.contains("\""), !alias.contains("\n") else { return .actor("\(field):\(id)", ids: [id]) }
    return .actor("\(field):\"\(alias)\"", ids: Set(ids))
  }

  /// A plain word that is the name of an actor, where the passage has one.
  private func name(_ passage: RealText.Passage, _ random: inout SeededRandom) -> MarkOracle.Query {
    let names = passage.words.filter { word in
      passage.record.mentions.contains { $0.start..<$0.end == word.range } && written(word) != nil
    }
    return names.isEmpty ? .word(asked(passage, &random)) : .word(.plain(random.pick(names).written))
  }

  // MARK: Windows

  private func near(_ passage: RealText.Passage, _ depth: Int, _ random: inout SeededRandom) -> MarkOracle.Query {
    let count = random.chance(80) ? 2 : 3
    let operands = (0..<count).map { _ in operand(passage, depth, &random) }
    return .near(operands, random.pick([1, 2, 3, 5, 10, 20]), ordered: random.chance(35))
  }

  private func operand(_ passage: RealText.Passage, _ depth: Int, _ random: inout SeededRandom) -> MarkOracle.Query {
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return phrase(passage, &random)
    case 2, 3: return actor(passage, &random)
    case 4 where depth > 0: return .or([operand(passage, 0, &random), operand(passage, 0, &random)])
    case 5 where depth > 0: return near(passage, 0, &random)
    default: return .word(asked(passage, &random))
    }
  }
}
