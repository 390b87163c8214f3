// `aras eval`: how good the ranking is, by queries whose answers are known.
import ArasAPI
import ArgumentParser
import Client

struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the ranking by queries whose answers are known.",
    discussion: """
      Queries: BEIR's queries.jsonl, TREC topics, or lines of ID<TAB>TEXT. Judgements: BEIR's tab-separated qrels with a header, or TREC's \
      four columns. Articles are named by the key of their record, by their id or by their path, as search prints them.

      Measures are trec_eval's ndcg_cut_10, map, recall_100 and recip_rank of the first ten. p is from Fisher's two-sided randomisation test \
      over the queries that both runs have: how likely a difference as great is by chance.

      Examples:
        aras eval --queries queries.jsonl --qrels qrels.tsv --save before.json
        aras eval --queries queries.tsv --qrels qrels.txt --baseline before.json --per-query
      """)

  @Option(help: ArgumentHelp("The queries.", valueName: "file"), completion: .file()) var queries: String
  @Option(help: ArgumentHelp("The judgements.", valueName: "file"), completion: .file()) var qrels: String
  @Option(help: "Whether all words must match, any of them, or what suits the query.") var match = MatchMode.auto
  @Option(help: "Hits that each ranking is measured by.") var depth = 100
  @Option(help: ArgumentHelp("Milliseconds after which a partial answer will do.", valueName: "ms")) var timeoutMs = 60_000
  @Flag(help: "Print the measures of each query, too.") var perQuery = false
  @Option(help: ArgumentHelp("Write the measures to a file, for --baseline.", valueName: "file"), completion: .file()) var save: String?
  @Option(help: ArgumentHelp("Compare with a run that --save wrote.", valueName: "file"), completion: .file()) var baseline: String?
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func validate() throws {
    guard (100...10_000).contains(depth) else { throw ValidationError("--depth must be from 100 to 10000: recall@100 needs that many.") }
    guard (1...3_600_000).contains(timeoutMs) else { throw ValidationError("--timeout-ms must be from 1 to 3600000.") }
  }

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let queries = try EvaluationQueries.read(queries)
      let judgements = try Judgements.read(qrels)
      let earlier = try baseline.map { (file) throws(ClientError) in try SavedRun.read(file) }
      let evaluation = try evaluate(client, queries, judgements)
      let report = EvaluationReport(
        evaluation, comparison: earlier.map { RunComparison(evaluation, with: $0) }, perQuery: perQuery)
      switch global.format {
      case .text: Streams.output(report.text(global.text.theme))
      case .json: Streams.output(report.json)
      case .ndjson: Streams.output(report.ndjson)
      case .csv: Streams.output(report.csv)
      }
      for line in report.remarks { global.remark(Visible.text(line)) }
      if let save { try FileBytes.replace(save, with: SavedRun.bytes(evaluation, match: match, depth: depth)) }
      return .found
    }
  }

  private func evaluate(
    _ client: DaemonClient, _ queries: [EvaluationQuery], _ judgements: Judgements
  ) throws(ClientError) -> Evaluation {
    let draws = Streams.errorIsTerminal
    let bar = ProgressBar(width: Streams.columns(environment: processEnvironment()) - 1)
    let start = ContinuousClock.now
    defer { if draws { Streams.report("\r\u{1B}[K") } }
    return try Evaluator(client: client, match: match, depth: depth, timeoutMs: timeoutMs).run(queries, judgements) { done, total in
      guard draws, done % 8 == 0 || done == total else { return }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      Streams.report("\r\u{1B}[K" + bar.line(done: done, total: total, rate: seconds > 0 ? Double(done) / seconds : 0))
    }
  }
}
