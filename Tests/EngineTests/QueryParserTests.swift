import TestSupport
import Testing

@testable import Engine

@Suite struct QueryParserTests {
  static let today = CalendarDay.number(2026, 3, 10)

  private func parsed(_ text: String) -> ParsedQuery { QueryParser.parse(text, today: Self.today) }

  @Test(arguments: [
    ("iran", "iran"),
    ("iran azerbaijan", "iran azerbaijan"),
    ("iran AND azerbaijan OR israel", "iran AND azerbaijan OR israel"),
    ("(iran OR israel) AND border", "(iran OR israel) AND border"),
    ("a NEAR/5 b", "a NEAR/5 b"),
    ("a ADJ/5 b", "a ADJ/5 b"),
    ("\"war games\"", "\"war games\""),
    ("“war games”", "\"war games\""),
    ("\"a b\"~5", "\"a b\"~5"),
    ("drill*", "drill*"),
    ("drill~2", "drill~2"),
    ("=russia", "=russia"),
    ("-iran israel", "-iran israel"),
    ("iran NOT israel", "iran AND NOT israel"),
    ("NOT iran", "NOT iran"),
    ("+iran israel", "+iran israel"),
    ("actor:iran NEAR/10 actor:israel", "actor:iran NEAR/10 actor:israel"),
    ("actor:azerbaijan+", "actor:azerbaijan+"),
    ("author:\"Rovshan Mammadli\"", "author:\"Rovshan Mammadli\""),
    ("title:(iran OR israel)", "title:(iran OR israel)"),
    ("date:2020-09-27..2020-11-10", "date:2020-09-27..2020-11-10"),
    ("publisher:gip", "source:gip"),
    ("path:seeds/az/**", "path:seeds/az/**"),
    ("field:value", "field:value"),
    ("*", "*"),
    ("keyword:*", "keyword:*"),
  ])
  func canonicalForm(_ text: String, _ expected: String) {
    #expect(parsed(text).root?.description ?? "*" == expected)
  }

  @Test(arguments: [
    ("\"never closed", "unbalanced_quote", 0), ("iran )", "unbalanced_parenthesis", 5), ("(iran", "unbalanced_parenthesis", 0),
    ("AND iran", "missing_operand", 0), ("iran OR", "missing_operand", 5), ("date:soon", "bad_date", 5), ("ab*", "short_wildcard", 0),
    ("actor: iran", "missing_value", 0), ("iran NEAR/5", "missing_operand", 5),
  ])
  func warningsPointAtTheByte(_ text: String, _ code: String, _ offset: Int) {
    let warning = parsed(text).warnings.first
    #expect(warning?.code == code)
    #expect(warning?.range.lowerBound == offset)
    #expect(parsed(text).root != nil)
  }

  @Test func nothingBetweenQuotesAsksForNothing() {
    #expect(parsed("\"\"").root == nil)
    #expect(parsed("").root == nil)
    #expect(parsed("   ").root == nil)
  }

  @Test func parsingTheCanonicalFormGivesTheSameQuery() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let pieces = [
      "iran", "israel", "AND", "OR", "NOT", "NEAR/3", "ADJ/2", "(", ")", "\"war games\"", "\"a b\"~4", "drill*", "word~1", "=exact", "-x",
      "+y",
      "actor:iran", "topic:trade", "date:2021", "title:word", "source:\"a b\"", "lang:(en OR ru)", "*", "“", "\"", "::", "a:b", "ایران",
      "+", "-",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(separator: " ")
      guard let root = parsed(text).root else { continue }
      let again = parsed(root.description).root
      #expect(again?.description == root.description, "seed \(seed), query \(text)")
    }
  }

  @Test func anyBytesGiveAQuery() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      let result = parsed(text)
      for warning in result.warnings {
        #expect(warning.range.upperBound <= text.utf8.count, "seed \(seed), bytes \(bytes)")
      }
    }
  }

  @Test func deepParenthesesAreIgnoredBeyondTheBound() {
    let text = String(repeating: "(", count: 50_000) + "iran" + String(repeating: ")", count: 50_000)
    #expect(parsed(text).root?.description == "iran")
  }

  @Test func onlyTheFirstWordsOfAnEndlessQueryCount() {
    let result = parsed(Array(repeating: "word", count: 5000).joined(separator: " "))
    #expect(result.warnings.contains { $0.code == "too_many_words" })
  }
}
