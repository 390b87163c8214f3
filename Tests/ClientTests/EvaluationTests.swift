// Figures of the ranking: the files they are made from, the measures, the comparison of two runs, and the run itself.
import Glibc
import Testing

@testable import ArasAPI
@testable import Client

@Suite struct EvaluationInputTests {
  private func queries(_ text: String) throws -> [EvaluationQuery] {
    try EvaluationQueries.parse(InputLines(file: "q", bytes: Array(text.utf8)))
  }

  private func judgements(_ text: String) throws -> [String: [String: Int]] {
    try Judgements.parse(InputLines(file: "r", bytes: Array(text.utf8))).grades
  }

  static let two = [EvaluationQuery(id: "1", text: "gas pipeline"), EvaluationQuery(id: "2", text: "شهر تهران")]

  @Test(arguments: [
    "{\"_id\": \"1\", \"text\": \"gas pipeline\", \"metadata\": {}}\r\n\n{\"text\": \" شهر تهران \", \"id\": 2}",
    "\u{FEFF}1\tgas pipeline\n2\tشهر تهران\n", "query-id\ttext\n1\tgas pipeline\r\n2\tشهر تهران",
    """
    A preamble
    """,
    """
    <top>
    <num> Number: 001
    <title> Topic:  gas
       pipeline

    <desc> Description:
    Anything on pipelines.
    </top>

    <top><num>2</num><title>شهر تهران</title>
    <narr> Narrative: 3 < 4
    </top>
    """,
    "<top>\n<num>1\n<title>gas pipeline\n<top>\n<num> Number: 2 <title> شهر تهران",
  ])
  func readsQueries(text: String) throws {
    if text.hasPrefix("A preamble") {
      #expect(throws: ClientError.configuration("q:1: an id, a tab and the text of the query are expected")) { try queries(text) }
    } else {
      #expect(try queries(text) == Self.two)
    }
  }

  @Test(arguments: [
    ("{\"_id\": \"1\", \"text\": \"a\"}\n{\"_id\": 1, \"text\": \"b\"}", "q:2: the id \"1\" is there already, in line 1"),
    ("{\"_id\": \"1\", \"text\": \"a\"}\n\n{\"_id\": \"2\"", "q:3: not JSON: the object is not closed at column 12"),
    ("{\"text\": \"a\"}", "q:1: a query needs an \"_id\""), ("{\"_id\": \"x\", \"text\": \" \"}", "q:1: the query \"x\" needs a \"text\""),
    ("1\ta\n2 b\n3\t\n", "q:2: an id, a tab and the text of the query are expected\nq:3: the text of the query is empty"),
    ("<top>\n<num>1\n</top>\n<top>\n<title>x\n</top>", "q:1: the topic 1 needs a <title>\nq:4: the topic needs a <num>"),
    ("", "q holds no query"), ("\n \n", "q holds no query"),
  ])
  func reportsMalformedQueriesWithTheirLine(text: String, message: String) {
    #expect(throws: ClientError.configuration(message)) { try queries(text) }
  }

  @Test func reportsTheFirstOfManyAndCountsTheRest() {
    let error = #expect(throws: ClientError.self) { try queries((0..<30).map { "\($0)" }.joined(separator: "\n")) }
    let lines = "\(error.map { "\($0)" } ?? "")".split(separator: "\n")
    #expect(lines.count == 11 && lines[9].hasPrefix("q:10:") && lines[10] == "and 20 more like these")
  }

  @Test(arguments: [
    "query-id\tcorpus-id\tscore\n1\ta b\t2\n1\tc\t0\n2\td\t1\n", "1\t0\ta b\t2\n1\t0\tc\t0\n2\t0\td\t1\r\n1\t0\tc\t0",
    "1\ta b\t2\n1\tc\t0\n2\td\t1",
  ])
  func readsJudgements(text: String) throws {
    #expect(try judgements(text) == ["1": ["a b": 2, "c": 0], "2": ["d": 1]])
  }

  @Test func readsTheColumnsOfTREC() throws {
    #expect(try judgements("51 0  FT911-1   1\n51 Q0 FT911-2 -1") == ["51": ["FT911-1": 1, "FT911-2": -1]])
  }

  @Test(arguments: [
    ("1\ta\t1\n1\tb\n", "r:2: 3 columns (query, article, grade) or 4 (query, iteration, article, grade) are expected, not 2"),
    ("1\ta\t1\n1\tb\thigh\n", "r:2: the grade \"high\" is not a whole number"),
    ("1 0 a 1 x", "r:1: 3 columns (query, article, grade) or 4 (query, iteration, article, grade) are expected, not 5"),
    ("1 0 a yes", "r:1: the grade \"yes\" is not a whole number"),
    ("1 0 a 1\n1 0 a 2", "r:2: article \"a\" is judged 1 for query \"1\" already, and 2 here"),
    ("1 0 a 99999999999999999999", "r:1: the grade \"99999999999999999999\" is not a whole number"), ("", "r holds no judgement"),
  ])
  func reportsMalformedJudgementsWithTheirLine(text: String, message: String) {
    #expect(throws: ClientError.configuration(message)) { try judgements(text) }
  }

  @Test func refusesACompressedFile() throws {
    let file = try ScratchFile(bytes: [0x1F, 0x8B, 0x08])
    #expect(throws: ClientError.configuration("\(file.path) is compressed; unpack it first: gunzip \(file.path)")) {
      try EvaluationQueries.read(file.path)
    }
    #expect(throws: ClientError.configuration("/nonexistent cannot be read")) { try Judgements.read("/nonexistent") }
  }
}

@Suite struct RankingScoresTests {
  private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

  /// Worked out by hand: a gain g at rank r counts g / log2(r + 1).
  @Test func agreesWithCasesWorkedOutByHand() {
    let third = 1 / log2(3.0)
    let first = RankingScores(ranked: ["x", "a", "b"], grades: ["a": 2, "b": 1])
    let gain = (2 * third + 0.5) / (2 + third)
    let precision = (1.0 / 2 + 2.0 / 3) / 2
    #expect(near(first[.ndcg], gain))
    #expect(near(first[.averagePrecision], precision))
    #expect(first[.recall] == 1)
    #expect(first[.reciprocalRank] == 0.5)

    let perfect = RankingScores(ranked: ["a", "b"], grades: ["a": 3, "b": 1, "c": 0, "d": -2])
    for metric in RankingMetric.allCases { #expect(near(perfect[metric], 1), "\(metric)") }

    let half = RankingScores(ranked: ["c", "d", "a"], grades: ["a": 1, "b": 1, "c": 0, "d": -2])
    let halfGain = 0.5 / (1 + third)
    #expect(near(half[.ndcg], halfGain))
    #expect(near(half[.averagePrecision], 1.0 / 6))
    #expect(half[.recall] == 0.5)
    #expect(near(half[.reciprocalRank], 1.0 / 3))

    #expect(RankingScores(ranked: [], grades: ["a": 1]) == RankingScores.mean([RankingScores(ranked: ["b"], grades: ["a": 1])]))
    #expect(RankingScores(ranked: ["a"], grades: ["a": 0]) == RankingScores())
  }

  @Test func cutsWhereTheMeasureSays() {
    let others = (0..<200).map { "x\($0)" }
    let eleventh = RankingScores(ranked: others.prefix(10) + ["a"], grades: ["a": 1])
    #expect(eleventh[.ndcg] == 0)
    #expect(eleventh[.reciprocalRank] == 0)
    #expect(near(eleventh[.averagePrecision], 1.0 / 11))
    #expect(eleventh[.recall] == 1)
    let beyond = RankingScores(ranked: others.prefix(100) + ["a"], grades: ["a": 1])
    #expect(beyond[.recall] == 0)
    #expect(near(beyond[.averagePrecision], 1.0 / 101))
    // Twelve relevant ones, ten of them at the top: the ideal is cut at ten, too.
    let grades = Dictionary(uniqueKeysWithValues: (0..<12).map { ("x\($0)", 1) })
    let many = RankingScores(ranked: Array(others.prefix(10)), grades: grades)
    #expect(near(many[.ndcg], 1))
    #expect(near(many[.averagePrecision], 10.0 / 12))
    #expect(near(many[.recall], 10.0 / 12))
  }

  @Test func countsAnArticleOnce() {
    #expect(
      RankingScores(ranked: ["a", "a", "b"], grades: ["a": 1, "b": 1]) == RankingScores(ranked: ["a", "b"], grades: ["a": 1, "b": 1]))
  }
}

@Suite struct PairedTestTests {
  /// With n differences of one sign and size, only the two assignments of one sign are as extreme: p = 2 / 2^n.
  @Test(arguments: [1, 3, 10, 16])
  func isExactForFewQueries(count: Int) {
    let test = PairedTest(differences: Array(repeating: 0.5, count: count) + [0, 0])
    #expect(test.p == 2 / Double(1 << count))
    #expect(test.better == count && test.worse == 0 && test.same == 2)
    #expect(abs(test.difference - 0.5 * Double(count) / Double(count + 2)) < 1e-12)
  }

  @Test func knowsASmallCase() {
    // Sums of ±1 ±2 ±3: ±6, ±4, ±2, 0, 0; at least as far from 0 as 1 + 2 - 3 = 0: all; as 1 - 2 + 3 = 2: six of eight.
    #expect(PairedTest(differences: [1, 2, -3]).p == 1)
    #expect(PairedTest(differences: [1, -2, 3]).p == 0.75)
    #expect(PairedTest(differences: [-1, 2, -3]).p == 0.75 && PairedTest(differences: [-1, 2, -3]).difference < 0)
    #expect(PairedTest(differences: [0, 0]).p == 1 && PairedTest(differences: []).p == 1)
  }

  @Test func tellsChanceFromDifferenceWhereThereAreMany() {
    #expect(PairedTest(differences: (0..<200).map { $0 % 2 == 0 ? 0.1 : -0.1 }).p > 0.9)
    #expect(PairedTest(differences: (0..<200).map { $0 % 10 == 0 ? -0.1 : 0.1 }).p < 0.001)
    // 60 of 100 signs: by the binomial distribution p = 0.0569.
    let sixty = PairedTest(differences: (0..<100).map { $0 < 60 ? 1.0 : -1.0 })
    #expect(abs(sixty.p - 0.0569) < 0.01 && sixty == PairedTest(differences: (0..<100).map { $0 < 60 ? 1.0 : -1.0 }))
  }
}

@Suite struct EvaluatorTests {
  static func result(_ articles: [ArticleSummary], revision: UInt64 = 1, timedOut: Bool = false) -> SearchResult {
    SearchResult(
      revision: revision, query: QueryEcho(text: "", parsed: ""), total: Total(articles: articles.count, passages: 0), offset: 0,
      limit: 100, tookUs: 1, timedOut: timedOut, match: .any, hits: articles.map { Hit(article: $0, score: 1, passagesMatched: 1) })
  }

  static func article(_ id: String, key: String? = nil, path: String = "p") -> ArticleSummary {
    ArticleSummary(id: id, key: key, lang: "en", path: path)
  }

  @Test func measuresArticlesByKeyIDOrPath() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      var refused = false
      while let request = connection.request() {
        switch request.params["q"]?.string {
        case "key": connection.reply(Self.result([Self.article("i1", key: "k1"), Self.article("i2", key: "k2")]), to: request)
        case "id": connection.reply(Self.result([Self.article("i3", key: "other")]), to: request)
        case "path": connection.reply(Self.result([Self.article("i9"), Self.article("i4", path: "a/b.txt")], revision: 3), to: request)
        case "busy" where !refused:
          refused = true
          connection.fail(.busy("later", retryAfterMs: 1), to: request)
        case "busy": connection.reply(Self.result([Self.article("i1", key: "k1")], timedOut: true), to: request)
        default: connection.fail(.querySyntax("wrong", offset: 0, length: 1), to: request)
        }
      }
    }
    let judgements = Judgements([
      "1": ["k2": 1], "2": ["i3": 1], "3": ["a/b.txt": 1], "4": ["k1": 1], "5": ["k1": 1], "6": ["k1": 0], "7": ["k1": 1],
    ])
    let queries = zip(1..., ["key", "id", "path", "busy", "bad", "key"]).map { EvaluationQuery(id: "\($0)", text: $1) }
    var seen: [Int] = []
    let found = try Evaluator(client: daemon.connect(), window: 3).run(queries, judgements) { done, total in
      seen.append(done)
      #expect(total == 5)
    }
    #expect(found.rows.map(\.id) == ["1", "2", "3", "4", "5"])
    #expect(found.rows.map { $0.scores[.reciprocalRank] } == [0.5, 1, 0.5, 1, 0])
    #expect(found.unjudged == 1 && found.missing == 1 && found.failed == 1 && found.partial == 1 && found.revisions == 1...3)
    #expect(found.firstFailure == "5: wrong" && seen == [1, 2, 3, 4, 5])
    #expect(abs(found.mean[.reciprocalRank] - 0.6) < 1e-12)
  }

  @Test func saysThatNoIDsAgree() throws {
    let daemon = TestDaemon { $0.greet() }
    #expect(throws: ClientError.self) {
      try Evaluator(client: daemon.connect()).run([EvaluationQuery(id: "1", text: "a")], Judgements(["2": ["k": 1], "1": ["k": 0]]))
    }
  }

  @Test func aSavedRunComparesWithItself() throws {
    let rows = (0..<30).map { number in
      Evaluation.Row(id: "q\"\(number)", scores: RankingScores(ranked: ["a", "b"], grades: [number % 2 == 0 ? "a" : "b": 1]))
    }
    let run = Evaluation(rows: rows)
    let file = try ScratchFile(bytes: SavedRun.bytes(run, match: .any, depth: 100))
    let saved = try SavedRun.read(file.path)
    #expect(saved == SavedRun(run))
    let comparison = RunComparison(Evaluation(rows: Array(rows.prefix(20))), with: saved)
    #expect(comparison.queries == 20 && comparison.tests.values.allSatisfy { $0.p == 1 && $0.difference == 0 && $0.same == 20 })
    for bytes in ["", "{}", "[1]", #"{"aras_eval":1,"per_query":{"a":{"map":1}}}"#] {
      let other = try ScratchFile(bytes: Array(bytes.utf8))
      #expect(throws: ClientError.self) { try SavedRun.read(other.path) }
    }
  }
}

@Suite(.enabled(if: Program.path != nil, "the program aras is not built"))
struct EvalCommandTests {
  /// Finds the article that the query names, behind as many others as it says.
  private let daemon = TestDaemon { connection in
    connection.greet()
    while let request = connection.request() {
      let words = (request.params["q"]?.string ?? "").split(separator: " ").map { String($0) }
      let others = (0..<(words.dropFirst().first.flatMap { Int($0) } ?? 0)).map { EvaluatorTests.article("o\($0)", key: "o\($0)") }
      connection.reply(EvaluatorTests.result(others + [EvaluatorTests.article("i", key: words.first)]), to: request)
    }
  }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["eval"] + arguments, environment: ["ARAS_SOCKET__PATH=\(daemon.path)"])
  }

  @Test func printsSavesAndCompares() throws {
    let qrels = try ScratchFile("query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n")
    let before = try ScratchFile("1\ta 1\n2\tb 3\n9\tc\n")
    let after = try ScratchFile("1\ta 0\n2\tb 3\n")
    let saved = try ScratchFile("")
    let first = try run("--queries", before.path, "--qrels", qrels.path, "--save", saved.path, "--per-query", "--format", "csv")
    let third = 1 / log2(3.0)
    #expect(first.status == 0 && first.errors == "aras: 1 query without a relevant article in the judgements left out\n")
    #expect(
      first.output == """
        query,ndcg@10,map,recall@100,mrr@10
        1,\(third),0.5,1.0,0.5
        2,\(1 / log2(5.0)),0.25,1.0,0.25
        all,\((third + 1 / log2(5.0)) / 2),0.375,1.0,0.375

        """)
    let second = try run("--queries", after.path, "--qrels", qrels.path, "--baseline", saved.path)
    #expect(second.status == 0 && second.errors.isEmpty)
    let lines = second.output.split(separator: "\n").map { $0.split(separator: " ").map { String($0) } }
    #expect(lines.first == ["this", "baseline", "change", "p", "better", "worse", "same"])
    #expect(lines.contains(["map", "0.6250", "0.3750", "+0.2500", "1.0000", "1", "0", "1"]) && lines.last == ["2", "queries"])
    let json = try JSONValue(
      parsing: try run("--queries", after.path, "--qrels", qrels.path, "--baseline", saved.path, "--format", "json").output)
    #expect(json["comparison"]?["map"]?["difference"] == 0.25 && json["mean"]?["mrr@10"] == 0.625 && json["per_query"] == nil)
    let lined = try run("--queries", after.path, "--qrels", qrels.path, "--format", "ndjson", "--per-query").output.split(separator: "\n")
    #expect(try lined.map { try JSONValue(parsing: String($0))["query"] } == ["1", "2", "all"])
  }

  @Test func endsOnAMalformedLineWithItsPlace() throws {
    let queries = try ScratchFile("1\ta\n2 b\n")
    let qrels = try ScratchFile("1\ta\t1\n")
    let outcome = try run("--queries", queries.path, "--qrels", qrels.path)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors == "aras: \(queries.path):2: an id, a tab and the text of the query are expected\n")
    #expect(try run("--queries", queries.path).status == 64)
    #expect(try run("--queries", queries.path, "--qrels", qrels.path, "--depth", "10").status == 64)
  }
}
