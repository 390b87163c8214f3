import Foundation
import TestSupport
import Testing

@testable import ArasAPI
@testable import Client

/// What is done around a search, with the built programs: a collection in BEIR's layout is indexed in one go, measured, exported and asked
/// for what is similar.
@Suite(.serialized) struct AnalystToolsTests {
  private struct Outcome {
    var output: String
    var errors: String
    var status: Int32
  }

  private func run(_ program: String, _ arguments: [String], in folder: URL, closingAfter bytes: Int? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = RunningDaemon.program(program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin"]
    let output = Pipe()
    let errors = folder.appendingPathComponent("errors")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    try output.fileHandleForWriting.close()
    let read: Data?
    if let bytes {
      read = try output.fileHandleForReading.read(upToCount: bytes)
      try output.fileHandleForReading.close()
    } else {
      read = try output.fileHandleForReading.readToEnd()
    }
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: read ?? Data(), as: UTF8.self), errors: try String(contentsOf: errors, encoding: .utf8),
      status: process.terminationStatus)
  }

  /// What each record of a subject begins with, and the words that the rest of it is drawn from.
  private static let subjects: [(start: String, words: [String])] = [
    ("Gas pipeline", ["compressor", "station", "fuel", "terminal", "transit", "tariff", "contract", "export", "valve", "volume"]),
    ("Avalanche rescue", ["climber", "helicopter", "glacier", "ridge", "camp", "snow", "summit", "oxygen", "slope", "guide"]),
    ("Symphony concert", ["orchestra", "conductor", "violin", "soloist", "rehearsal", "overture", "tenor", "applause", "hall", "score"]),
  ]

  /// 300 records on three subjects, each with a number of its own.
  private static func collection(_ folder: URL) throws {
    var corpus = ""
    var qrels = "query-id\tcorpus-id\tscore\n"
    var random = SeededRandom(seed: 1)
    for number in 0..<300 {
      let subject = subjects[number % 3]
      let words = (0..<30).map { _ in subject.words.randomElement(using: &random) ?? "" }
      let record: JSONValue = .object([
        "_id": .string("doc \(number)"), "title": .string("Note \(number)"),
        "text": .string("\(subject.start) number \(1000 + number): \(words.joined(separator: " "))."), "metadata": .object([]),
      ])
      corpus += record.jsonText + "\n"
      qrels += "\(number % 3)\tdoc \(number)\t1\n"
    }
    qrels += "x\tdoc 7\t2\nx\tdoc 8\t0\n"
    let queries = ["gas pipeline", "avalanche rescue", "symphony concert"].enumerated().map {
      JSONValue.object(["_id": .string("\($0.offset)"), "text": .string($0.element)]).jsonText
    }
    try Data(corpus.utf8).write(to: folder.appendingPathComponent("corpus.jsonl"))
    try Data((queries.joined(separator: "\n") + "\n{\"_id\": \"x\", \"text\": \"1007\"}\n").utf8).write(
      to: folder.appendingPathComponent("queries.jsonl"))
    try Data(qrels.utf8).write(to: folder.appendingPathComponent("qrels.tsv"))
  }

  @Test func aBEIRCollectionIsIndexedMeasuredAndExported() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      try Self.collection(daemon.folder)
      let corpus = daemon.folder.appendingPathComponent("corpus.jsonl")
      let configuration = daemon.folder.appendingPathComponent("corpus.yaml")
      try Data(
        """
        index: {path: "\(daemon.index)"}
        sources: [{path: "\(corpus.path)", name: corpus}]
        socket: {path: "\(daemon.socket)"}
        registry:
          actors: ["\(RunningDaemon.root.path)/config/actors.yaml"]
          topics: ["\(RunningDaemon.root.path)/config/topics.yaml"]
        """.utf8
      ).write(to: configuration)
      let indexed = try run("arasd", ["index", "--config", configuration.path, "--no-http"], in: daemon.folder)
      #expect(indexed.status == 0, "\(indexed.errors)")
      try daemon.start(["--source", corpus.path])
      let client = try daemon.ready()
      #expect(try client.status().articles == 300)
      try checkEval(daemon)
      try checkExport(daemon)
      try checkSimilar(client)
      #expect(try daemon.stop() == 0)
    }
  }

  private func checkEval(_ daemon: RunningDaemon) throws {
    let arguments = ["eval", "--socket", daemon.socket, "--queries", "queries.jsonl", "--qrels", "qrels.tsv"]
    let outcome = try run("aras", arguments + ["--format", "json", "--save", "run.json", "--per-query"], in: daemon.folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let value = try JSONValue(parsing: outcome.output)
    #expect(value["queries"] == 4)
    // Every one of the first ten is relevant, and 100 of 100 are among the first 100.
    for id in ["0", "1", "2", "x"] {
      let scores = try RankingScores(json: value["per_query"]?[id] ?? .null)
      for metric in RankingMetric.allCases { #expect(scores[metric] == 1, "\(id) \(metric)") }
    }
    let again = try run("aras", arguments + ["--baseline", "run.json"], in: daemon.folder)
    #expect(again.status == 0 && again.output.contains("1.0000     1.0000"))
  }

  private func checkExport(_ daemon: RunningDaemon) throws {
    func export(_ arguments: [String], closingAfter bytes: Int? = nil) throws -> Outcome {
      try run("aras", ["export", "--socket", daemon.socket] + arguments, in: daemon.folder, closingAfter: bytes)
    }
    let all = try export(["*"])
    let lines = all.output.split(separator: "\n")
    #expect(all.status == 0 && lines.count == 300)
    let first = try JSONValue(parsing: String(lines[0]))
    let article = try #require(first["article"]?.string)
    let text = try #require(first["text"]?.string)
    let shown = try run("aras", ["show", article, "--socket", daemon.socket, "--format", "json"], in: daemon.folder)
    let source = Array(try #require(try JSONValue(parsing: shown.output)["text"]?.string).utf8)
    let start = try #require(first["start"]?.int), end = try #require(first["end"]?.int)
    #expect(String(decoding: source[start..<end], as: UTF8.self) == text && source.count == end, "the whole of the passage, at its place")
    #expect(try export(["avalanche", "--format", "bibtex"]).output.components(separatedBy: "@misc{").count == 101)
    #expect(try export(["nothinglikethis"]).status == 1)
    for format in ["ndjson", "csv", "markdown"] {
      // Who reads no further ends the export quietly.
      let cut = try export(["*", "--format", format], closingAfter: 100)
      #expect(cut.status == 0 && cut.errors.isEmpty, "\(format): \(cut.errors)")
    }
  }

  private func checkSimilar(_ client: DaemonClient) throws {
    let seventh = try #require(try client.search("1007").hits.first)
    let result: SearchResult = try client.call("similar", SimilarRequest(id: seventh.article.id)).read()
    let keys = result.hits.compactMap { $0.article.key.flatMap { Int($0.dropFirst(4)) } }
    #expect(keys.count == 10 && keys.allSatisfy { $0 % 3 == 1 && $0 != 7 }, "\(keys)")
    let error = #expect(throws: ClientError.self) { try client.call("similar", SimilarRequest(id: "nothing")) }
    guard case .api(let fault)? = error, fault.kind == .notFound else { throw Failure("\(String(describing: error))") }
    let wrong = #expect(throws: ClientError.self) { try client.call("similar", JSONValue.object(["id": "a", "lmit": 1])) }
    guard case .api(let fault)? = wrong, fault.detail("nearest") == "limit" else { throw Failure("\(String(describing: wrong))") }
  }
}
