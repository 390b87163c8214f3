// The commands as users run them: the built program against a daemon of a few lines.
import Testing

@testable import ArasAPI
@testable import Client

@Suite(.enabled(if: Program.path != nil, "the program aras is not built"))
struct CommandTests {
  /// Answers searches for "none" with nothing, for "bad" with a syntax error, for "busy" with busy, and the rest with one hit;
  /// a count is answered with the parameters it was asked with.
  private let daemon = TestDaemon { connection in
    connection.greet()
    while let request = connection.request() {
      let q = request.params["q"]?.string ?? ""
      switch (request.method, q) {
      case (_, "bad"): connection.fail(.querySyntax("the quote is open", offset: 1, length: 2), to: request)
      case (_, "busy"): connection.fail(.busy("too many searches", retryAfterMs: 100), to: request)
      case ("search", _):
        let found = q == "none" ? 0 : 1
        let article = ArticleSummary(id: "a", title: "T", lang: "en", path: "p.txt")
        let snippet = Snippet(text: q, start: 0, end: q.utf8.count, line: 3)
        let passage = PassageHit(id: "a#1", score: 1, start: 0, end: q.utf8.count, line: 3, snippets: [snippet])
        connection.reply(
          SearchResult(
            revision: 1, query: QueryEcho(text: q, parsed: q), total: Total(articles: found, passages: found), offset: 0, limit: 10,
            tookUs: 5,
            match: .all, hits: found == 0 ? [] : [Hit(article: article, score: 1, passagesMatched: 1, passages: [passage])]), to: request)
      case ("count", _):
        connection.reply(JSONValue.object(["total": ["articles": 1, "passages": 1, "exact": true], "asked": request.params]), to: request)
      case ("suggest", _):
        let word = Suggestion(text: q + "x", kind: .word, articles: 1, passages: 2)
        let entry = Suggestion(
          text: q.hasPrefix("actor:") ? "actor:iran" : "Iran", kind: .actor, id: "iran", label: "Iran", articles: 3, passages: 4)
        connection.reply(SuggestResult(revision: 1, suggestions: q == "none" ? [] : [word, entry]), to: request)
      case ("ping", _): connection.reply("pong", to: request)
      default: connection.fail(.notFound("there is no article \"x\""), to: request)
      }
    }
  }

  private func run(_ arguments: String..., input: String = "") throws -> Program.Outcome {
    try Program.run(arguments, environment: ["ARAS_SOCKET__PATH=\(daemon.path)"], input: input)
  }

  @Test func printsWhatItFinds() throws {
    let outcome = try run("search", "two", "words")
    #expect(outcome.output == "T\np.txt:3: two words\n\n1 article, 1 passage · showing 1 · 0.0 ms\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test(arguments: [
    ("none", 1, "aras: nothing found\n"), ("bad", 2, "aras: the quote is open\naras:   bad\naras:    ^^\n"),
    ("busy", 75, "aras: too many searches\n"),
  ])
  func endsWithTheCodeOfTheContract(query: String, status: Int32, errors: String) throws {
    let outcome = try run("search", query)
    #expect(outcome.status == status && outcome.errors == errors && outcome.output.isEmpty)
  }

  @Test func saysThatNoDaemonAnswers() throws {
    let outcome = try Program.run(["--socket", "/nonexistent.sock", "ping"])
    #expect(outcome.status == 69 && outcome.output.isEmpty && outcome.errors.hasPrefix("aras: no daemon answers at /nonexistent.sock"))
  }

  @Test(arguments: [
    ["search", "--limit", "-1"], ["search", "--facets", "actr"], ["search", "--sort", "up"], ["bogus"], ["search", "--batch", "x"],
    ["show"],
    ["search", "--batch", "--format", "csv"], ["completions", "tcsh"], ["search", "--no-facets", "--facets", "actor"],
    ["actors", "--limit", "-2"], ["suggest", "--limit", "-2"],
    ["search", "--unknown"],
  ])
  func refusesWrongUsage(arguments: [String]) throws {
    let outcome = try Program.run(arguments, environment: ["ARAS_SOCKET__PATH=\(daemon.path)"])
    #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test func sendsWhatWasAskedFor() throws {
    let outcome = try run(
      "--format", "json", "count", "a", "-b", "--actor", "iran", "--actor", "russia", "--not-lang", "fa", "--date", "2021..", "--match",
      "any", "--strict")
    let asked = try JSONValue(parsing: outcome.output)["asked"]
    #expect(
      asked?.jsonText
        == #"{"q":"a -b","match":"any","filters":{"actor":["iran","russia"],"date":["2021.."]},"exclude":{"lang":["fa"]},"syntax":"strict"}"#
    )
  }

  @Test func answersABatchLineByLine() throws {
    let outcome = try run("search", "--batch", "--no-facets", input: "one\nbad\nlast without a line feed")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3 && outcome.status == 2)
    #expect(try lines.map { try JSONValue(parsing: String($0))["query"]?["text"]?.string } == ["one", nil, "last without a line feed"])
  }

  @Test func showsNothingForAnUnknownID() throws {
    let outcome = try run("show", "x")
    #expect(outcome.status == 1 && outcome.errors == "aras: there is no article \"x\"\n")
  }

  @Test func completesWhatIsTyped() throws {
    #expect(try run("suggest", "-ira", "tr").output == "word    1  -ira trx\nactor   3  Iran  iran\n")
    #expect(try run("suggest", "--format", "ndjson", "a").output.split(separator: "\n").count == 2)
    let none = try run("suggest", "none")
    #expect(none.status == 1 && none.output.isEmpty)
  }

  @Test func completesWordsAndIdsInAShell() throws {
    #expect(try run("---completion", "search", "--", "--actor", "2", "2", "aras", "--actor", "ir").output == "iran\n")
    #expect(try run("---completion", "search", "--", "positional@0", "1", "4", "aras", "sanc").output == "sancx\n")
    let gone = try Program.run(
      ["---completion", "search", "--", "--actor", "2", "2", "aras", "--actor", "ir"], environment: ["ARAS_SOCKET__PATH=/nonexistent.sock"])
    #expect(gone.output.isEmpty || gone.output == "\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func printsCompletions(shell: String) throws {
    let outcome = try run("completions", shell)
    #expect(outcome.status == 0 && outcome.output.contains("aras") && outcome.output.contains("not-actor"))
  }

  @Test func saysItsVersionAndHelp() throws {
    #expect(try run("--version").output == "aras \(ArasVersion.current)\n")
    #expect(try run("search", "--help").output.contains("--not-actor"))
    #expect(try run("ping").output == "pong\n")
  }

  @Test func passesTheEscapesOfATextOnAsSigns() throws {
    let outcome = try run("search", "\u{1B}[31mred", "--color", "always")
    #expect(outcome.output.contains("␛[31mred"))
  }
}
