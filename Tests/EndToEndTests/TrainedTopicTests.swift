import Foundation
import TestSupport
import Testing

@testable import ArasAPI
@testable import Client

/// A topic of a user's own, with the built programs: learnt from marked passages, searched, explained, corrected by hand, taken away.
@Suite(.serialized) struct TrainedTopicTests {
  private struct Outcome {
    var output: String
    var errors: String
    var status: Int32
  }

  private static func aras(_ daemon: RunningDaemon, _ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = RunningDaemon.program("aras")
    process.arguments = ["--socket", daemon.socket] + arguments
    let output = Pipe()
    let errors = daemon.folder.appendingPathComponent("errors")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    try output.fileHandleForWriting.close()
    let read = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: read, as: UTF8.self), errors: try String(contentsOf: errors, encoding: .utf8),
      status: process.terminationStatus)
  }

  private static let fishing = ["trout", "salmon", "trawler", "quota", "harbour", "catch", "cod", "nets", "angler", "fishery"]
  private static let music = ["violin", "opera", "concert", "tenor", "orchestra", "stage", "choir", "soloist", "cello", "aria"]
  private static let filler = ["said", "week", "official", "report", "year", "country", "people", "street", "group", "plan", "sources"]

  private static func sentence(_ words: [String], _ random: inout SeededRandom) -> String {
    let body = (0..<40).map { number in (number % 3 == 0 ? words : filler).randomElement(using: &random) ?? "" }
    return body.joined(separator: " ") + "."
  }

  /// A daemon with a registry in a folder of its own, and 120 articles, one in six on fishing.
  private static func serve(_ random: inout SeededRandom) throws -> (RunningDaemon, DaemonClient) {
    let daemon = try RunningDaemon()
    var records = ""
    for number in 0..<120 {
      let record: JSONValue = .object([
        "_id": .string("\(number)"), "title": .string("Note \(number)"),
        "text": .string(sentence(number % 6 == 0 ? fishing : music, &random)),
      ])
      records += record.jsonText + "\n"
    }
    try daemon.save("notes.jsonl", records)
    let files = [
      "aras.yaml": "registry:\n  actors: [actors.yaml]\n  topics: [topics.yaml]\n",
      "actors.yaml": "actors:\n  - {id: iran, kind: state, names: [Iran]}\n",
      "topics.yaml": "topics:\n  - {id: nature, label: Nature}\n  - {id: arts, label: Arts, rules: {3: [opera house]}}\n",
    ]
    for (name, text) in files { try Data(text.utf8).write(to: daemon.folder.appendingPathComponent(name)) }
    try daemon.start(["--config", daemon.folder.appendingPathComponent("aras.yaml").path])
    return (daemon, try daemon.ready())
  }

  @Test func `train, search, why, show, edit, remove`() async throws {
    try await onThread {
      var random = SeededRandom(seed: 11)
      let (daemon, client) = try Self.serve(&random)
      let marked = daemon.folder.appendingPathComponent("marked.tsv")
      var lines = (0..<10).map { _ in "yes\t" + Self.sentence(Self.fishing, &random) }
      for _ in 0..<5 { lines.append("no\t" + Self.sentence(Self.music, &random)) }
      try Data(lines.joined(separator: "\n").utf8).write(to: marked)

      let trained = try Self.aras(
        daemon, ["topics", "train", "fishing", "--from", marked.path, "--label", "Fishing", "--parent", "nature", "--format", "json"])
      try #require(trained.status == 0, "\(trained.errors)")
      let result = try TrainResult(json: JSONValue(parsing: Array(trained.output.utf8)))
      #expect(result.isNew && result.layer.method == "centroid" && result.layer.yes == 10 && result.layer.no == 5)
      #expect(FileManager.default.fileExists(atPath: daemon.folder.appendingPathComponent("trained/fishing.tsv").path))

      // The reply waited: the tags are there, and counts are those of the truth; the group has what the topic has.
      #expect(try client.search("topic:fishing").total.articles == 20)
      #expect(try client.search("topic:nature").total.articles == 20)
      #expect(try Self.aras(daemon, ["topics"]).output.contains("fishing  20  Fishing  under nature, trained"))
      #expect(try Self.aras(daemon, ["topics", "fish"]).output.contains("fishing"))

      let hit = try #require(try client.search("topic:fishing").hits.first)
      let why = try Self.aras(daemon, ["why", hit.article.id, "fishing"])
      #expect(why.status == 0 && why.output.contains("the trained layer; together its"), "\(why.output)")
      let grounds = try client.call("why", WhyRequest(id: "\(hit.article.id)#1", tag: "fishing")).read(WhyResult.self)
      let first = try #require(grounds.grounds.first)
      #expect(grounds.tagged && first.type == "trained" && (first.weight ?? 0) > 0)
      #expect(Self.fishing.contains { $0.hasPrefix(first.text.lowercased()) }, "\(first)")
      let got = try client.call("get", GetRequest(id: hit.article.id)).read(GetResult.self)
      let evidence = try #require(got.topicEvidence.first { $0.topic == "fishing" })
      #expect(evidence.score >= 3 && !evidence.matches.isEmpty)
      for match in evidence.matches {
        let word = String(decoding: Array(got.text.utf8)[match.start..<match.end], as: UTF8.self)
        #expect(match.rule.hasPrefix("trained: ") && Self.fishing.contains(word), "\(match) \(word)")
      }
      let other = try #require(try client.search("violin").hits.first)
      #expect(try Self.aras(daemon, ["why", other.article.id, "fishing"]).status == 1)

      let shown = try Self.aras(daemon, ["topics", "show", "fishing"])
      #expect(shown.status == 0 && shown.output.contains("centroid, from 10 yes, 5 no"), "\(shown.output)")

      // Who edits the file is taken at his word, and told what is wrong with it.
      let file = daemon.folder.appendingPathComponent("trained/fishing.tsv")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(text.replacing("threshold\t1\n", with: "threshold\t1000\n").utf8).write(to: file)
      _ = try client.wait("topic:fishing") { $0.total.articles == 0 }
      try Data(text.utf8).write(to: file)
      _ = try client.wait("topic:fishing") { $0.total.articles == 20 }

      // What is new is tagged like the rest.
      try daemon.save("new.txt", "A day at sea\n\n" + Self.sentence(Self.fishing, &random) + "\n")
      _ = try client.wait("topic:fishing") { $0.total.articles == 21 }

      let removed = try Self.aras(daemon, ["topics", "remove", "fishing"])
      #expect(removed.status == 0 && removed.output.contains("the topic is gone"), "\(removed.output + removed.errors)")
      #expect(!FileManager.default.fileExists(atPath: file.path))
      #expect(try client.search("topic:nature").total.articles == 0)
      #expect(try Self.aras(daemon, ["topics", "remove", "fishing"]).status == 1)
      #expect(try daemon.stop() == 0)
    }
  }

  @Test func `fifty passages by id train a linear layer beside the rules, over several requests`() async throws {
    try await onThread {
      var random = SeededRandom(seed: 12)
      let (daemon, client) = try Self.serve(&random)
      var request = SearchRequest(q: "violin")
      request.limit = 60
      request.group = .passage
      let hits = try client.call("search", request).read(SearchResult.self).hits
      let ids = hits.flatMap { $0.passages.map(\.id) }
      try #require(ids.count == 60)
      let yes = ids.prefix(55).map { MarkedExample(.id($0), isYes: true) }
      let no = (0..<20).map { _ in MarkedExample(.text(Self.sentence(Self.fishing, &random), title: nil, language: nil), isYes: false) }
      let kept = try client.call("train", TrainRequest(topic: "arts", examples: Array(yes.prefix(30)), more: true)).read(DraftResult.self)
      #expect(kept.examples == 30)
      let more = try client.call("train", TrainRequest(topic: "arts", examples: Array(yes.dropFirst(30)), more: true, draft: kept.draft))
      #expect(try more.read(DraftResult.self) == DraftResult(draft: kept.draft, examples: 55))
      let result = try client.call("train", TrainRequest(topic: "arts", examples: no, draft: kept.draft, wait: true)).read(TrainResult.self)
      #expect(!result.isNew && result.layer.method == "linear" && result.layer.yes == 55 && result.layer.no == 20)
      #expect(result.revision == (try client.status().revision))
      #expect(try client.search("topic:arts").total.articles == 100)
      // A topic with rules keeps them.
      let removed = try client.call("forget", TopicRequest(topic: "Arts", wait: true)).read(ForgetResult.self)
      #expect(removed.stays)
      #expect(try client.search("topic:arts").total.articles == 0)
      #expect(try client.call("topic", TopicRequest(topic: "arts")).read(TopicResult.self).rules.map(\.rule) == ["opera house"])
      #expect(throws: ClientError.self) { try client.call("train", TrainRequest(topic: "arts", examples: no, draft: kept.draft)) }
      #expect(try daemon.stop() == 0)
    }
  }

  @Test func `what cannot be learnt from says why, and leaves nothing behind`() async throws {
    try await onThread {
      var random = SeededRandom(seed: 13)
      let (daemon, _) = try Self.serve(&random)
      let marked = daemon.folder.appendingPathComponent("marked.tsv")
      func train(_ lines: [String], _ options: [String] = []) throws -> Outcome {
        try Data(lines.joined(separator: "\n").utf8).write(to: marked)
        return try Self.aras(daemon, ["topics", "train", "fishing", "--from", marked.path] + options)
      }
      let ten = (0..<10).map { _ in "yes\t" + Self.sentence(Self.fishing, &random) }
      for (lines, options, message) in [
        (Array(ten.dropLast()), [], "9 examples are marked yes, and training needs 10"),
        (ten + ["perhaps\tso so"], [], "marked.tsv:11: the label is \"perhaps\""),
        (ten + ["yes\tnosuchid#1"], [], "are not in the index: \"nosuchid#1\""),
        (ten, ["--parent", "natur"], "there is no topic \"natur\" to be the parent"),
      ] {
        let outcome = try train(lines, options)
        #expect(outcome.status != 0 && outcome.errors.contains(message), "\(message): \(outcome.errors)")
      }
      let badID = try Self.aras(daemon, ["topics", "train", "My Topic", "--from", marked.path])
      #expect(badID.status != 0 && badID.errors.contains("is no id of a topic"), "\(badID.errors)")
      #expect(!FileManager.default.fileExists(atPath: daemon.folder.appendingPathComponent("trained").path))
      #expect(try daemon.stop() == 0)
    }
  }
}
