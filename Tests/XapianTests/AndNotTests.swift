// What stands to the right of `andNot`: Xapian reads memory there that it has not set (the article "What Xapian 1.4.22 does").

import TestSupport
import Testing
import Xapian

@Suite struct AndNotTests {
  let folder = TemporaryFolder()

  /// Every document has `x`, and some of four other words.
  private func database() throws -> Database {
    try folder.database(
      (0..<240).map { number in
        "x" + ["a", "b", "c", "d"].enumerated().filter { number >> $0.offset & 1 == 1 }.map { " " + $0.element }.joined()
      })
  }

  static var taken: [Query] {
    [
      .and([.or([.term("a"), .term("b")]), .or([.term("c"), .term("d")])]),
      .and([.term("a"), .andMaybe(.term("b"), .term("c"))]),
      .filter(.term("a"), .andMaybe(.term("b"), .term("c"))),
      .and([.term("x"), .synonym([.term("a"), .term("b")])]),
      .and([.term("x"), .max([.term("a"), .and([.term("c"), .or([.term("b"), .term("d")])])])]),
      .and([.wildcard(bytes("a"), limit: 0), .wildcard(bytes("b"), limit: 0)]),
      .phrase([.or([.term("a"), .term("b")]), .or([.term("c"), .term("d")])], window: 3),
      .scale(.and([.term("x"), .xor([.term("a"), .or([.term("b"), .term("c")])])]), 2),
      .and([.term("x"), .andNot(.or([.term("a"), .term("b")]), .and([.term("c"), .or([.term("b"), .term("d")])]))]),
      .or([.term("d"), .and([.term("a"), .or([.term("b"), .term("c")])])]),
    ]
  }

  @Test(arguments: taken, [UInt8(0x00), 0x3f, 0x40, 0x80, 0xc0])
  func takesOutWhatTheQueryMatchesWhateverTheMemoryHolds(query: Query, byte: UInt8) throws {
    let database = try database()
    let count = try database.documentCount
    let all = Set(1...UInt32(count))
    let taken = Set(try database.matches(query).documents)
    #expect(!taken.isEmpty && taken != all)
    for left: Query in [.term("x"), .all, .or([.term("x"), .term("a")])] {
      dirtyMemory(with: byte)
      #expect(try Set(database.matches(.andNot(left, query)).documents) == all.subtracting(taken))
      dirtyMemory(with: byte)
      let matches = try database.matches(.andNot(left, query), weighting: .bm25(), wantWeights: true)
      #expect(Set(matches.documents) == all.subtracting(taken))
      let weights = try database.matches(left, weighting: .bm25(), wantWeights: true)
      let weightOf = Dictionary(zip(weights.documents, weights.weights)) { first, _ in first }
      #expect(matches.weights == matches.documents.map { weightOf[$0] })
    }
  }

  @Test func isSaidAsItIsUnlessAnAndWithAlternativesStandsThere() throws {
    let harmless = Query.andNot(.term("x"), .or([.term("a"), .and([.term("b"), .term("c")])]))
    #expect(try harmless.xapianDescription() == "Query((x AND_NOT (a OR (b AND c))))")
    let fragile = Query.andNot(.term("x"), .and([.term("a"), .or([.term("b"), .term("c")])]))
    #expect(try fragile.xapianDescription() == "Query((x FILTER (PostingSource(everything) XOR (a AND (b OR c)))))")
  }

  @Test func nestedInItselfItIsRefusedBeforeItIsTooDeep() throws {
    let database = try database()
    func nested(_ levels: Int) -> Query {
      var query = Query.and([.term("a"), .or([.term("b"), .term("c")])])
      for _ in 0..<levels { query = .andNot(.term("x"), query) }
      return query
    }
    #expect(try database.matches(nested(198)).documents == database.matches(nested(0)).documents)
    let kind = try kindOfFailure { _ = try database.matches(nested(199)) }
    #expect(kind == .invalidArgument)
  }
}
