import TestSupport
import Testing
import Xapian

@testable import Engine

@Suite struct PassagePlacesTests {
  /// Every term of every passage comes back with its positions, whatever the passages have alike, and no term of another passage does.
  @Test(arguments: [
    Shape(passages: 1, words: 0), Shape(passages: 1, words: 1), Shape(passages: 2, words: 3), Shape(passages: 5, words: 120),
    Shape(passages: 40, words: 90), Shape(passages: 1, words: 250), Shape(passages: 3, words: 300), Shape(passages: 3, words: 700),
    Shape(passages: 2, words: 9000), Shape(passages: 1, words: 80_000),
  ])
  func everyTermKeepsItsPositions(shape: Shape) {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var writer = ArticlePlacesWriter()
    for round in 0..<(shape.words > 1000 ? 1 : 20) {
      let article = SampleArticle(shape, &random)
      let encoded = writer.encoded(article.documents)
      #expect(encoded.entities.count == shape.passages && encoded.groups.reduce(0) { $0 + $1.count } == shape.passages)
      encoded.forEachPassage { index, group, places in
        guard let places else {
          Issue.record("seed \(seed), round \(round): passage \(index) cannot be read")
          return
        }
        // What other passages of the group have, this one is known not to have; what none has may look as if it were there.
        var known: Set<[UInt8]> = []
        for other in group { known.formUnion(article.plain[other].keys) }
        // Of very many terms some are enough.
        for term in Array(known).shuffled(using: &random).prefix(known.count > 2000 ? 300 : known.count) {
          var found: [UInt32] = []
          places.append(PlacedTerm(term), to: &found)
          let wanted = article.plain[index][term, default: []].sorted()
          // Actors are told apart from those of the same passage only.
          if wanted.isEmpty, PlacedTerm(term).kind == .entity { continue }
          #expect(found == wanted, "seed \(seed), round \(round): \(String(decoding: term, as: UTF8.self))")
          #expect(places.has(PlacedTerm(term)) == !wanted.isEmpty, "seed \(seed), round \(round)")
          term.withUnsafeBufferPointer { #expect(PlacedTerm($0).own == PlacedTerm(term).own) }
        }
      }
    }
  }

  /// Of terms that no passage has, one in a thousand may look as if they were there.
  @Test func fewOtherTermsLookLikeOnesOfThePassage() {
    var random = SeededRandom(seed: 11)
    var writer = ArticlePlacesWriter()
    let encoded = writer.encoded(SampleArticle(Shape(passages: 12, words: 120), &random).documents)
    var (asked, found) = (0, 0)
    encoded.forEachPassage { _, _, places in
      for number in 0..<20_000 {
        asked += 1
        if places?.has(PlacedTerm(Array("other\(number)".utf8))) ?? true { found += 1 }
      }
    }
    #expect(found * 500 < asked, "\(found) of \(asked)")
  }

  /// The words of the title, and keys of words that passages have in common, take room once.
  @Test func whatPassagesShareIsStoredOnce() {
    var random = SeededRandom(seed: 5)
    var writer = ArticlePlacesWriter()
    func size(title: Int, fields: Int) -> Int {
      let documents = (0..<10).map { number in
        var document = Document()
        for word in 0..<fields { document.addPosting(Array("Aauthor\(word)".utf8), positions: [UInt32(101 + word)], wdf: 0) }
        let words: [Int] = (0..<100).map { _ in Int.random(in: 0..<150, using: &random) }
        for (index, word) in words.enumerated() { document.addPosting(Array("w\(word)".utf8), positions: [UInt32(index + 1)], wdf: 1) }
        for word in 0..<title {
          document.addPosting(Array("Stitle\(word)".utf8), positions: [UInt32(word + 1)], wdf: 1)
          document.addPosting(Array("title\(word)".utf8), positions: [UInt32(20_101 + word)], wdf: 1)
        }
        return document
      }
      return writer.encoded(documents).groups.reduce(0) { $0 + $1.bytes.count }
    }
    let bare = size(title: 0, fields: 0)
    #expect(size(title: 20, fields: 0) < bare + 150)
    #expect(size(title: 0, fields: 20) < bare + 150)
  }

  @Test func whateverTheBytesSayReadingEnds() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    var writer = ArticlePlacesWriter()
    for _ in 0..<60 {
      let article = SampleArticle(
        Shape(passages: Int.random(in: 1...6, using: &random), words: random.pick([0, 1, 40, 150, 400])), &random)
      let encoded = writer.encoded(article.documents)
      let terms = article.plain.flatMap(\.keys).shuffled(using: &random).prefix(40)
      for _ in 0..<40 {
        var damaged = encoded
        for index in damaged.groups.indices {
          damaged.groups[index].bytes = Self.damaged(damaged.groups[index].bytes, &random)
          if random.chance(20) { damaged.groups[index].count = Int.random(in: 0...20, using: &random) }
        }
        for index in damaged.entities.indices { damaged.entities[index] = Self.damaged(damaged.entities[index], &random) }
        damaged.forEachPassage { _, _, places in
          for term in terms {
            var found: [UInt32] = []
            places?.append(PlacedTerm(term), to: &found)
            #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 } || PlacedTerm(term).kind == .entity)
            _ = places?.has(PlacedTerm(term))
          }
        }
      }
    }
  }

  private static func damaged(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = random.chance(30) ? Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))) : bytes
    for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
      // What stands first says most.
      let place = Int.random(in: 0..<(random.chance(50) ? min(12, bytes.count) : bytes.count), using: &random)
      bytes[place] = random.pick([0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)])
    }
    return bytes
  }

  @Test func entitiesAreAsTheDocumentHasThem() {
    func entity(_ id: String, _ positions: [UInt32]) -> TagTerms.Entity {
      TagTerms.Entity(id: id, field: .place, positions: positions, wdf: 1, isSalient: false)
    }
    let bytes = EntityPlaces.encoded([entity("rome", [7, 8]), entity("oslo", [1])])
    func places(_ term: [UInt8]) -> [UInt32] {
      var found: [UInt32] = []
      bytes.withUnsafeBufferPointer { EntityPlaces($0).append(PlacedTerm(term).hash, to: &found) }
      return found
    }
    #expect(places(Term.entity(.place, "rome")) == [7, 8] && places(Term.entity(.place, "oslo")) == [1])
    #expect(places(Term.entity(.actor, "iran")) == [])
    // What a fresh index would write.
    var fresh = Document()
    fresh.addPosting(Array("tango".utf8), positions: [3], wdf: 1)
    fresh.addPosting(Term.entity(.place, "oslo"), positions: [1], wdf: 1)
    fresh.addPosting(Term.entity(.place, "rome"), positions: [8, 7], wdf: 1)
    fresh.addPosting(Array("tango".utf8), positions: [9], wdf: 1)
    var writer = ArticlePlacesWriter()
    #expect(writer.encoded([fresh]).entities == [bytes])
    #expect(EntityPlaces.encoded([TagTerms.Entity]()) == [])
  }
}

struct Shape: Sendable, CustomTestStringConvertible {
  var passages: Int
  /// Of a passage.
  var words: Int

  var testDescription: String { "\(passages) × \(words)" }
}

/// Passages of one article, with and without the things that these have in common, and what they have, spelt out.
private struct SampleArticle {
  let shape: Shape
  var documents: [Document] = []
  /// By passage and term: where it stands.
  var plain: [[[UInt8]: Set<UInt32>]] = []

  init(_ shape: Shape, _ random: inout SeededRandom) {
    self.shape = shape
    let title = (0..<random.pick([0, 1, 8, 300])).map { "t\(random.chance(30) ? $0 / 2 : Int.random(in: 0...400, using: &random))" }
    let source = (0..<random.pick([0, 2, 5])).map { "XSOWs\($0)" }
    let isOrderly = random.chance(70)
    let hasGaps = random.chance(30)
    for number in 0..<shape.passages {
      var document = Document()
      var own: [[UInt8]: Set<UInt32>] = [:]
      func add(_ term: String, _ positions: [UInt32]) {
        document.addPosting(Array(term.utf8), positions: positions, wdf: 1)
        own[Array(term.utf8), default: []].formUnion(positions)
      }
      for (index, word) in source.enumerated() { add(word, [UInt32(101 + index)]) }
      if random.chance(10) { add("Kkey\(number)", [1, 301]) }
      var end: UInt32 = 0
      for _ in 0..<shape.words {
        end += hasGaps && random.chance(5) ? UInt32.random(in: 0...500, using: &random) : 1
        let word = Int.random(in: 0..<(random.chance(50) ? 60 : 2 * shape.words + 100), using: &random)
        add("w\(word)", [end])
        if random.chance(3) { add("c\(word)", [end]) }
      }
      document.addTerm(Array("without".utf8))
      if random.chance(isOrderly ? 20 : 60) {
        for word in 0..<4 {
          add("Hh\(word)", [UInt32(word + 1)])
          add("h\(word)", [end + Schema.positionGap + UInt32(word + 1)])
        }
      }
      for (index, word) in title.enumerated() {
        if !isOrderly, random.chance(2) { continue }
        add("S" + word, [UInt32(index + 1)])
        add(word, [end + 2 * Schema.positionGap + UInt32(index + 1)])
      }
      if !isOrderly, random.chance(30) {
        // Nothing is where it was looked for.
        for word in 0..<9 {
          add(random.pick(["w\(word)", "Sw\(word)", "Aw\(word)"]), [9000, 3, UInt32.random(in: 1...40, using: &random)])
        }
      }
      for actor in 0..<Int.random(in: 0...4, using: &random) {
        let positions = random.chance(20) ? [Schema.farPosition] : [UInt32.random(in: 1...120, using: &random), 7]
        add((random.chance(50) ? Field.actor : .place).valuePrefix + "a\(actor)", positions)
      }
      documents.append(document)
      plain.append(own)
    }
  }
}

extension ArticlePlaces {
  fileprivate func forEachPassage(_ body: (_ index: Int, _ group: Range<Int>, PassagePlaces?) -> Void) {
    var first = 0
    for group in groups {
      let passages = first..<min(first + group.count, entities.count)
      // As an article has them, with records of no bytes.
      var rest = ByteWriter()
      for index in passages {
        rest.number(entities[index].count)
        rest.number(0)
      }
      for index in passages { rest.append(entities[index]) }
      group.bytes.withUnsafeBufferPointer { bytes in
        rest.bytes.withUnsafeBufferPointer {
          let parts = PassageParts($0, count: group.count)
          for index in passages { body(index, passages, PassagePlaces(bytes, index - first, of: group.count, beside: parts)) }
        }
      }
      first = passages.upperBound
    }
  }
}
