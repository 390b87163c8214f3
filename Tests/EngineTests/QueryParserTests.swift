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
    ("iran && azerbaijan || israel", "iran AND azerbaijan OR israel"),
    ("(iran OR israel) AND border", "(iran OR israel) AND border"),
    ("iran and israel or not border", "iran and israel or not border"),
    ("a NEAR/5 b", "a NEAR/5 b"),
    ("a NEAR b ADJ c", "(a NEAR/10 b) ADJ/10 c"),
    ("a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c"),
    ("(a NEAR/5 b) NEAR/5 c", "(a NEAR/5 b) NEAR/5 c"),
    ("a NEAR/5 b AND c", "a NEAR/5 b AND c"),
    ("a ADJ/5 b", "a ADJ/5 b"),
    ("\"a b\" NEAR/2 (c OR \"d e\"~3)", "\"a b\" NEAR/2 (c OR \"d e\"~3)"),
    ("\"war games\"", "\"war games\""),
    ("“war games”", "\"war games\""),
    ("«war games»~2", "\"war games\"~2"),
    ("\"a b\"~5", "\"a b\"~5"),
    ("\"war gam\"*", "\"war gam*\""),
    ("\"war gam* =Red dril~1\"", "\"war gam* =Red dril~1\""),
    ("drill*", "drill*"),
    ("drill**", "drill*"),
    ("=drill*", "=drill*"),
    ("*drill*", "*drill"), ("**drill**", "**drill"), ("=*drill*", "=*drill"), ("\"a *drill* b\"", "\"a *drill b\""),
    ("title:*drill*", "title:*drill"), ("*drill*~1 drill*", "*drill~1 drill*"), ("*-drill* *=b* *a:b*", "*-drill *=b *a:b"),
    ("**war and drill** drill**", "**war and drill drill*"), ("**(war drill**) drill**", "war drill* drill*"),
    ("*war drill*", "*war drill*"), ("**war drill*", "**war drill*"), ("war drill**", "war drill*"),
    ("\"war *drill\"*", "\"war *drill\""), ("\"*war drill\"*", "\"*war drill*\""),
    ("drill~2", "drill~2"),
    ("drill~0", "drill"),
    ("~500", "~500"),
    ("=russia", "=russia"),
    ("-iran israel", "-iran israel"),
    ("-iran AND israel", "NOT iran AND israel"),
    ("border -iran AND israel", "border israel AND NOT iran"),
    ("border -iran AND -israel", "border -iran -israel"),
    ("- iran", "iran"),
    ("NOT -iran", "iran"),
    ("NOT NOT NOT iran", "NOT iran"),
    ("iran NOT israel", "iran AND NOT israel"),
    ("iran OR NOT israel", "iran OR NOT israel"),
    ("NOT iran NEAR/2 israel", "NOT (iran NEAR/2 israel)"),
    ("NOT iran", "NOT iran"),
    ("+iran israel", "+iran israel"),
    ("+\"a b\" +(c d) -(e OR f)", "+\"a b\" +(c d) -(e OR f)"),
    ("a (b c) d", "a b c d"),
    ("a (b -c) d", "a (b -c) d"),
    ("- --a", "--a"),
    ("NOT --a", "NOT --a"),
    ("b NOT --a", "b AND NOT --a"),
    ("b -(--a)", "b -(--a)"),
    ("actor:iran NEAR/10 actor:israel", "actor:iran NEAR/10 actor:israel"),
    ("actor:(iran OR israel) NEAR/5 border", "(actor:iran OR actor:israel) NEAR/5 border"),
    ("actor:azerbaijan+", "actor:azerbaijan+"),
    ("actor:azerbaijan!+", "actor:azerbaijan+!"),
    ("actor:\"Ilham Aliyev+\"", "actor:\"Ilham Aliyev+\""),
    ("ACTOR:iran", "actor:iran"),
    ("author:\"Rovshan Mammadli\"", "author:\"Rovshan Mammadli\""),
    ("title:(iran OR israel)", "title:(iran OR israel)"),
    ("title:\"war games\"~2", "title:\"war games\"~2"),
    ("title:(\"war games\")", "title:\"war games\""),
    ("title:(a NEAR/2 b)", "title:(a NEAR/2 b)"),
    ("title:http://a.b", "title:http://a.b"),
    ("lang:(en OR ru)", "lang:en OR lang:ru"),
    ("lang:(en ru)", "lang:en OR lang:ru"),
    ("lang:(en -ru)", "lang:en AND NOT lang:ru"),
    ("lang:(-en)", "NOT lang:en"),
    ("border lang:(en ru)", "border (lang:en OR lang:ru)"),
    ("actor:(\"Ilham Aliyev\" AND iran+)", "actor:\"Ilham Aliyev\" AND actor:iran+"),
    ("date:2020-09-27..2020-11-10", "date:2020-09-27..2020-11-10"),
    ("date:(2021 OR 2023..)", "date:2021 OR date:2023.."),
    ("date:last_month..today", "date:last_month..today"),
    ("author:a..m", "author:a..m"),
    ("author:\"ann ash..\"", "author:\"ann ash..\""),
    ("publisher:gip", "source:gip"),
    ("path:seeds/az/**", "path:seeds/az/**"),
    ("path:\"my files/(a)\"", "path:\"my files/(a)\""),
    ("source:\"*\"", "source:\"*\""),
    ("source:\"\"", "source:\"\""),
    ("field:value", "field:value"),
    ("*", "*"),
    ("* a", "* a"),
    ("keyword:*", "keyword:*"),
    ("NOT *", "NOT *"),
    ("OR*", "or"),
    ("\u{A0}iran\u{2003}israel\u{3000}", "iran israel"),
    ("\"iran\u{A0}israel\"", "\"iran israel\""),
  ])
  func canonicalForm(_ text: String, _ expected: String) {
    #expect(parsed(text).root?.description ?? "*" == expected)
    #expect(parsed(expected).root == parsed(text).root)
  }

  @Test(arguments: [
    ("\"never closed", "unbalanced_quote", 0, 1), ("ünd “never", "unbalanced_quote", 5, 3), ("author:\"never", "unbalanced_quote", 7, 1),
    ("iran )", "unbalanced_parenthesis", 5, 1), ("iran (a", "unbalanced_parenthesis", 5, 1), ("()", "empty_group", 0, 1),
    ("a \"…\"", "empty_phrase", 2, 5), ("a \"\" b", "empty_phrase", 2, 2),
    ("AND iran", "missing_operand", 0, 3), ("iran AND", "missing_operand", 5, 3), ("iran &&", "missing_operand", 5, 2),
    ("iran OR", "missing_operand", 5, 2), ("a OR b OR", "missing_operand", 7, 2), ("a (NOT) b", "missing_operand", 3, 3),
    ("iran NEAR/5", "missing_operand", 5, 6), ("topic:x NEAR/5 b", "missing_operand", 8, 6), ("a NEAR/5 -b", "missing_operand", 2, 6),
    ("NOT a NEAR/5 b", "negated_window", 6, 6), ("a NEAR/0 b", "bad_distance", 2, 6), ("a ADJ/ b", "bad_distance", 2, 4),
    ("a NEAR/99999999999999999999 b", "distance_limit", 2, 25), ("a \"b c\"~99999999999999999999", "distance_limit", 2, 26),
    ("date:soon", "bad_date", 5, 4), ("date:2021-13", "bad_date", 5, 7), ("date:2021-02-29", "bad_date", 5, 10),
    ("date:99999", "bad_date", 5, 5), ("x date:2023..2021", "reversed_range", 7, 10), ("date:\"2023 .. 2021\"", "reversed_range", 6, 12),
    ("date:(2021 OR soon)", "bad_date", 14, 4), ("author:m..a", "reversed_range", 7, 4),
    ("ab*", "short_wildcard", 0, 3), ("ü \"ab* c\"", "short_wildcard", 4, 3), ("*abc", "bad_wildcard", 0, 1),
    ("wo*d", "bad_wildcard", 2, 1), ("a *b*", "bad_wildcard", 2, 3), ("**word**", "bad_wildcard", 0, 8),
    ("word~3", "bad_fuzzy", 4, 2), ("word~", "bad_fuzzy", 4, 1), ("word~0.8", "bad_fuzzy", 4, 4), ("word~1*", "fuzzy_wildcard", 0, 7),
    ("actor: iran", "missing_value", 0, 6), ("a (source:)", "missing_value", 3, 7),
    ("titel:iran", "unknown_field", 0, 5), ("a titel:\"x y\"", "unknown_field", 2, 5), ("titel:(x)", "unknown_field", 0, 5),
  ])
  func warningsPointAtTheByte(_ text: String, _ code: String, _ offset: Int, _ length: Int) {
    let warnings = parsed(text).warnings
    #expect(warnings.first?.code == code, "\(warnings)")
    #expect(warnings.first?.range == offset..<(offset + length), "\(warnings)")
    #expect(warnings.count { $0.isSyntax } <= 1, "\(warnings)")
  }

  @Test(arguments: ["Note: this", "12:30", "https://example.org/a(b)", "a::b", "iran's", "O'Neill", "R&D", "AT&T", "C++", "-5", "50%"])
  func textIsNoFault(_ text: String) { #expect(parsed(text).warnings == []) }

  @Test(arguments: [
    ("date:2021", "2021-01-01", "2021-12-31"), ("date:2021-11", "2021-11-01", "2021-11-30"), ("date:2024-02", "2024-02-01", "2024-02-29"),
    ("date:2021..2022-03", "2021-01-01", "2022-03-31"), ("date:2022-02..", "2022-02-01", "9999-12-31"),
    ("date:..2022-02", "0000-01-01", "2022-02-28"), ("date:today", "2026-03-10", "2026-03-10"),
    ("date:yesterday", "2026-03-09", "2026-03-09"), ("date:this_week", "2026-03-09", "2026-03-15"),
    ("date:last_week", "2026-03-02", "2026-03-08"), ("date:this_month", "2026-03-01", "2026-03-31"),
    ("date:last_month", "2026-02-01", "2026-02-28"), ("date:this_quarter", "2026-01-01", "2026-03-31"),
    ("date:last_quarter", "2025-10-01", "2025-12-31"), ("date:this_year", "2026-01-01", "2026-12-31"),
    ("date:last_year", "2025-01-01", "2025-12-31"), ("date:LAST-YEAR", "2025-01-01", "2025-12-31"),
    ("date:\"last week\"", "2026-03-02", "2026-03-08"), ("date:last_7_days", "2026-03-04", "2026-03-10"),
    ("date:2w", "2026-02-25", "2026-03-10"), ("date:last_3_months", "2025-12-11", "2026-03-10"), ("date:1y", "2025-03-11", "2026-03-10"),
    ("date:10000y", "0000-01-01", "2026-03-10"), ("date:last_month..today", "2026-02-01", "2026-03-10"),
    ("date:\"2021 .. 2022\"", "2021-01-01", "2022-12-31"),
  ])
  func days(_ text: String, _ first: String, _ last: String) throws {
    guard case .field(.date, .dates(let days, _)) = parsed(text).root else {
      Issue.record("\(text) is read as \(parsed(text))")
      return
    }
    #expect(CalendarDay.iso(days.first) == first)
    #expect(CalendarDay.iso(days.last) == last)
  }

  @Test func monthsAreCountedByTheCalendar() {
    let days = DateExpression.range("1m", today: CalendarDay.number(2026, 3, 31))
    #expect(days?.first == CalendarDay.number(2026, 3, 1))
  }

  @Test(arguments: ["", "   ", "*", " * ", "\u{A0}"]) func everything(_ text: String) {
    #expect(parsed(text).root == nil)
    #expect(parsed(text).warnings == [])
  }

  @Test(arguments: ["\"\"", "()", "… — -", "!", "-", "title:\"\"", "~~"]) func noWordsFindNothing(_ text: String) {
    #expect(parsed(text).root?.description == "NOT *")
    #expect(parsed(" \(text) ").warnings.last?.range == 1..<(1 + text.utf8.count))
  }

  // MARK: Properties

  /// What holds of every query text: the canonical form is read as the same tree and is its own canonical form, and warnings are of bytes
  /// that are there.
  private func check(_ text: String, _ seed: UInt64) {
    let first = parsed(text)
    let bytes = Array(text.utf8)
    for warning in first.warnings {
      let range = warning.range
      #expect(
        range.lowerBound >= 0 && range.upperBound <= bytes.count && !range.isEmpty, "seed \(seed), \(text.debugDescription): \(warning)")
      guard range.upperBound <= bytes.count else { continue }
      for edge in [range.lowerBound, range.upperBound] where edge < bytes.count {
        #expect(bytes[edge] & 0xC0 != 0x80, "seed \(seed), \(text.debugDescription): \(warning) cuts a letter")
      }
    }
    guard let root = first.root else { return }
    let again = parsed(root.description)
    #expect(
      again.root == root && again.root?.description == root.description,
      "seed \(seed), \(text.debugDescription), \(root.description.debugDescription), \(again.root?.description.debugDescription ?? "nil")")
  }

  private static let pieces = [
    "iran", "israel", "AND", "OR", "NOT", "NEAR/3", "ADJ/2", "NEAR/0", "NEAR/99999", "(", ")", "\"war games\"", "\"a b\"~4", "\"a b\"*",
    "drill*", "ab*", "word~1", "word~3", "=exact", "-x", "+y", "actor:iran", "actor:a+!", "actor:\"a b+\"", "topic:trade", "date:2021",
    "date:2023..2021", "title:word", "title:(", "source:\"a b\"", "source:\"*\"", "lang:(en OR ru)", "lang:(", "author:a..b", "*", "“",
    "\"", "::", "a:b", "ایران", "+", "-", "--a", "OR*", "&&", "||", "~", "=", "!", "\u{A0}", "\u{0}", "…", "-(", "+(", "NOT(", "date:(",
    "path:a/**", "id:x#1", "a~1~0", "abc*~1", "\"=x* y~2\"", "actor:", "title:\"", "nosuch:x", "𝔘𝔫𝔦", "e\u{301}",
  ]

  @Test func theCanonicalFormOfAnyPiecesIsReadTheSame() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<6000 {
      let seed = random.state
      let gap = random.chance(70) ? " " : ""
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in random.pick(Self.pieces) }.joined(separator: gap)
      check(text, seed)
    }
  }

  @Test func theCanonicalFormOfAnyBytesIsReadTheSame() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let marks = Array("\"()*~+-=:|&!/. ANDORTEditle01".utf8)
    for round in 0..<6000 {
      let seed = random.state
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        round % 2 == 0 ? UInt8.random(in: 0...255, using: &random) : random.pick(marks)
      }
      check(String(decoding: bytes, as: UTF8.self), seed)
    }
  }

  /// A query made by the grammar, which no part of may be a fault.
  private func grammatical(_ random: inout SeededRandom, _ depth: Int) -> String {
    func word(_ random: inout SeededRandom) -> String {
      random.pick(["iran", "drill*", "=Russia", "word~1", "word~2", "ایران", "U.S.", "=dri*", "AT&T", "43.3"])
    }
    func positional(_ random: inout SeededRandom) -> String {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: return "\"\(word(&random)) \(word(&random))\"" + random.pick(["", "~4"])
      case 1: return "actor:" + random.pick(["iran", "a+", "\"a b!\"", "(iran OR israel)"])
      case 2: return "(\(word(&random)) OR \(word(&random)))"
      default: return word(&random)
      }
    }
    guard depth > 0 else { return word(&random) }
    func inner(_ random: inout SeededRandom) -> String { grammatical(&random, depth - 1) }
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: return "(\(inner(&random))) AND (\(inner(&random)))"
    case 2: return "\(inner(&random)) OR \(inner(&random))"
    case 3: return "NOT (\(inner(&random)))"
    case 4: return "\(inner(&random)) -(\(inner(&random))) +\(word(&random))"
    case 5: return "\(inner(&random)) (\(inner(&random)))"
    case 6: return "\(positional(&random)) NEAR/\(Int.random(in: 1...9, using: &random)) \(positional(&random))"
    case 7: return "\(positional(&random)) ADJ/3 \(positional(&random)) ADJ/3 \(positional(&random))"
    case 8: return "title:(\(inner(&random)))"
    case 9: return random.pick(["date:2021..", "lang:(en OR ru)", "path:a/**", "author:\"A B\"", "keyword:*", "author:a..b", "kind:html"])
    default: return positional(&random)
    }
  }

  @Test func whatTheGrammarMakesIsNoFaultAndIsReadTheSame() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<4000 {
      let seed = random.state
      let text = grammatical(&random, Int.random(in: 0...4, using: &random))
      #expect(parsed(text).warnings == [], "seed \(seed), \(text)")
      check(text, seed)
    }
  }

  // MARK: Bounds

  @Test func deepParenthesesAreIgnoredBeyondTheBound() {
    let text = String(repeating: "(", count: 50_000) + "iran" + String(repeating: ")", count: 50_000)
    #expect(parsed(text).root?.description == "iran")
    #expect(Set(parsed(text).warnings.map(\.code)) == ["too_deep"])
  }

  @Test(arguments: [
    "(x AND y NEAR/3 AND ", "(a -b AND ", "a NEAR/3 b ADJ/4 ", "(a NEAR/3 ", "-(", "NOT (", "title:(", "lang:(a AND ", "NOT -", "+(a OR ",
  ])
  func nestingIsBoundInTheCanonicalFormToo(_ level: String) {
    let text = String(repeating: level, count: 3000) + "c"
    check(text, 0)
    #expect(parsed(text).root?.nesting ?? 0 <= QueryParser.deepest)
  }

  @Test func onlyTheFirstWordsOfAnEndlessQueryCount() {
    for piece in ["word ", "actor:x ", "title:* ", "* ", "\"a b\" ", "word* ", "lang:(a b) ", "a NEAR/2 "] {
      let text = String(repeating: piece, count: 10_000)
      #expect(parsed(text).warnings.contains { $0.code == "too_many_words" }, "\(piece)")
      check(text, 0)
    }
  }

  @Test func longTextsOfOneMarkAreReadAtOnce() {
    for mark in ["(", ")", "\"", ":", "-", "+", "*", "~", "=", "~1", "a:", "\"\"", "NOT ", "OR ", "NEAR/2 ", "“", "\u{A0}", "."] {
      check(String(repeating: mark, count: 65_536 / mark.utf8.count), 0)
    }
  }
}
