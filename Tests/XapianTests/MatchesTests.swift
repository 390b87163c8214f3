import Testing
import Xapian

@Suite struct MatchesTests {
  let folder = TemporaryFolder()

  static let schemes: [WeightingScheme] = [
    .boolean, .bm25(), .bm25(k1: 1.2, k2: 0, k3: 8, b: 0.75, minNormLength: 0.5), .bm25Plus(), .ineB2(), .ineB2(c: 7), .pl2Plus(), .tfIdf,
  ]

  /// A database of random documents, some deleted, so that numbers have gaps.
  private func randomDatabase(seed: UInt64, count: Int, make: inout RandomQueries) throws -> Database {
    let name = "random\(UInt64.random(in: 0...UInt64.max))"
    var writer = try WritableDatabase(path: folder.file(name), unsynced: true)
    for _ in 0..<count { try writer.add(make.document().document) }
    for number in stride(from: UInt32(7), to: UInt32(count), by: 11) { try writer.delete(number) }
    try writer.close()
    return try Database(path: folder.file(name))
  }

  @Test(arguments: schemes)
  func weightsAreThoseOfThePage(scheme: WeightingScheme) throws {
    for seed in seeds {
      var make = RandomQueries(seed: seed)
      let database = try randomDatabase(seed: seed, count: 300, make: &make)
      let count = try database.documentCount
      for _ in 0..<40 {
        let query = make.query(depth: Int.random(in: 0...3, using: &make.random))
        let matches = try database.matches(query, weighting: scheme, wantWeights: true)
        let page = try database.page(query, weighting: scheme, count: count, checkAtLeast: count)
        let about: Comment = "seed \(seed): \(try query.xapianDescription())"
        try #require(matches.documents == page.hits.map(\.document).sorted(), about)
        try #require(matches.documents == matches.documents.sorted(), about)
        try #require([page.lowerBound, page.estimated, page.upperBound] == [Int](repeating: matches.documents.count, count: 3), about)
        let weights = Dictionary(uniqueKeysWithValues: zip(matches.documents, matches.weights))
        for hit in page.hits { try #require(weights[hit.document] == Float(hit.weight), about) }
        try #require(!matches.timedOut)
      }
    }
  }

  @Test func everyMatchComesWhateverItsWeight() throws {
    // Many light matches after a few heavy ones: a matcher out for the best would leave them out.
    let database = try folder.database((0..<5000).map { $0 < 10 ? "rare rare rare common" : "common filler\($0)" })
    let matches = try database.matches(.or([.term("rare"), .term("common")]), weighting: .bm25(), wantWeights: true)
    #expect(matches.documents == Array(1...5000))
    #expect(matches.weights.count == 5000)
  }

  @Test func withoutWeightsThereAreNone() throws {
    let database = try folder.database(["a", "a b", "c"])
    let matches = try database.matches(.term("a"), weighting: .bm25(), wantWeights: false)
    #expect(matches == Matches(documents: [1, 2]))
    #expect(try database.matches(.term("a"), weighting: .boolean, wantWeights: true).weights == [0, 0])
  }

  @Test func aDeadlineThatHasPassedEndsTheMatch() throws {
    let database = try folder.database(["a", "a b", "c"])
    #expect(try database.matches(.term("a"), deadline: 1).timedOut)
    #expect(try database.matches(.term("a"), deadline: 0).timedOut)
    #expect(try database.matches(.term("a"), deadline: UInt64.max) == Matches(documents: [1, 2]))
    // The database is as good as before.
    #expect(try database.matches(.term("a")) == Matches(documents: [1, 2]))
  }

  @Test func whatTheDeadlineLeavesIsTheBeginningOfAllMatches() throws {
    let database = try folder.database((0..<20_000).map { "a w\($0 % 9)" })
    let all = try database.matches(.term("a"), weighting: .bm25(), wantWeights: true)
    // However fast the machine, some of these deadlines pass before the match, some after, and some may in it.
    for microseconds in stride(from: 0, through: 4000, by: 50) {
      let deadline = monotonicNanoseconds() + UInt64(microseconds) * 1000
      let matches = try database.matches(.term("a"), weighting: .bm25(), wantWeights: true, deadline: deadline)
      #expect(matches.documents == Array(all.documents.prefix(matches.documents.count)))
      #expect(matches.weights == Array(all.weights.prefix(matches.documents.count)))
      #expect(matches.timedOut ? matches.documents.count % 1024 == 0 : matches.documents.count == 20_000)
    }
  }

  @Test func aWriterSeesWhatIsNotCommitted() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "a"))
    try writer.commit()
    try writer.add(Document(words: "a b"))
    try writer.delete(1)
    #expect(try writer.matches(.term("a")).documents == [2])
    #expect(try writer.matches(.phrase("a b")).documents == [2])
  }

  @Test func aPageIsAPartOfTheRanking() throws {
    var make = RandomQueries(seed: 5)
    let database = try randomDatabase(seed: 5, count: 300, make: &make)
    let query = Query.or([.term("a"), .term("abc"), .term("rare")])
    let all = try database.page(query, count: 300)
    for first in [0, 1, 10, 200, 299, 5000] {
      let page = try database.page(query, first: first, count: 7, checkAtLeast: 300)
      #expect(page.hits == Array(all.hits.dropFirst(first).prefix(7)))
      #expect(page.estimated == all.hits.count)
    }
    #expect(try database.page(query, count: 0).hits.isEmpty)
    #expect(all.maxAttained == all.hits.first?.weight)
    #expect(all.maxPossible >= all.maxAttained)
  }

  @Test func aPageMayBeOrderedByValue() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "z z"))
    for (text, value) in [("a", "m"), ("a a a", "z"), ("a b", "m"), ("a c", "b")] {
      var document = Document(words: text)
      document.setValue(slot: 2, bytes(value))
      try writer.add(document)
    }
    try writer.commit()
    func order(_ order: PageOrder) throws -> [UInt32] {
      try writer.page(.term("a"), weighting: .tfIdf, count: 9, order: order).hits.map(\.document)
    }
    #expect(try order(.value(slot: 2, descending: false)) == [5, 2, 4, 3])
    #expect(try order(.value(slot: 2, descending: true)) == [3, 2, 4, 5])
    #expect(try order(.valueThenRelevance(slot: 2, descending: true)) == [3, 2, 4, 5])
    #expect(try order(.relevanceThenValue(slot: 2, descending: false)) == [3, 5, 2, 4])
    #expect(try order(.relevance) == [3, 2, 4, 5])
  }
}
