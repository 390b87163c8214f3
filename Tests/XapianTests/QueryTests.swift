import Foundation
import Testing
import Xapian

@Suite struct QueryTests {
  let folder = TemporaryFolder()

  @Test(arguments: seeds)
  func randomQueriesMatchWhatTheModelSays(seed: UInt64) throws {
    var make = RandomQueries(seed: seed)
    var model = QueryModel(documents: [:])
    var writer = try WritableDatabase(path: folder.file(), unsynced: true)
    for _ in 0..<150 {
      let document = make.document()
      model.documents[try writer.add(document.document)] = document
    }
    try writer.close()
    let database = try Database(path: folder.file())
    for _ in 0..<400 {
      let query = make.query(depth: Int.random(in: 0...4, using: &make.random))
      let expected = model.matches(query)
      let about: Comment = "seed \(seed): \(try query.xapianDescription())"
      dirtyMemory(with: [0x00, 0x3f, 0xc0].randomElement(using: &make.random) ?? 0)
      let plain = try database.matches(query).documents
      try #require(plain == expected, about)
      let weighed = try database.matches(query, weighting: .bm25(), wantWeights: true).documents
      try #require(weighed == expected, about)
    }
  }

  @Test func tenThousandOperandsSideBySideAreFine() throws {
    let database = try folder.database((0..<300).map { "w\($0) w\($0 + 1) common" })
    let terms = (0..<10_000).map { Query.term("w\($0)") }
    #expect(try database.matches(.or(terms), weighting: .bm25(), wantWeights: true).documents.count == 300)
    #expect(try database.matches(.max(terms), weighting: .bm25(), wantWeights: true).documents.count == 300)
    #expect(try database.matches(.synonym(terms), weighting: .bm25(), wantWeights: true).documents.count == 300)
    #expect(try database.matches(.xor(terms)).documents == [])
    #expect(try database.matches(.and(terms)).documents == [])
    #expect(try database.matches(.and([Query](repeating: .term("common"), count: 10_000))).documents.count == 300)
    #expect(try database.matches(.near([.or(terms), .term("common")], window: 2)).documents.count == 300)
    #expect(try database.matches(.phrase(terms, window: 20_000)).documents == [])
  }

  /// Runs a body on a thread with the stack that threads other than the main one get on some systems.
  private func onSmallStack<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Swift.Result { try body() }) }
      thread.stackSize = 512 * 1024
      thread.start()
    }
  }

  enum Nesting: CaseIterable, Sendable {
    case alternating, andNot, andMaybe, filter, scale, synonym, xor

    func nest(_ query: Query, _ level: Int) -> Query {
      switch self {
      case .alternating: level % 2 == 0 ? .and([query, .term("a")]) : .or([query, .term("b")])
      case .andNot: .andNot(.term("a"), query)
      case .andMaybe: .andMaybe(query, .term("b"))
      case .filter: .filter(.term("a"), query)
      case .scale: .scale(query, 1.001)
      case .synonym: level % 2 == 0 ? .synonym([query, .term("b")]) : .and([query, .term("a")])
      case .xor: .xor([query, .term("b")])
      }
    }
  }

  @Test(arguments: Nesting.allCases)
  func theDeepestQueryAllowedFitsASmallStack(nesting: Nesting) async throws {
    let path = folder.file()
    _ = try folder.database(["a b", "a", "b", "c"])
    try await onSmallStack {
      var query = Query.term("a")
      for level in 1..<400 { query = nesting.nest(query, level) }
      let database = try Database(path: path)
      _ = try database.matches(query)
      _ = try database.matches(query, weighting: .bm25(), wantWeights: true)
      _ = try database.page(query, count: 3)
      let deeper = nesting.nest(query, 400)
      let kind = try kindOfFailure { _ = try database.matches(deeper) }
      #expect(kind == .invalidArgument)
    }
  }

  @Test(arguments: Nesting.allCases)
  func tenThousandLevelsAreAnErrorAndNoCrash(nesting: Nesting) async throws {
    let database = try folder.database(["a"])
    var query = Query.term("a")
    for level in 1...10_000 { query = nesting.nest(query, level) }
    let kind = try kindOfFailure { _ = try database.matches(query) }
    #expect(kind == .invalidArgument)
  }

  @Test(arguments: [false, true])
  func tenThousandLevelsOfTheSameOperatorAreOneLevel(leftDeep: Bool) async throws {
    let database = try folder.database(["a", "b", "c"])
    var or = Query.term("a")
    var and = Query.term("a")
    for _ in 1...10_000 {
      or = .or(leftDeep ? [or, .term("b")] : [.term("b"), or])
      and = .and(leftDeep ? [and, .term("a")] : [.term("a"), and])
    }
    #expect(try database.matches(or).documents == [1, 2])
    #expect(try database.matches(and).documents == [1])
  }

  @Test func nothingToAndIsNothing() throws {
    let database = try folder.database(["a"])
    for query: Query in [
      .and([]), .or([]), .xor([]), .max([]), .synonym([]), .near([], window: 3), .phrase([], window: 0),
      .and([.term("a"), .and([])]), .and([.term("a"), .none]),
    ] {
      #expect(try database.matches(query).documents == [], "\(query)")
    }
    #expect(try database.matches(.or([.or([]), .term("a")])).documents == [1])
  }

  @Test(arguments: [-1.0, .nan, .infinity])
  func aFactorThatIsNoWeightIsRefused(factor: Double) throws {
    let database = try folder.database(["a"])
    let kind = try kindOfFailure { _ = try database.matches(.scale(.term("a"), factor)) }
    #expect(kind == .invalidArgument)
  }

  @Test func aWildcardTakesTheMostFrequentOrAll() throws {
    let database = try folder.database(["pa", "pb", "pb", "pc", "pc", "pc", "x"])
    #expect(try database.matches(.wildcard(bytes("p"), limit: 0)).documents == [1, 2, 3, 4, 5, 6])
    #expect(try database.matches(.wildcard(bytes("p"), limit: 1)).documents == [4, 5, 6])
    #expect(try database.matches(.wildcard(bytes("p"), limit: 2)).documents == [2, 3, 4, 5, 6])
    #expect(try database.matches(.wildcard(bytes("p"), limit: 1000)).documents == [1, 2, 3, 4, 5, 6])
    #expect(try database.matches(.wildcard(bytes("nowhere"), limit: 5)).documents == [])
    #expect(try database.matches(.wildcard([], limit: 0)).documents == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test func valueRangesIncludeTheirEnds() throws {
    var writer = try WritableDatabase(path: folder.file())
    for value in ["2019", "2020", "2021", ""] {
      var document = Document()
      document.setValue(slot: 1, bytes(value))
      try writer.add(document)
    }
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try database.matches(.valueRange(slot: 1, from: bytes("2019"), to: bytes("2020"))).documents == [1, 2])
    #expect(try database.matches(.valueAtLeast(slot: 1, bytes("2020"))).documents == [2, 3])
    // A document without a value is in no range, save the one from the empty value on, which is every document.
    #expect(try database.matches(.valueAtMost(slot: 1, bytes("2020"))).documents == [1, 2])
    #expect(try database.matches(.valueRange(slot: 1, from: [], to: bytes("2020"))).documents == [1, 2])
    #expect(try database.matches(.valueAtLeast(slot: 1, [])).documents == [1, 2, 3, 4])
    #expect(try database.matches(.valueRange(slot: 1, from: bytes("2021"), to: bytes("2019"))).documents == [])
    #expect(try database.matches(.valueAtLeast(slot: 7, bytes("x"))).documents == [])
  }

  @Test func aSynonymOfAValueHasNoWeight() throws {
    var writer = try WritableDatabase(path: folder.file())
    for value in ["1", "2"] {
      var document = Document(words: "a")
      document.setValue(slot: 1, bytes(value))
      try writer.add(document)
    }
    let query = Query.synonym([.valueAtLeast(slot: 1, bytes("2")), .term("b")])
    #expect(try writer.matches(query).documents == [2])
    let kind = try kindOfFailure { _ = try writer.matches(query, weighting: .bm25(), wantWeights: true) }
    #expect(kind == .invalidOperation)
  }

  @Test func theTermsThatMatchAreNamed() throws {
    let database = try folder.database(["a b c", "c"])
    let query = Query.or([.term("c"), .and([.term("b"), .term("a")]), .term("d")])
    #expect(Set(try database.matchingTerms(query, document: 1).map { string($0) }) == ["a", "b", "c"])
    #expect(try database.matchingTerms(query, document: 2).map { string($0) } == ["c"])
    let kind = try kindOfFailure { _ = try database.matchingTerms(query, document: 9) }
    #expect(kind == .documentNotFound)
  }
}
