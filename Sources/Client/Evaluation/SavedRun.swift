// The measures of a run in a file, for later runs to be compared with.
import ArasAPI

/// Is an earlier run.
package struct SavedRun: Sendable, Equatable {
  /// By query.
  package var scores: [String: RankingScores]

  package init(_ evaluation: Evaluation) {
    scores = Dictionary(evaluation.rows.map { ($0.id, $0.scores) }, uniquingKeysWith: { first, _ in first })
  }

  package static func bytes(_ evaluation: Evaluation, match: MatchMode, depth: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.object {
      $0.field("aras_eval", 1)
      $0.field("version", ArasVersion.current)
      $0.field("match", match)
      $0.field("depth", depth)
      $0.fieldIfPresent("revision", evaluation.revisions?.upperBound)
      $0.field("queries", evaluation.rows.count)
      $0.field("mean", evaluation.mean)
      $0.key("per_query")
      $0.object { for row in evaluation.rows { $0.field(row.id, row.scores) } }
    }
    return writer.bytes + [0x0A]
  }

  package static func read(_ file: String) throws(ClientError) -> SavedRun {
    guard let bytes = FileBytes.read(file) else { throw .configuration("\(file) cannot be read") }
    do {
      let value = try JSONValue(parsing: bytes)
      guard value["aras_eval"] == 1, let members = value["per_query"]?.members else {
        throw ClientError.configuration("\(file) is not a run that aras eval --save wrote")
      }
      var run = SavedRun(Evaluation(rows: []))
      for member in members { run.scores[member.key] = try RankingScores(json: member.value) }
      return run
    } catch let error as ClientError {
      throw error
    } catch {
      throw .configuration("\(file) is not a run that aras eval --save wrote: \(error)")
    }
  }
}

extension RankingScores: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object { for metric in RankingMetric.allCases { $0.field(metric.rawValue, self[metric]) } }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init()
    for metric in RankingMetric.allCases { self[metric] = try json.read(metric.rawValue) }
  }
}

/// Sets a run beside an earlier one, over the queries that both have.
package struct RunComparison: Sendable, Equatable {
  package var queries: Int
  /// Of the earlier run, over those queries.
  package var baseline: RankingScores
  package var tests: [RankingMetric: PairedTest] = [:]

  package init(_ evaluation: Evaluation, with earlier: SavedRun) {
    let pairs = evaluation.rows.compactMap { row in earlier.scores[row.id].map { (now: row.scores, then: $0) } }
    queries = pairs.count
    baseline = .mean(pairs.map(\.then))
    for metric in RankingMetric.allCases { tests[metric] = PairedTest(differences: pairs.map { $0.now[metric] - $0.then[metric] }) }
  }
}
