import Articles
import TestSupport
import Testing

@testable import Engine

@Suite struct ByteCodingTests {
  @Test func whateverIsWrittenIsRead() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    for _ in 0..<500 {
      let numbers = (0..<10).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0...63, using: &random) }
      let signed = (0..<10).map { _ in Int.random(in: Int.min...Int.max, using: &random) >> Int.random(in: 0...63, using: &random) }
      let text = RandomText.any(&random)
      let float = Float.random(in: -1e9...1e9, using: &random)
      let floats: [Float] = [float, 0, -0.0, 2, 0.25, 0.1, -3, 262_143.75, 262_144, 1e30, .infinity, -.infinity, .leastNonzeroMagnitude]
      var out = ByteWriter()
      for number in numbers { out.number(number) }
      for number in signed { out.signed(number) }
      out.string(text)
      out.optional(nil)
      out.optional(text)
      out.float(float)
      for value in floats { out.smallFloat(value) }
      out.strings([text, "", text])
      var input = ByteReader(out.bytes)
      for number in numbers { #expect(UInt64(bitPattern: Int64(input.number())) == number, "seed \(seed)") }
      for number in signed { #expect(input.signed() == number, "seed \(seed)") }
      #expect(input.string() == text && input.optional() == nil && input.optional() == text, "seed \(seed)")
      #expect(input.float() == float, "seed \(seed)")
      for value in floats { #expect(input.smallFloat().bitPattern == value.bitPattern, "seed \(seed)") }
      #expect(input.strings() == [text, "", text], "seed \(seed)")
      #expect(input.isAtEnd && !input.failed)
    }
  }

  @Test func damagedRecordsAreRefusedNotTrusted() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<3000 {
      var bytes = RecordSamples.stored(&random).encoded()
      if random.chance(50) { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))) }
      for _ in 0..<3 where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      // Reading ends, and every mention that is read names an entity that is there.
      bytes.withUnsafeBufferPointer { lent in
        guard let article = ArticleBytes(lent) else { return }
        for passage in StoredArticle(article)?.passages ?? [] {
          #expect(passage.mentions.allSatisfy { $0.entity < passage.entities.count })
        }
        _ = article.passage(2, of: article.id)
        _ = article.passageText(1)
        var places: [UInt32] = []
        article.places(1)?.append(PlacedTerm(Array("tango".utf8)), to: &places)
      }
      _ = ArticleEntry(encoded: bytes)
      _ = PassageColumns(encoded: bytes)
      _ = FileState.decoded(bytes)
    }
  }
}

@Suite struct StoredArticleTests {
  @Test func comesBackFromItsBytesWholeAndInParts() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    for _ in 0..<300 {
      let stored = RecordSamples.stored(&random)
      stored.encoded().withUnsafeBufferPointer { lent in
        let bytes = ArticleBytes(lent)
        let again = bytes.flatMap { StoredArticle($0) }
        #expect(
          again?.record == stored.record && again?.text == stored.text && again?.passages == stored.passages
            && again?.places == stored.places, "seed \(seed)")
        #expect(bytes?.id == stored.record.id, "seed \(seed)")
        #expect(bytes?.text.elementsEqual(stored.text.text) == true && bytes?.removed == stored.text.removed, "seed \(seed)")
        for (index, passage) in stored.passages.enumerated() {
          #expect(bytes?.passage(index + 1, of: stored.record.id) == passage, "seed \(seed)")
          #expect(bytes?.passageText(index + 1)?.text == passage.text, "seed \(seed)")
          #expect(bytes?.passageText(index + 1)?.heading == passage.heading, "seed \(seed)")
          #expect(bytes?.passageText(index + 1)?.language.rawValue == passage.language, "seed \(seed)")
        }
        #expect(bytes?.passage(0, of: "") == nil && bytes?.passage(stored.passages.count + 1, of: "") == nil)
      }
    }
  }

  /// What the article has already is not stored a second time, unless the passage says something else.
  @Test(arguments: [("tango foxtrot", true), ("tango, foxtrot", true), ("tangofoxtrot", true), ("tango Foxtrot", false)])
  func aPassageThatIsCutFromItsArticleTakesNoRoom(text: String, isCut: Bool) throws {
    let article = Array("# tango, foxtrot and more of the same until it is long enough to tell".utf8)
    let runs: [OffsetMap.Run] =
      switch text {
      case "tango foxtrot": [.init(cleaned: 0, shift: 2), .init(cleaned: 5, shift: 3)]
      case "tangofoxtrot": [.init(cleaned: 0, shift: 2), .init(cleaned: 5, shift: 4)]
      default: [.init(cleaned: 0, shift: 2)]
      }
    let passage = PassageRecord(
      article: "a", number: 3, heading: nil, start: 2, end: 16, line: 1, language: "en", text: Array(text.utf8),
      offsets: try #require(OffsetMap(runs: runs)),
      entities: [], mentions: [], topics: [])
    var out = ByteWriter()
    var strings = ArticleStringsWriter()
    article.withUnsafeBufferPointer { article in
      passage.encode(into: &out, article: article, language: "en", strings: &strings)
      #expect((out.bytes.count < 20) == isCut, "\(out.bytes.count)")
      out.bytes.withUnsafeBufferPointer { lent in
        var input = ByteCursor(lent)
        let surroundings = PassageRecord.Surroundings(
          article: "a", language: "en", text: article, strings: ArticleStrings(UnsafeBufferPointer(start: nil, count: 0)))
        #expect(PassageRecord(&input, number: 3, in: surroundings) == passage)
        #expect(input.isAtEnd)
      }
    }
  }

  /// An article whose passages are tagged again is as if it had been stored so in the first place.
  @Test func anArticleUnderOtherTagsIsWrittenAsANewOneWouldBe() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    for _ in 0..<200 {
      let old = RecordSamples.stored(&random)
      var new = old
      new.record.actors.append(.init(id: RandomText.any(&random), mentions: 70_000, salient: false))
      for index in new.passages.indices where random.chance(50) {
        let other = RecordSamples.passage(&random)
        new.passages[index].entities = other.entities
        new.passages[index].mentions = other.mentions
        new.passages[index].topics = other.topics
        new.places.entities[index] = RecordSamples.bytes(&random)
      }
      let again = old.encoded().withUnsafeBufferPointer { lent in
        ArticleBytes(lent)?.encoded(new.record, passages: new.passages) {
          new.places.entities[$0] == old.places.entities[$0] ? nil : new.places.entities[$0]
        }
      }
      #expect(again == new.encoded(), "seed \(seed)")
    }
  }
}

@Suite struct PagedColumnTests {
  @Test func listsBehaveLikeADictionaryAndOldVersionsStay() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var lists = PagedLists()
    var plain: [Int: [UInt32]] = [:]
    var older: [(PagedLists, [Int: [UInt32]])] = []
    for step in 0..<20_000 {
      let row = Int.random(in: 0..<5000, using: &random)
      let list = (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
      lists.set(row, list)
      plain[row] = list
      if step % 5000 == 4999 { older.append((lists, plain)) }
    }
    for (lists, plain) in older {
      for row in 0..<7000 {
        var found: [UInt32] = []
        lists.forEach(of: row) { found.append($0) }
        #expect(found == plain[row, default: []], "seed \(seed)")
      }
      let rows = (0..<3000).map { _ in UInt32.random(in: 0..<7000, using: &random) }
      var next = 0
      rows.withUnsafeBufferPointer {
        lists.forEachList(of: $0) { index, list in
          #expect(index == next && Array(list) == plain[Int(rows[index]), default: []], "seed \(seed)")
          next += 1
        }
      }
      #expect(next == rows.count)
    }
  }

  /// Each list is kept once, whatever was set before it, and a version of the column does not see what another one puts in.
  @Test func listsOfPassagesBehaveLikeADictionaryAndAreKeptOnce() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let known = (0..<400).map { _ in
      (0..<Int.random(in: 0...9, using: &random)).map { _ in
        UInt32.random(in: 0...40, using: &random) << UInt32.random(in: 0...26, using: &random)
      }
    }
    var lists = PassageLists()
    var plain: [Int: [UInt32]] = [:]
    var versions: [(PassageLists, [Int: [UInt32]])] = []
    for step in 0..<6000 {
      if step % 1000 == 500, let older = versions.last { (lists, plain) = older }
      let row = Int.random(in: 0..<3000, using: &random)
      let list = random.pick(known)
      if list.count == 1 { lists.set(row, list[0]) } else { lists.set(row, list) }
      plain[row] = list
      if step % 1000 == 0 || step == 5999 { versions.append((lists, plain)) }
    }
    for (lists, plain) in versions {
      let rows = (0..<UInt32(3100)).map { $0 }
      lists.pool.withLists { all in
        #expect((0..<3100).allSatisfy { Array(all[lists.number(of: $0)]) == plain[$0, default: []] }, "seed \(seed)")
        let kept = (0..<UInt32(all.count)).map { Array(all[$0]) }
        #expect(Set(kept).count == kept.count && kept[Int(ListPool.empty)].isEmpty, "seed \(seed)")
        #expect((0..<UInt32(all.count)).allSatisfy { all.readable($0) >= all[$0].count }, "seed \(seed)")
        var next = 0
        rows.withUnsafeBufferPointer {
          lists.forEachNumber(of: $0) { index, number in
            #expect(index == next && number == lists.number(of: index), "seed \(seed)")
            next += 1
          }
        }
        #expect(next == rows.count, "seed \(seed)")
      }
    }
  }

  @Test func numbersBehaveLikeADictionary() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var numbers = PagedNumbers<UInt32>(none: 7)
    var plain: [Int: UInt32] = [:]
    for _ in 0..<500 {
      let row = Int.random(in: 0..<20_000, using: &random)
      numbers[row] = UInt32(row)
      plain[row] = UInt32(row)
    }
    let last = plain.keys.max() ?? 0
    #expect(numbers.rows == last + 1 && numbers[last + 1] == 7 && numbers[90_000] == 7)
    var seen = 0
    numbers.forEach { row, number in
      #expect(row == seen && number == plain[row, default: 7], "seed \(seed)")
      seen += 1
    }
    #expect(seen == last + 1)
  }
}

@Suite struct FacetDictionaryTests {
  @Test func numbersStay() {
    var dictionary = FacetDictionary()
    #expect(dictionary.intern("a", in: .author) == (0, true))
    #expect(dictionary.intern("b", in: .author) == (1, true))
    #expect(dictionary.intern("a", in: .author) == (0, false))
    #expect(dictionary.intern("a", in: .keyword) == (0, true))
    #expect(dictionary.number(of: "b", in: .author) == 1 && dictionary.value(1, in: .author) == "b")
    #expect(dictionary.number(of: "b", in: .keyword) == nil)
    #expect(FacetDictionary.key(.kind, 9).lexicographicallyPrecedes(FacetDictionary.key(.kind, 10)))
  }
}

@Suite struct ColumnsTests {
  @Test func behaveLikeADictionary() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var columns = Columns()
    var plain: [UInt32: PassageColumns] = [:]
    func list() -> [UInt32] { (0..<Int.random(in: 0...4, using: &random)).map { _ in UInt32.random(in: 0..<50, using: &random) } }
    var ofArticle: [UInt32: ArticleColumns] = [:]
    for article in UInt32(0)..<100 {
      let first = Int.random(in: -800_000...40_000, using: &random)
      ofArticle[article] = ArticleColumns(
        days: random.chance(70) ? DayRange(first: first, last: first + Int.random(in: 0...400, using: &random)) : nil,
        kind: UInt32.random(in: 0..<4, using: &random), source: random.chance(50) ? UInt32.random(in: 0..<9, using: &random) : nil,
        authors: list(), keywords: list(), quality: list(), salientActors: list(), salientPlaces: list())
    }
    for _ in 0..<5000 {
      let document = UInt32.random(in: 1...400, using: &random)
      if random.chance(40) {
        columns.remove(document)
        plain[document] = nil
      } else {
        let article = document % 100
        let row = PassageColumns(
          article: article, number: document / 100 + 1, language: UInt32.random(in: 0..<5, using: &random), actors: list(), places: list(),
          topics: list(),
          ofArticle: ofArticle[article]!)
        #expect(PassageColumns(encoded: row.encoded()) == row, "seed \(seed)")
        columns.set(document, row)
        plain[document] = row
      }
    }
    #expect(columns.passageCount == plain.count && columns.articleCount == Set(plain.values.map(\.article)).count, "seed \(seed)")
    #expect(columns.passagesByLanguage == plain.values.reduce(into: [:]) { $0[$1.language, default: 0] += 1 }, "seed \(seed)")
    var seen: Set<UInt32> = []
    columns.forEachDocument { seen.insert($0) }
    #expect(seen == Set(plain.keys), "seed \(seed)")
    func values(_ document: UInt32, _ field: FacetColumn) -> [UInt32] {
      var found: [UInt32] = []
      columns.forEachValue(ofPassage: document, field) { found.append($0) }
      return found
    }
    func articleValues(_ article: UInt32, _ field: FacetColumn) -> [UInt32] {
      var found: [UInt32] = []
      columns.forEachValue(ofArticle: article, field) { found.append($0) }
      return found
    }
    for (document, row) in plain {
      #expect(columns.number(of: document) == Int(row.number))
      #expect(columns.article(of: document) == row.article && values(document, .lang) == [row.language])
      #expect(values(document, .actor) == row.actors && values(document, .place) == row.places && values(document, .topic) == row.topics)
      for (field, about) in [(FacetColumn.actor, row.ofArticle.salientActors), (.place, row.ofArticle.salientPlaces)] {
        let marked = columns.lists(field).pool.withLists { lists in
          Set(lists[columns.lists(field).number(of: Int(document))].filter { $0 & Columns.salient != 0 }.map { $0 & ~Columns.salient })
        }
        #expect(marked == Set(values(document, field)).intersection(about), "seed \(seed)")
      }
      #expect(columns.days(ofArticle: row.article) == row.ofArticle.days)
      #expect(articleValues(row.article, .kind) == [row.ofArticle.kind])
      #expect(articleValues(row.article, .source) == [row.ofArticle.source].compactMap { $0 })
      #expect(
        articleValues(row.article, .author) == row.ofArticle.authors && articleValues(row.article, .keyword) == row.ofArticle.keywords)
      #expect(articleValues(row.article, .quality) == row.ofArticle.quality)
    }
  }
}

enum RandomText {
  static func any(_ random: inout SeededRandom) -> String {
    let alphabet = Array("abc déЯق中👩‍👩‍👧\u{0}\n\"")
    return String((0..<Int.random(in: 0...20, using: &random)).map { _ in random.pick(alphabet) })
  }
}

enum RecordSamples {
  static func bytes(_ random: inout SeededRandom) -> [UInt8] {
    (0..<Int.random(in: 0...9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  static func passage(_ random: inout SeededRandom) -> PassageRecord {
    let text = Array(RandomText.any(&random).utf8)
    let entities = (0..<Int.random(in: 0...3, using: &random)).map { _ in RandomText.any(&random) }
    let start = Int.random(in: 0...300_000, using: &random)
    var offsets = OffsetMap(start: start - (random.chance(50) ? start : 0))
    if random.chance(50) { offsets.append(cleaned: 4, article: 4 + start) }
    if random.chance(50) { offsets.append(cleaned: 9, article: 90 + start) }
    // Some as they stand in the text, some not; not always one behind the other.
    let mentions = (0..<(entities.isEmpty ? 0 : Int.random(in: 0...5, using: &random))).map { _ in
      let first = Int.random(in: 0...text.count, using: &random)
      let last = Int.random(in: first...text.count + 2, using: &random)
      let isWritten = random.chance(60) && last <= text.count && String(validating: text[first..<last], as: UTF8.self) != nil
      return StoredMention(
        entity: Int.random(in: 0..<entities.count, using: &random), start: first, end: last,
        alias: isWritten ? String(decoding: text[first..<last], as: UTF8.self) : RandomText.any(&random),
        rule: random.pick(["name", "native", "surname", "weak", RandomText.any(&random)]))
    }
    let evidence = (0..<Int.random(in: 0...3, using: &random)).map {
      StoredTopic.Evidence(start: 9 - 4 * $0, end: 9 + $0, rule: RandomText.any(&random), weight: Float($0) / 3)
    }
    return PassageRecord(
      article: RandomText.any(&random), number: 1, heading: random.chance(50) ? RandomText.any(&random) : nil, start: start,
      end: start + (random.chance(50) ? text.count : 7), line: start / 3, language: random.chance(50) ? "en" : RandomText.any(&random),
      text: text, offsets: offsets, entities: entities, mentions: mentions,
      topics: random.chance(30) ? [] : [StoredTopic(id: "t", score: Float(start) / 8, evidence: evidence)])
  }

  static func article(_ random: inout SeededRandom) -> ArticleRecord {
    func text() -> String { RandomText.any(&random) }
    func maybe() -> String? { random.chance(50) ? text() : nil }
    return ArticleRecord(
      id: text(), key: maybe(), kind: text(), path: text(), origin: text(),
      originLabel: maybe(), title: maybe(), date: maybe(), authors: [text(), text()], publisher: maybe(), publisherShort: maybe(),
      url: maybe(), language: random.chance(50) ? "en" : text(), keywords: [text()], quality: [],
      passages: Int.random(in: 0...9, using: &random),
      actors: [.init(id: text(), mentions: 3, salient: true)], topics: [.init(id: text(), score: 1.5)])
  }

  static func stored(_ random: inout SeededRandom) -> StoredArticle {
    let record = article(&random)
    let text = Array((RandomText.any(&random) + RandomText.any(&random)).utf8)
    let passages = (0..<Int.random(in: 0...9, using: &random)).map { index in
      var passage = passage(&random)
      passage.article = record.id
      passage.number = index + 1
      if random.chance(50), !text.isEmpty {
        // Cut from the article.
        let start = Int.random(in: 0..<text.count, using: &random)
        passage.start = start
        passage.text = Array(text[start..<Int.random(in: start...text.count, using: &random)])
        passage.end = start + passage.text.count
        passage.offsets = OffsetMap(start: start)
      }
      return passage
    }
    var places = ArticlePlaces(entities: passages.map { _ in bytes(&random) })
    var left = passages.count
    while left > 0 {
      let count = Int.random(in: 1...left, using: &random)
      places.groups.append(.init(count: count, bytes: bytes(&random)))
      left -= count
    }
    return StoredArticle(
      record: record,
      text: ArticleText(
        text: text,
        removed: [.init(start: 3, end: 9, label: RandomText.any(&random), reason: "r", excerpt: RandomText.any(&random))]),
      passages: passages, places: places)
  }
}
