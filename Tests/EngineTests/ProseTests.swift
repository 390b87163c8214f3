import ArasAPI
import Testing
import Xapian

@testable import Engine

@Suite struct ProseTests {
  private func index() async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(
          key: "claim", parts: [.init(text: "The harbour is not closing, whatever the herald of doom told its readers on Monday")]),
        CorpusArticle(key: "other", parts: [.init(text: "A lighthouse stands on the rocks and its lamp is old")]),
        CorpusArticle(key: "quoted", parts: [.init(text: "He called it the end of an era and left the harbour")]),
      ], path: "a.jsonl")
    return test
  }

  private func keys(_ test: TestIndex, _ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) async throws -> [String?] {
    try await test.search(q, change).hits.map(\.article.key)
  }

  @Test func aSentenceDoesNotInsistOnItsQuotations() async throws {
    let test = try await index()
    let q = "The mayor said that the harbour is \"closing for good\" and told it to the readers"
    let result = try await test.search(q)
    #expect(result.hits.first?.article.key == "claim")
    #expect(result.match == .any && !result.relaxed)
    #expect(result.query.warnings.map(\.code) == ["read_as_prose"])
  }

  @Test func capitalsInASentenceAreNoOperators() async throws {
    let test = try await index()
    #expect(try await keys(test, "Please note that the harbour is NOT closing on Monday, said the mayor to its readers").first == "claim")
    #expect(try await keys(test, "the harbour is closing AND the readers were told about the mayor on Monday OR later").first == "claim")
  }

  @Test func whatASearcherWritesStaysAnOperator() async throws {
    let test = try await index()
    // Too short to be prose.
    #expect(try await keys(test, "harbour \"end of an era\"") == ["quoted"])
    #expect(try await keys(test, "harbour NOT era") == ["claim"])
    // Long, but without the words of a sentence.
    #expect(try await keys(test, "harbour doom herald Monday readers lamp rocks mayor \"end of an era\"") == ["quoted"])
    #expect(try await keys(test, "harbour doom herald Monday readers lamp rocks mayor lighthouse NOT era").contains("quoted") == false)
    // Signs and fields say what they say, in prose as well.
    let sentence = "The mayor said that the harbour is \"closing for good\" and told it to the readers"
    #expect(try await keys(test, sentence + " -doom").contains("claim") == false)
    #expect(try await keys(test, sentence + " +lamp") == ["other"])
    #expect(try await keys(test, sentence + " lang:ru").isEmpty)
    // A strict request is taken at its word.
    #expect(try await keys(test, sentence) { $0.syntax = .strict }.isEmpty)
    #expect(try await keys(test, sentence) { $0.match = .all }.isEmpty)
  }

  @Test(arguments: [
    // A headline has few stop words, but marks of punctuation, and its NOT stands behind one of them.
    "Harbour: Mayor Is NOT Closing It — Lighthouse Herald, Monday", "lamps and rocks have NOT moved, harbour herald readers told Monday",
    "OLD HARBOUR WILL NOT CLOSE! Lighthouse herald, Monday, (@harbour) November 8, 2016",
  ])
  func aHeadlineDeniesNothing(_ q: String) async throws {
    let result = try await index().search(q)
    #expect(result.query.warnings.contains { $0.code == "read_as_prose" })
    #expect(result.match == .any && Set(result.hits.map(\.article.key)) == ["claim", "other", "quoted"])
  }

  @Test(arguments: [
    // Words with commas between them are a list, not a sentence, and somebody who joins words says "and NOT", too.
    "herald, doom, Monday, readers, lamp, rocks, mayor, lighthouse NOT era", "harbour doom herald Monday of readers lamp rocks and NOT era",
    // A sign before a digit in a few words leaves a number out.
    "harbour -2016", "mayor of the harbour -2016",
  ])
  func aSearchersQueryIsNotProse(_ q: String) async throws {
    let result = try await index().search(q)
    #expect(!result.query.warnings.contains { $0.code == "read_as_prose" })
  }

  @Test func aSignBeforeADigitIsPartOfANumberInASentence() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(key: "all", parts: [.init(text: "Factors 1, 2 and 3 were kept in the cells of the intestine")]),
        CorpusArticle(key: "less", parts: [.init(text: "Factor 1 was kept in the cells of the intestine")]),
        CorpusArticle(key: "none", parts: [.init(text: "A lighthouse stands on the rocks")]),
      ], path: "a.jsonl")
    let sentence = "The factors F-1, -2, -3 and +5 are kept in the cells of the intestine"
    #expect(try await keys(test, sentence).prefix(2) == ["all", "less"])
    #expect(try await keys(test, sentence) { $0.match = .any } == [])
    // Before a letter it leaves a word out.
    #expect(try await keys(test, sentence + " -factor") == [])
    #expect(try await keys(test, "intestine -2") == ["less"])
  }

  @Test func marksOfPunctuationEndWords() {
    for (text, marks) in [
      ("", 0), ("a b", 0), ("a, b. c", 2), ("1,000 a.b t:x https://t.co/a", 0), ("Really?! He said: \"No.\" …", 3), ("a — b – c", 2),
      (", . !", 0), ("نعم، لا؟", 2), ("wait… what", 1), ("a—b", 0), ("— a —", 2),
    ] {
      #expect(QueryCharacters(text).punctuationMarks == marks, "\(text)")
    }
  }

  @Test func aQuotationThatIsNowhereIsReadAsWords() async throws {
    let test = try await index()
    let result = try await test.search("anyone tell harbour readers Monday herald \"closing for good\"")
    #expect(result.hits.first?.article.key == "claim")
    #expect(result.relaxed && result.match == .any)
    // Where it stands somewhere, it is insisted on.
    let found = try await test.search("called left harbour readers Monday herald \"the end of an era\"")
    #expect(found.hits.map(\.article.key) == ["quoted"] && !found.relaxed)
  }

  @Test func whatIsSaidTwiceCountsAThirdMore() {
    let a = Query.term(Array("a".utf8))
    let b = Query.term(Array("b".utf8))
    #expect(QueryPlanner.withoutRepetition([a, b, .or([a, b, a])]) == [.scale(a, 1.5), .scale(b, 4.0 / 3)])
    #expect(QueryPlanner.withoutRepetition([a, .and([a, b])]) == [a, .and([a, b])])
  }

  @Test(arguments: ["(H2A)-histone dimer", "\"H2A\"-histone dimer"])
  func aHyphenBehindAnOperandExcludesNothing(_ q: String) {
    let parsed = QueryParser.parse(q, today: 0)
    guard case .clauses(let clauses)? = parsed.root else {
      Issue.record("not side by side: \(String(describing: parsed.root))")
      return
    }
    #expect(clauses.allSatisfy { $0.occurrence == .should })
    #expect(clauses.count == 3)
  }
}
