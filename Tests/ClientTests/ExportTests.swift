// Exports: each format over hits that are hard to write, and the paging underneath.
import Glibc
import Synchronization
import Testing

@testable import ArasAPI
@testable import Client

enum ExportSamples {
  static func passage(_ id: String, text: String, start: Int = 10, line: Int = 3, heading: String? = nil) -> PassageHit {
    PassageHit(
      id: id, heading: heading, score: 1.5, start: start, end: start + text.utf8.count, line: line, actors: ["iran", "russia"],
      topics: ["trade"], snippets: text.isEmpty ? [] : [Snippet(text: text, start: start, end: start + text.utf8.count, line: line)])
  }

  static func hit(
    id: String = "abc", title: String? = "A title", date: String? = "2023-09-05", source: String? = "Aras Briefs",
    authors: [String] = ["Rovshan Mammadli"], url: String? = "https://example.org/a?b=c&d={e}", path: String = "dir/a.txt",
    passages: [PassageHit]
  ) -> Hit {
    let precision: DatePrecision? =
      switch date?.utf8.count {
      case nil: nil
      case 4: .year
      case 7: .month
      default: .day
      }
    return Hit(
      article: ArticleSummary(
        id: id, key: nil, title: title, date: date, datePrecision: precision, source: source, authors: authors, lang: "en", path: path,
        url: url), score: 1.5, passagesMatched: passages.count, passages: passages)
  }

  static func written(_ format: ExportFormat, _ hits: [Hit], unit: Unit? = nil) -> String {
    var writer = format.makeWriter(unit ?? format.unit)
    return String(decoding: writer.begin() + hits.flatMap { writer.hit($0) } + writer.end(), as: UTF8.self)
  }

  /// Texts that every format has to survive.
  static let hard = [
    "plain", "", "a, b; \"c\"\r\nd", "=1+1", " =cmd|'/C calc'!A0", "-2", "@SUM(A1)", "+7 (495)", "\t=1", "＝1", "{un}balanced} \\ {",
    "~^_#$%&",
    "Иванов и Сыновья", "ایران و ترکیه", "日本語「引用」", "# no heading", "1. no list", "- no list", "[a](http://b) *c* `d` <b>e</b>",
    "\u{1B}[31mred\u{0}",
    "para one\nline two\n\npara two",
  ]
}

@Suite struct ExportWriterTests {
  @Test func ndjsonKeepsEverything() throws {
    for text in ExportSamples.hard {
      let hit = ExportSamples.hit(title: text, passages: [ExportSamples.passage("abc#2", text: text, heading: "H")])
      let lines = ExportSamples.written(.ndjson, [hit, hit]).split(separator: "\n")
      #expect(lines.count == 2)
      let value = try JSONValue(parsing: String(lines[0]))
      #expect(value["title"] == .string(text) && value["text"] == .string(text) && value["id"] == "abc#2" && value["article"] == "abc")
      #expect(value["line"] == 3 && value["start"] == 10 && value["end"]?.int == 10 + text.utf8.count && value["heading"] == "H")
      #expect(value["authors"] == ["Rovshan Mammadli"] && value["date"] == "2023-09-05" && value["path"] == "dir/a.txt")
    }
    let article = try JSONValue(
      parsing: ExportSamples.written(
        .ndjson,
        [
          ExportSamples.hit(passages: [
            ExportSamples.passage("abc#9", text: "later", start: 900), ExportSamples.passage("abc#1", text: "first"),
          ])
        ], unit: .article))
    #expect(article["passages"]?.array?.map { $0["id"] } == ["abc#1", "abc#9"] && article["id"] == "abc")
  }

  @Test func aPartOfAPassageIsQuotedWithEllipses() throws {
    var passage = ExportSamples.passage("abc#2", text: "a part")
    passage.snippets[0].moreBefore = true
    passage.snippets[0].moreAfter = true
    passage.snippets[0].cuts = [SnippetCut(at: 2, start: 12, end: 15)]
    let hit = ExportSamples.hit(passages: [passage])
    #expect(ExportSamples.written(.markdown, [hit]).hasPrefix("> … a part …\n"))
    #expect(ExportSamples.written(.bibtex, [hit]).contains("abstract = {… a part …}"))
    let value = try JSONValue(parsing: ExportSamples.written(.ndjson, [hit]))
    #expect(value["text"] == "a part" && value["cuts"] == [["at": 2, "start": 12, "end": 15]])
    #expect(ExportSamples.written(.csv, [hit]).hasSuffix(",a part\r\n"))
  }

  /// Reads what RFC 4180 says, and nothing else.
  private func rows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      let last = rows.count - 1
      let field = rows[last].count - 1
      if isQuoted {
        if scalar != "\"" {
          rows[last][field].unicodeScalars.append(scalar)
        } else if scalars.first == "\"" {
          scalars.removeFirst()
          rows[last][field] += "\""
        } else {
          isQuoted = false
          #expect(scalars.first == "," || scalars.first == "\r")
        }
      } else if scalar == "\"" {
        #expect(rows[last][field].isEmpty)
        isQuoted = true
      } else if scalar == "," {
        rows[last].append("")
      } else if scalar == "\r" {
        #expect(scalars.popFirst() == "\n")
        rows.append([""])
      } else {
        #expect(scalar != "\n")
        rows[last][field].unicodeScalars.append(scalar)
      }
    }
    #expect(!isQuoted && rows.last == [""])
    return Array(rows.dropLast())
  }

  @Test func csvIsByTheRuleAndInert() throws {
    for text in ExportSamples.hard {
      let hit = ExportSamples.hit(
        title: text, source: text, authors: [text, "Ann Lee"], passages: [ExportSamples.passage("abc#2", text: text, heading: text)])
      let table = try rows(ExportSamples.written(.csv, [hit]))
      #expect(table.count == 2 && table[0].count == table[1].count && table[0].first == "id")
      let row = Dictionary(uniqueKeysWithValues: zip(table[0], table[1]))
      for name in ["title", "source", "heading", "text"] {
        let cell = row[name] ?? "?"
        #expect(cell == text || cell == "'" + text)
        let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
        #expect(first.map { !"=+-@＝＋－＠".unicodeScalars.contains($0) } ?? true, "\(text)")
        if text == "plain" || text.hasPrefix("И") { #expect(cell == text) }
      }
      #expect(row["line"] == "3" && row["start"] == "10" && row["score"] == "1.5" && row["actors"] == "iran; russia")
    }
    let bare = try rows(
      ExportSamples.written(.csv, [ExportSamples.hit(title: nil, date: nil, source: nil, authors: [], url: nil, passages: [])]))
    #expect(bare[1].count == bare[0].count && bare[1][0] == "abc")
  }

  @Test func cslItemsAreOnes() throws {
    let hits = ExportSamples.hard.enumerated().map { number, text in
      ExportSamples.hit(
        id: "id\(number)", title: text, date: ["2023", "2023-09", "2023-09-05", nil][number % 4], source: number % 3 == 0 ? nil : text,
        authors: [text, "Anna van der Berg"], url: number % 2 == 0 ? nil : "https://x.org",
        passages: [ExportSamples.passage("id\(number)#1", text: text)])
    }
    for unit in Unit.allCases {
      let items = try #require(try JSONValue(parsing: ExportSamples.written(.cslJSON, hits, unit: unit)).array)
      #expect(items.count == hits.count && Set(items.compactMap { $0["id"]?.string }).count == items.count)
      for (number, item) in items.enumerated() {
        #expect(item["title"] == .string(ExportSamples.hard[number]))
        let date: JSONValue? = [["date-parts": [[2023]]], ["date-parts": [[2023, 9]]], ["date-parts": [[2023, 9, 5]]], nil][number % 4]
        #expect(item["issued"] == date)
        #expect(item["author"]?.array?.last == ["family": "van der Berg", "given": "Anna"])
        let type = number % 3 != 0 ? "article-newspaper" : number % 2 != 0 ? "webpage" : "document"
        #expect(item["type"] == .string(type) && (item["container-title"] == nil) == (number % 3 == 0))
        #expect((item["URL"] == nil) == (number % 2 == 0))
        #expect(item["note"]?.string?.contains("dir/a.txt:3") == true)
      }
    }
    #expect(try JSONValue(parsing: ExportSamples.written(.cslJSON, [])) == [])
  }

  @Test func bibtexBalancesItsBracesAndItsKeysAreUnique() throws {
    let hits = ExportSamples.hard.enumerated().map { number, text in
      ExportSamples.hit(
        id: "id\(number)", title: text, source: number % 2 == 0 ? nil : text, authors: [text],
        passages: [ExportSamples.passage("id\(number)#1", text: text), ExportSamples.passage("id\(number)#2", text: text)])
    }
    for unit in Unit.allCases {
      let text = ExportSamples.written(.bibtex, hits, unit: unit)
      var depth = 0
      for scalar in text.unicodeScalars {
        depth += scalar == "{" ? 1 : scalar == "}" ? -1 : 0
        #expect(depth >= 0)
      }
      #expect(depth == 0)
      let keys = text.split(separator: "\n").filter { $0.hasPrefix("@article{") || $0.hasPrefix("@misc{") }.compactMap {
        $0.split(separator: "{").last
      }
      #expect(keys.count == (unit == .article ? hits.count : 2 * hits.count) && Set(keys).count == keys.count)
      #expect(keys.allSatisfy { $0.dropLast().allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } && $0.last == "," })
    }
    let entry = ExportSamples.written(
      .bibtex,
      [
        ExportSamples.hit(
          title: "50% & {more}", authors: ["Ludwig van Beethoven", "Иванов Иван", "Aras Desk"],
          passages: [ExportSamples.passage("abc#2", text: "a_b")])
      ])
    #expect(
      entry == """
        @article{vanbeethoven2023-abc,
          author = {van Beethoven, Ludwig and {Иванов Иван} and {Aras Desk}},
          title = {{50\\% \\& \\textbraceleft{}more\\textbraceright{}}},
          journal = {Aras Briefs},
          year = {2023},
          month = sep,
          day = {5},
          url = {https://example.org/a?b=c&d=%7Be%7D},
          language = {en},
          note = {dir/a.txt:3, abc\\#2},
          abstract = {a\\_b}
        }


        """)
  }

  @Test func markdownQuotesWithACitation() {
    let hit = ExportSamples.hit(
      title: "The [corridor]", url: "https://example.org/a",
      passages: [ExportSamples.passage("abc#2", text: "# One *line*\nand two\n\n1. second", line: 7)])
    #expect(
      ExportSamples.written(.markdown, [hit]) == """
        > \\# One \\*line\\* and two
        >
        > 1\\. second

        — Rovshan Mammadli, [“The \\[corridor\\]”](<https://example.org/a>), *Aras Briefs*, 5 September 2023. `dir/a.txt:7` `abc#2`


        """)
    let article = ExportSamples.written(.markdown, [hit], unit: .article)
    #expect(article.hasPrefix("## The \\[corridor\\]\n\n") && article.hasSuffix("\n— `dir/a.txt:7` `abc#2`\n\n"))
    for text in ExportSamples.hard {
      let out = ExportSamples.written(.markdown, [ExportSamples.hit(title: text, passages: [ExportSamples.passage("abc#2", text: text)])])
      for line in out.split(separator: "\n") { #expect(line.hasPrefix(">") || line.hasPrefix("— "), "\(text): \(line)") }
      #expect(!out.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test(arguments: [
    ("Rovshan Mammadli", PersonName.person(family: "Mammadli", given: "Rovshan")),
    ("Anna van der Berg", .person(family: "van der Berg", given: "Anna")),
    ("Mammadli, Rovshan", .person(family: "Mammadli", given: "Rovshan")),
    ("J. R. Smith", .person(family: "Smith", given: "J. R.")), ("Mary Anne O'Neill", .person(family: "O'Neill", given: "Mary Anne")),
    ("Արմեն Գրիգորյան", .person(family: "Գրիգորյան", given: "Արմեն")), ("Jean-Luc Élan", .person(family: "Élan", given: "Jean-Luc")),
    ("Reuters", .literal("Reuters")), ("Aras Desk  Tbilisi", .literal("Aras Desk Tbilisi")), ("BBC NEWS", .literal("BBC NEWS")),
    ("Иванов Иван", .literal("Иванов Иван")), ("علی رضایی", .literal("علی رضایی")), ("王 小明", .literal("王 小明")),
    ("Institute of War, London", .literal("Institute of War, London")), ("staff writer", .literal("staff writer")),
    ("One Two Three Four Five", .literal("One Two Three Four Five")), ("Agent 007", .literal("Agent 007")), ("", .literal("")),
  ])
  func splitsOnlyNamesThatAreSure(written: String, name: PersonName) { #expect(PersonName(written) == name) }
}

@Suite struct ExporterTests {
  /// Serves hits 0..<count by cursor, `revision(page)` of the index.
  static func daemon(count: Int, asked: Asked, revision: @escaping @Sendable (Int) -> UInt64 = { _ in 1 }) -> TestDaemon {
    TestDaemon { connection in
      connection.greet()
      while let request = connection.request() {
        guard let search = try? SearchRequest(parameters: request.params) else { return connection.fail(.invalidRequest("?"), to: request) }
        asked.list.withLock { $0.append(search) }
        if search.q == "bad" {
          connection.fail(.querySyntax("wrong", offset: 0, length: 1), to: request)
          continue
        }
        let start = search.cursor.flatMap { Int($0) } ?? 0
        let end = min(count, start + search.limit)
        let hits = (start..<end).map { number in
          ExportSamples.hit(id: "a\(number)", passages: [ExportSamples.passage("a\(number)#1", text: "text \(number)")])
        }
        connection.reply(
          SearchResult(
            revision: revision(start), query: QueryEcho(text: search.q, parsed: search.q), total: Total(articles: count, passages: count),
            offset: start, limit: search.limit, cursor: end < count ? "\(end)" : nil, tookUs: 1, match: .all, hits: hits), to: request)
      }
    }
  }

  final class Asked: Sendable {
    let list = Mutex<[SearchRequest]>([])
    var all: [SearchRequest] { list.withLock { $0 } }
  }

  @Test(arguments: [(0, nil, 0, 1), (1, nil, 1, 1), (10, nil, 10, 2), (25, nil, 25, 4), (25, 8, 8, 2), (25, 7, 7, 1), (25, 100, 25, 4)])
  func writesEveryHitOnce(count: Int, limit: Int?, written: Int, pages: Int) throws {
    let asked = Asked()
    let daemon = Self.daemon(count: count, asked: asked)
    var out: [UInt8] = []
    let outcome = try Exporter(client: daemon.connect(), request: SearchRequest(q: "x"), limit: limit, pageSize: 7).run(
      ExportFormat.ndjson.makeWriter(.passage)
    ) { out += $0 }
    let ids = try String(decoding: out, as: UTF8.self).split(separator: "\n").map { try JSONValue(parsing: String($0))["article"]?.string }
    #expect(ids == (0..<written).map { "a\($0)" } && outcome.hits == written)
    #expect(asked.all.count == pages && asked.all.allSatisfy { $0.limit <= 7 })
    #expect(outcome.remarks(sort: .relevance).isEmpty)
  }

  @Test func saysThatTheIndexChanged() throws {
    let daemon = Self.daemon(count: 20, asked: Asked()) { $0 < 14 ? 4 : 6 }
    let outcome = try Exporter(client: daemon.connect(), request: SearchRequest(q: "x"), pageSize: 7).run(
      ExportFormat.csv.makeWriter(.passage)
    ) { _ in }
    #expect(outcome.revisions == 4...6 && outcome.hits == 20)
    #expect(outcome.remarks(sort: .relevance).first?.contains("from revision 4 to 6") == true)
    #expect(outcome.remarks(sort: .dateAscending) != outcome.remarks(sort: .relevance))
  }

  @Test func theCommandPassesItsOptionsOn() throws {
    let asked = Asked()
    let daemon = Self.daemon(count: 3, asked: asked)
    func run(_ arguments: String...) throws -> Program.Outcome {
      try Program.run(["export"] + arguments, environment: ["ARAS_SOCKET__PATH=\(daemon.path)"])
    }
    guard Program.path != nil else { return }
    let outcome = try run("gas", "-oil", "--actor", "iran", "--format", "bibtex", "--sort", "date:desc")
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.split(separator: "\n").filter { $0.hasPrefix("@") }.count == 3)
    let request = try #require(asked.all.last)
    #expect(request.q == "gas -oil" && request.group == .article && request.facets.isEmpty && request.sort == .dateDescending)
    #expect(request.filters[.actor] == FilterValue(any: ["iran"]) && request.snippets.length == Exporter.wholePassage)
    #expect(try run("x", "--format", "markdown", "--group", "article").output.hasPrefix("## A title"))
    #expect(try run("bad").status == 2)
    #expect(try run("x", "--limit", "0").status == 64 && run("x", "--format", "text").status == 64)
    #expect(
      try Program.run(["--format", "csl-json", "export", "x"], environment: ["ARAS_SOCKET__PATH=\(daemon.path)"]).output.hasPrefix("["))
  }

  @Test func nothingFoundEndsWithOneAndAWholeFile() throws {
    guard Program.path != nil else { return }
    let daemon = Self.daemon(count: 0, asked: Asked())
    let outcome = try Program.run(["export", "x", "--format", "csl-json"], environment: ["ARAS_SOCKET__PATH=\(daemon.path)"])
    #expect(outcome.status == 1 && outcome.output == "[]\n" && outcome.errors == "aras: nothing found\n")
  }
}
