// Columns that are read when an index is opened are those that were set passage by passage.
import TestSupport
import Testing

@testable import Engine

@Suite struct ColumnsReaderTests {
  /// Passages of articles whose documents lie among each other and whose numbers do not come in order.
  private struct Passages {
    var rows: [(document: UInt32, columns: PassageColumns)] = []

    init(seed: UInt64) {
      var random = SeededRandom(seed: seed)
      func list(_ most: Int) -> [UInt32] {
        (0..<Int.random(in: 0...most, using: &random)).map { _ in
          // Numbers of one byte and of several.
          random.chance(80) ? UInt32.random(in: 0..<60, using: &random) : UInt32.random(in: 0..<Columns.salient - 1, using: &random)
        }
      }
      let articles = Array(UInt32(0)..<400).shuffled(using: &random).map { article in
        let first = Int.random(in: -800_000...40_000, using: &random)
        let days = random.chance(70) ? DayRange(first: first, last: first + Int.random(in: 0...400, using: &random)) : nil
        let own = ArticleColumns(
          days: days, kind: UInt32.random(in: 0..<4, using: &random),
          source: random.chance(50) ? UInt32.random(in: 0..<9, using: &random) : nil, authors: list(2), keywords: list(5), quality: list(1),
          salientActors: list(30), salientPlaces: random.chance(50) ? list(30) : [])
        return (article: article * 3, own: own)
      }
      var numbers = [UInt32](repeating: 0, count: articles.count)
      var place = 0
      for document in UInt32(1)...3000 where random.chance(90) {
        // Mostly the article of the passage before.
        if random.chance(25) { place = Int.random(in: 0..<articles.count, using: &random) }
        numbers[place] += 1
        rows.append(
          (
            document,
            PassageColumns(
              article: articles[place].article, number: numbers[place], language: UInt32.random(in: 0..<5, using: &random),
              actors: list(4), places: list(3), topics: list(2), ofArticle: articles[place].own)
          ))
      }
    }
  }

  private func read(_ rows: [(document: UInt32, bytes: [UInt8])]) -> Columns {
    var reader = ColumnsReader()
    for (document, bytes) in rows { bytes.withUnsafeBufferPointer { reader.add(document, $0) } }
    return reader.finish()
  }

  private func expectSame(_ read: Columns, _ set: Columns, _ seed: UInt64) throws {
    try #require(read.passageCount == set.passageCount && read.articleCount == set.articleCount, "seed \(seed)")
    #expect(read.passagesByLanguage == set.passagesByLanguage, "seed \(seed)")
    #expect(read.articleRows == set.articleRows && read.documentRows == set.documentRows, "seed \(seed)")
    for document in 0..<UInt32(set.documentRows) {
      try #require(PassageColumns(of: document, in: read) == PassageColumns(of: document, in: set), "seed \(seed), \(document)")
      for field in [FacetColumn.actor, .place, .topic] {
        let lists = [read, set].map { columns in
          let column = columns.lists(field)
          return column.pool.withLists { Array($0[column.number(of: Int(document))]) }
        }
        // With the marks of what is salient.
        try #require(lists[0] == lists[1], "seed \(seed), \(document), \(field)")
      }
    }
    for article in 0..<UInt32(set.articleRows) {
      try #require(ArticleColumns(of: article, in: read) == ArticleColumns(of: article, in: set), "seed \(seed), \(article)")
    }
  }

  @Test(arguments: [1, 2, UInt64.random(in: 3...999_999)])
  func readsWhatWasSet(seed: UInt64) throws {
    let passages = Passages(seed: seed)
    var set = Columns()
    for (document, columns) in passages.rows { set.set(document, columns) }
    try expectSame(read(passages.rows.map { ($0.document, $0.columns.encoded()) }), set, seed)
  }

  @Test(arguments: [1, 2, UInt64.random(in: 3...999_999)])
  func readsWhatWasWritten(seed: UInt64) throws {
    var columns = Columns()
    for (document, passage) in Passages(seed: seed).rows { columns.set(document, passage) }
    for document in stride(from: UInt32(1), to: 3000, by: 7) { columns.remove(document) }
    for article in stride(from: UInt32(0), to: 1200, by: 5) {
      columns[place: article] = ArticlePlace(segment: article % 3 + 1, offset: UInt64(article) * 7919)
    }
    var out = ByteWriter()
    columns.write(to: &out)
    try out.bytes.withUnsafeBufferPointer { bytes in
      var input = ByteCursor(bytes)
      var read = Columns(reading: &input)
      try #require(!input.failed && input.isAtEnd, "seed \(seed)")
      #expect(read.isSame(as: columns), "seed \(seed)")
      for article in 0..<UInt32(1200) { try #require(read[place: article] == columns[place: article], "seed \(seed), \(article)") }
      // On with what was read: lists that are there are found, others are put in.
      for (document, passage) in Passages(seed: seed &+ 1).rows {
        columns.set(document, passage)
        read.set(document, passage)
      }
      #expect(read.isSame(as: columns), "seed \(seed)")
      let (document, passage) = Passages(seed: seed).rows[5]
      read.set(document, passage)
      #expect(!read.isSame(as: columns), "seed \(seed)")
    }
    // However much is cut off, it is noticed.
    for end in stride(from: 0, to: out.bytes.count, by: 997) {
      out.bytes[..<end].withUnsafeBufferPointer { bytes in
        var input = ByteCursor(bytes)
        _ = Columns(reading: &input)
        #expect(input.failed, "seed \(seed), \(end) bytes")
      }
    }
  }

  @Test func whatIsCutOffWhereAnArticleBeginsIsLeftOut() throws {
    let seed = UInt64.random(in: 0...999_999)
    let passages = Passages(seed: seed)
    var random = SeededRandom(seed: seed)
    var set = Columns()
    var rows: [(document: UInt32, bytes: [UInt8])] = []
    for (document, columns) in passages.rows {
      var bytes = columns.encoded()
      if !set.has(article: Int(columns.article)), random.chance(50) {
        // Even the last byte is missed: it ends a list, or says that there is none.
        bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      } else {
        set.set(document, columns)
      }
      rows.append((document, bytes))
    }
    try expectSame(read(rows), set, seed)
  }
}
