// What Xapian 1.4.22 makes of near and phrase: the facts that the page in the documentation states.

import Testing
import Xapian

@Suite struct WindowTests {
  let folder = TemporaryFolder()
  let texts = ["a b", "b a", "a x b", "b x a", "a x x b", "a a", "a", "a x a", "a b c", "c a b", "a c x b"]

  private func found(_ query: Query) throws -> [String] {
    let database = try folder.database(texts, name: "\(UInt64.random(in: 0...UInt64.max))")
    return try database.matches(query).documents.map { texts[Int($0) - 1] }
  }

  @Test(arguments: [
    (0, ["a b", "a b c", "c a b"]), (1, []), (2, ["a b", "a b c", "c a b"]), (3, ["a b", "a x b", "a b c", "c a b"]),
    (4, ["a b", "a x b", "a x x b", "a b c", "c a b", "a c x b"]),
  ])
  func aPhraseSpansAsManyPositionsAsItsWindow(window: Int, expected: [String]) throws {
    #expect(try found(.phrase("a b", window: window)) == expected)
  }

  @Test(arguments: [
    (0, ["a b", "b a", "a b c", "c a b"]), (1, []), (2, ["a b", "b a", "a b c", "c a b"]),
    (3, ["a b", "b a", "a x b", "b x a", "a b c", "c a b"]),
    (4, ["a b", "b a", "a x b", "b x a", "a x x b", "a b c", "c a b", "a c x b"]),
  ])
  func nearHasTheSameWindowInAnyOrder(window: Int, expected: [String]) throws {
    #expect(try found(.near("a b", window: window)) == expected)
  }

  @Test func aWindowSmallerThanItsOperandsMatchesNothing() throws {
    #expect(try found(.near("a b c", window: 2)) == [])
    #expect(try found(.phrase("a b c", window: 2)) == [])
    #expect(try found(.near("a b c", window: 3)) == ["a b c", "c a b"])
  }

  @Test func theSameTermTwiceNeedsTwoPositions() throws {
    #expect(try found(.near("a a", window: 2)) == ["a a"])
    #expect(try found(.phrase("a a", window: 3)) == ["a a", "a x a"])
  }

  @Test func twoTermsAtOnePositionAreNotNearEachOther() throws {
    var writer = try WritableDatabase(path: folder.file())
    var document = Document()
    document.addPosting(bytes("word"), positions: [5], wdf: 1)
    document.addPosting(bytes("stem"), positions: [5], wdf: 1)
    try writer.add(document)
    try writer.commit()
    #expect(try writer.matches(.near("word stem", window: 9)).documents == [])
    #expect(try writer.matches(.phrase("word stem", window: 9)).documents == [])
  }

  @Test func alternativesStandAtOnePlace() throws {
    let either = [Query.or([.term("a"), .term("c")]), .synonym([.term("a"), .term("c")]), .max([.term("a"), .term("c")])]
    for query in either {
      #expect(try found(.phrase([query, .term("b")], window: 2)) == ["a b", "a b c", "c a b"])
      #expect(try found(.near([query, .term("x")], window: 2)) == ["a x b", "b x a", "a x x b", "a x a", "a c x b"])
    }
    #expect(try found(.phrase([.wildcard(bytes("x"), limit: 0), .term("b")], window: 2)) == ["a x b", "a x x b", "a c x b"])
    #expect(try found(.near([.or([.wildcard(bytes(""), limit: 1), .term("zz")]), .term("c")], window: 2)) == ["c a b", "a c x b"])
    #expect(try found(.phrase([.wildcard(bytes("zz"), limit: 0), .term("b")], window: 2)) == [])
  }

  @Test func oneOperandIsItself() throws {
    #expect(try found(.phrase("c", window: 9)) == ["a b c", "c a b", "a c x b"])
    #expect(try found(.near([.or([.term("c"), .none])], window: 0)) == ["a b c", "c a b", "a c x b"])
  }

  @Test func whatHasNoPositionsIsRefused() throws {
    let inside: [Query] = [
      .phrase("a b"), .near("a b", window: 3), .and([.term("a"), .term("b")]), .andNot(.term("a"), .term("c")), .scale(.term("a"), 2), .all,
      .valueAtLeast(slot: 0, []), .xor([.term("a")]),
    ]
    for query in inside {
      for wrapped in [query, .or([.term("a"), query]), .synonym([.or([query])])] {
        let near = try kindOfFailure { _ = try found(.near([wrapped, .term("c")], window: 5)) }
        let phrase = try kindOfFailure { _ = try found(.phrase([.term("c"), wrapped], window: 5)) }
        #expect(near == .unimplemented && phrase == .unimplemented, "\(wrapped)")
      }
    }
  }

  @Test func termsWithoutPositionsAreNowhereNear() throws {
    var writer = try WritableDatabase(path: folder.file())
    var document = Document()
    document.addTerm(bytes("a"))
    document.addTerm(bytes("b"))
    try writer.add(document)
    // In a database without any position a window is an `and` …
    #expect(try writer.matches(.near("a b", window: 2)).documents == [1])
    #expect(try writer.matches(.phrase("a b")).documents == [1])
    try writer.add(Document(words: "c"))
    // … which the first position anywhere puts an end to.
    #expect(try writer.matches(.near("a b", window: 100)).documents == [])
    #expect(try writer.matches(.phrase("a b")).documents == [])
  }

  @Test func nearMissesSomeWhenOperandsShareAPositionButAPhraseDoesNot() throws {
    var writer = try WritableDatabase(path: folder.file())
    var document = Document()
    document.addPosting(bytes("b"), positions: [1, 3], wdf: 2)
    document.addPosting(bytes("a"), positions: [3, 4], wdf: 2)
    try writer.add(document)
    // b at 3 and a at 4 are in a window of two; near drops 3 for both.
    #expect(try writer.matches(.near("a b", window: 2)).documents == [])
    #expect(try writer.matches(.phrase("b a", window: 2)).documents == [1])
  }
}
