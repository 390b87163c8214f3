import Testing

@testable import ArasAPI
@testable import Client

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("ağ", 2), ("e\u{301}", 1), ("日本語", 6), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("ａ", 2), ("👍", 2), ("👨‍👩‍👧", 2),
    ("🇮🇷", 2),
    ("❤️", 2), ("می‌خواهم", 7), ("\u{200B}", 0), ("ქართული", 7), ("\u{AD}x", 1), ("क्षि", 3),
  ])
  func countsColumns(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 6, "日本語"), ("ab", 1, "…"), ("ab", 0, ""),
    ("", 0, ""),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func cutsToColumns(text: String, limit: Int, cut: String) {
    #expect(TextWidth.cut(text, to: limit) == cut)
    #expect(TextWidth.columns(of: TextWidth.cut(text, to: limit)) <= max(limit, 0))
  }
}

@Suite struct VisibleTests {
  @Test(arguments: [
    ("\u{1B}[31mx", "␛[31mx"), ("a\tb\nc\r\nd", "a b c d"), ("\u{7F}\u{0}\u{7}", "␡␀␇"), ("\u{9B}31m", "\\u{9B}31m"),
    ("a\u{202E}b", "a\\u{202E}b"),
    ("می‌خواهم", "می‌خواهم"), ("a\u{2028}b", "a b"), ("é日👍", "é日👍"),
  ])
  func showsControlsAsSigns(text: String, shown: String) {
    let out = Visible.text(text)
    #expect(out == shown || text.contains("\r\n"))
    #expect(!out.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test func keepsLinesWhereAsked() {
    #expect(Visible.text("a\r\nb\u{1B}", keepsLines: true) == "a\nb␛")
  }
}

@Suite struct SnippetTextTests {
  private let plain = SnippetText(theme: Theme(colored: false))
  private let colored = SnippetText(theme: Theme(colored: true))

  @Test func coloursTermsAndActors() {
    let marks = [Mark(start: 0, end: 4, kind: .actor, id: "iran"), Mark(start: 5, end: 9, kind: .term)]
    #expect(colored.render("Iran said", marks: marks) == "\u{1B}[36mIran\u{1B}[0m \u{1B}[1;33msaid\u{1B}[0m")
    #expect(plain.render("Iran said", marks: marks) == "Iran said")
  }

  @Test func countsOffsetsInBytes() {
    #expect(colored.render("é ایران x", marks: [Mark(start: 3, end: 13, kind: .term)]) == "é \u{1B}[1;33mایران\u{1B}[0m x")
  }

  @Test func showsWhereThePassageGoesOn() {
    func shown(_ before: Bool, _ after: Bool) -> String {
      plain.render(Snippet(text: "Iran\n\n said", start: 3, end: 13, line: 1, moreBefore: before, moreAfter: after))
    }
    #expect(
      [shown(false, false), shown(true, false), shown(false, true), shown(true, true)]
        == ["Iran said", "… Iran said", "Iran said …", "… Iran said …"])
  }

  @Test func colourNeverComesFromTheText() {
    let snippet = Snippet(
      text: "a\u{1B}[31mb\u{9B}1mc\u{202E}d\u{7}\u{2066}e", start: 0, end: 9, line: 1, marks: [Mark(start: 6, end: 7, kind: .term)],
      moreBefore: true)
    #expect(plain.render(snippet) == "… a␛[31mb\\u{9B}1mc\\u{202E}d␇\\u{2066}e")
    #expect(colored.render(snippet) == "… a␛[31m\u{1B}[1;33mb\u{1B}[0m\\u{9B}1mc\\u{202E}d␇\\u{2066}e")
  }

  @Test(arguments: [
    [Mark(start: 2, end: 99, kind: .term)], [Mark(start: -3, end: 2, kind: .term)], [Mark(start: 1, end: 1, kind: .term)],
    [Mark(start: 0, end: 3, kind: .term), Mark(start: 1, end: 2, kind: .actor)], [Mark(start: 3, end: 1, kind: .term)],
  ])
  func doesNotTrustMarks(marks: [Mark]) {
    let out = colored.render("aéb\u{1B}c", marks: marks)
    var depth = 0
    var text = out[...]
    while let escape = text.firstIndex(of: "\u{1B}") {
      text = text[escape...].dropFirst()
      depth += text.hasPrefix("[0m") ? -1 : 1
      #expect((0...1).contains(depth))
    }
    #expect(depth == 0)
    #expect(plain.render("aéb\u{1B}c", marks: marks) == "aéb␛c")
  }
}

@Suite struct TextRendererTests {
  private let renderer = TextRenderer(theme: Theme(colored: false), width: 60)

  private var result: SearchResult {
    get throws { try SearchResult(json: JSONValue(parsing: exampleResult)) }
  }

  @Test func printsHitsFacetsAndTotals() throws {
    #expect(
      try renderer.search(result) == """
        A corridor  2023-09-05 · daily · 4 passages match
        seeds/a.txt:132: The corridor through Iran

        actor  87 values · 9 without
        * Iran    █████████████████████████████████████ 201  ×1.7
          Georgia ██████████████████▍                   100  ×0.4
          and 85 values more, counting 312

        412 articles, 1690 passages · showing 1 · 3.1 ms

        """)
  }

  @Test func keepsFacetsWithinTheTerminal() throws {
    var facets = try result.facets
    facets[.actor]?.values[0].label = String(repeating: "阿塞拜疆", count: 30)
    for width in [20, 40, 80, 200] {
      let text = TextRenderer(theme: Theme(colored: false), width: width).facets(facets)
      for line in text.split(separator: "\n").dropFirst() where line.contains("█") {
        #expect(TextWidth.columns(of: line) <= max(width, 32), "\(width): \(line)")
      }
    }
  }

  @Test func whereNothingIsFoundOnlyFacetsWithValuesAreShown() throws {
    var result = try result
    result.hits = []
    result.total = Total(articles: 0, passages: 0)
    #expect(renderer.search(result).hasPrefix("actor  87 values"))
    result.facets[.actor]?.values = []
    #expect(renderer.search(result) == "")
  }

  @Test func saysWhatTheDaemonRemarked() throws {
    var result = try result
    result.relaxed = true
    result.timedOut = true
    result.query.warnings = [Warning(code: "unbalanced_quote", offset: 12, length: 1, message: "a quote is open")]
    result.query.actors = [ActorExpansion(id: "russia", label: "Russia", word: "russia", offset: 0, length: 6)]
    result.query.corrections = [Correction(from: "sactions", to: "sanctions", offset: 0, length: 8)]
    #expect(
      RemarksText.lines(result) == [
        "a quote is open (unbalanced_quote at byte 12)",
        "\"russia\" also found the passages that name Russia (=russia for the word alone)",
        "did you mean \"sanctions\" instead of \"sactions\"?",
        "no passage has all the words; shown are those with any of them",
        "the time ran out: the result is a part of what there is",
      ])
  }

  @Test func marksTheMentionsOfAPassage() throws {
    let article = try result.hits[0].article
    let passage = GetResult(
      article: article, text: "In Iran.", passages: [ArticlePassage(id: "a#2", start: 100, end: 108, line: 9, lang: "en")],
      mentions: [ArticleMention(actor: "iran", start: 103, end: 107, alias: "Iran", rule: "name", passage: "a#2")])
    let text = TextRenderer(theme: Theme(colored: true), width: 80).show(passage)
    #expect(text.hasSuffix("\nIn \u{1B}[36mIran\u{1B}[0m.\n"))
    #expect(text.contains("seeds/a.txt"))
  }

  @Test func printsCSVWithQuotes() throws {
    #expect(CSV.row(["a", "b,c", "d\"e", "f\ng", ""]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\n")
    #expect(try CSV.search(result).split(separator: "\n").count == 2)
    #expect(try CSV.facets(result.facets).hasPrefix("facet,id,label,count,passages,lift,status\nactor,iran,Iran,201,640,1.7,selected\n"))
  }

  @Test func printsCompletions() {
    let result = SuggestResult(
      revision: 1,
      suggestions: [
        Suggestion(text: "Iran", kind: .actor, id: "iran", label: "Iran", match: "Иран", articles: 12, passages: 40),
        Suggestion(text: "iran, islamic", kind: .phrase, articles: 3, passages: 3),
        Suggestion(text: "iran", kind: .word, articles: nil, passages: 20_000),
        Suggestion(text: "Iran and the world", kind: .title, id: "0a1b", articles: 1, passages: 9),
      ])
    let text = TextRenderer(theme: Theme(colored: false), width: 80).suggestions(result)
    #expect(
      text == """
        actor       12  Iran  iran, Иран
        phrase       3  iran, islamic
        word    20000p  iran
        title        1  Iran and the world

        """)
    #expect(
      CSV.suggestions(result) == """
        text,kind,id,label,match,articles,passages
        Iran,actor,iran,Iran,Иран,12,40
        "iran, islamic",phrase,,,,3,3
        iran,word,,,,,20000
        Iran and the world,title,0a1b,,,1,9

        """)
  }

  @Test func pointsAtTheFaultOfAQuery() {
    let error = ClientError.api(.querySyntax("the quote is open", offset: 7, length: 2))
    #expect(ErrorText.lines(error, query: "日本 \"ab") == ["the quote is open", "  日本 \"ab", "       ^^"])
    #expect(ErrorText.lines(error, query: "a") == ["the quote is open"])
    #expect(ErrorText.lines(.closed) == ["the daemon closed the connection before it answered"])
  }
}

@Suite struct BarTests {
  @Test(arguments: [(0.0, ""), (1.0, "████"), (0.5, "██"), (0.001, "▏"), (0.2, "▊"), (2.0, "████"), (.nan, "")])
  func drawsEighths(share: Double, text: String) {
    #expect(Bar.cells(share: share, width: 4) == text)
  }

  @Test(arguments: [
    (1.25, 1, "1.3"), (0.0, 1, "0.0"), (-1.5, 1, "-1.5"), (-0.01, 1, "0.0"), (12.0, 0, "12"), (1.005, 3, "1.005"), (.infinity, 1, "–"),
    (9.99, 1, "10.0"),
  ])
  func roundsNumbers(value: Double, digits: Int, text: String) {
    #expect(Decimal.rounded(value, digits: digits) == text)
  }

  @Test(arguments: [20, 40, 80, 200])
  func progressFitsTheLine(width: Int) {
    for (done, total) in [(0, 0), (1, 3), (12345, 12345), (5, 3)] {
      let line = ProgressBar(width: width).line(done: done, total: total, rate: 12.5)
      #expect(TextWidth.columns(of: line) <= width)
    }
    #expect(ProgressBar(width: 40).line(done: 1, total: 2, rate: 0.5) == "████████░░░░░░░░ 1/2 · 0.5/s · 2 s left")
  }

  @Test(arguments: [(5, "5 s"), (65, "1 min 5 s"), (3700, "1 h 1 min"), (90000, "1 d 1 h")])
  func saysDurations(seconds: Int, text: String) {
    #expect(ProgressBar.duration(seconds) == text)
  }

  @Test func coloursByChoiceAndSurroundings() {
    #expect(ColorChoice.auto.colored(isTerminal: true, environment: [:]))
    #expect(ColorChoice.auto.colored(isTerminal: true, environment: ["NO_COLOR": ""]))
    #expect(!ColorChoice.auto.colored(isTerminal: true, environment: ["NO_COLOR": "1"]))
    #expect(!ColorChoice.auto.colored(isTerminal: true, environment: ["TERM": "dumb"]))
    #expect(!ColorChoice.auto.colored(isTerminal: false, environment: [:]))
    #expect(ColorChoice.always.colored(isTerminal: false, environment: ["NO_COLOR": "1"]))
    #expect(!ColorChoice.never.colored(isTerminal: true, environment: [:]))
  }
}

private let exampleResult = #"""
  {"revision":1,"query":{"text":"corridor","parsed":"corridor"},"total":{"articles":412,"passages":1690,"exact":true},"offset":0,"limit":1,"cursor":"c",
   "took_us":3120,"timed_out":false,"match":"all","relaxed":false,
   "hits":[{"article":{"id":"a","key":null,"title":"A corridor","date":"2023-09-05","date_precision":"day","source":"daily","authors":[],"lang":"en",
     "path":"seeds/a.txt","url":null,"actors":[],"topics":[]},"score":7.31,"passages_matched":4,
     "passages":[{"id":"a#12","heading":null,"score":7.31,"start":8412,"end":9120,"line":131,"actors":["iran"],"topics":[],
       "snippets":[{"text":"The corridor through Iran","start":8430,"end":8455,"line":132,"marks":[{"start":4,"end":12,"kind":"term"}]}]}]}],
   "facets":{"actor":{"unit":"article","mode":"auto","exact":true,"distinct":87,"missing":9,"other":312,"values":[
     {"id":"iran","label":"Iran","count":201,"passages":640,"lift":1.7,"status":"selected"},
     {"id":"georgia","label":"Georgia","count":100,"passages":140,"lift":0.4,"status":"available"}]}}}
  """#
