// An evaluation as text, JSON, lines of JSON and CSV.
import ArasAPI

/// Renders evaluations.
package struct EvaluationReport: Sendable {
  package var evaluation: Evaluation
  package var comparison: RunComparison?
  package var perQuery: Bool

  package init(_ evaluation: Evaluation, comparison: RunComparison? = nil, perQuery: Bool = false) {
    self.evaluation = evaluation
    self.comparison = comparison
    self.perQuery = perQuery
  }

  /// What is to be known beside the figures, a line each.
  package var remarks: [String] {
    var lines: [String] = []
    let counted = { (count: Int, what: String) in "\(count) quer\(count == 1 ? "y" : "ies") \(what)" }
    if evaluation.unjudged > 0 { lines.append(counted(evaluation.unjudged, "without a relevant article in the judgements left out")) }
    if evaluation.missing > 0 { lines.append(counted(evaluation.missing, "of the judgements not among the queries")) }
    if evaluation.failed > 0 {
      lines.append(counted(evaluation.failed, "failed and count 0, first \(evaluation.firstFailure ?? "")"))
    }
    if evaluation.partial > 0 { lines.append(counted(evaluation.partial, "measured in part, for want of time")) }
    if let revisions = evaluation.revisions, revisions.lowerBound < revisions.upperBound {
      lines.append("the index changed meanwhile, from revision \(revisions.lowerBound) to \(revisions.upperBound)")
    }
    if let comparison, comparison.queries < evaluation.rows.count {
      lines.append("compared over the \(comparison.queries) queries that both runs have")
    }
    return lines
  }

  // MARK: Text

  package func text(_ theme: Theme) -> String {
    var out = ""
    if perQuery {
      let width = max(8, evaluation.rows.map { TextWidth.columns(of: Visible.text($0.id)) }.max() ?? 0)
      out += theme.apply(.faint, TextWidth.pad("query", to: width) + Self.columns(RankingMetric.allCases.map(\.rawValue))) + "\n"
      for row in evaluation.rows {
        out +=
          TextWidth.pad(Visible.text(row.id), to: width)
          + Self.columns(RankingMetric.allCases.map { Decimal.rounded(row.scores[$0], digits: 4) }) + "\n"
      }
      out += "\n"
    }
    let mean = evaluation.mean
    if let comparison {
      out +=
        theme.apply(.faint, TextWidth.pad("", to: 10) + Self.columns(["this", "baseline", "change", "p", "better", "worse", "same"])) + "\n"
      for (metric, test) in tests(comparison) {
        let change = (test.difference > 0 ? "+" : "") + Decimal.rounded(test.difference, digits: 4)
        let line =
          TextWidth.pad(metric.rawValue, to: 10)
          + Self.columns([
            Decimal.rounded(mean[metric], digits: 4), Decimal.rounded(comparison.baseline[metric], digits: 4), change,
            Decimal.rounded(test.p, digits: 4), String(test.better), String(test.worse), String(test.same),
          ])
        out += test.p < 0.05 ? theme.apply(.selected, line) : line
        out += "\n"
      }
    } else {
      for metric in RankingMetric.allCases {
        out += TextWidth.pad(metric.rawValue, to: 10) + Self.columns([Decimal.rounded(mean[metric], digits: 4)]) + "\n"
      }
    }
    return out + "\(evaluation.rows.count) quer\(evaluation.rows.count == 1 ? "y" : "ies")\n"
  }

  private static func columns(_ texts: [String]) -> String {
    texts.map { String(repeating: " ", count: max(1, 11 - TextWidth.columns(of: $0))) + $0 }.joined()
  }

  private func tests(_ comparison: RunComparison) -> [(RankingMetric, PairedTest)] {
    RankingMetric.allCases.compactMap { metric in comparison.tests[metric].map { (metric, $0) } }
  }

  // MARK: For programs

  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("queries", evaluation.rows.count)
      writer.field("unjudged", evaluation.unjudged)
      writer.field("missing", evaluation.missing)
      writer.field("failed", evaluation.failed)
      writer.field("partial", evaluation.partial)
      writer.field("mean", evaluation.mean)
      if let comparison {
        writer.key("comparison")
        writer.object { writer in
          writer.field("queries", comparison.queries)
          writer.field("baseline", comparison.baseline)
          for (metric, test) in tests(comparison) { writer.field(metric.rawValue, test) }
        }
      }
      if perQuery {
        writer.key("per_query")
        writer.object { for row in evaluation.rows { $0.field(row.id, row.scores) } }
      }
    }
    return writer.bytes + [0x0A]
  }

  /// A line per query, where asked for, and a last one, `all`, of means.
  package var ndjson: [UInt8] {
    rows.flatMap { id, scores in
      var writer = JSONWriter()
      writer.object {
        $0.field("query", id)
        for metric in RankingMetric.allCases { $0.field(metric.rawValue, scores[metric]) }
      }
      return writer.bytes + [0x0A]
    }
  }

  package var csv: String {
    var out = CSV.row(["query"] + RankingMetric.allCases.map(\.rawValue))
    for (id, scores) in rows { out += CSV.row([id] + RankingMetric.allCases.map { String(scores[$0]) }) }
    if let comparison {
      out += CSV.row(["baseline"] + RankingMetric.allCases.map { String(comparison.baseline[$0]) })
      out += CSV.row(["p"] + RankingMetric.allCases.map { comparison.tests[$0].map { String($0.p) } ?? "" })
    }
    return out
  }

  private var rows: [(String, RankingScores)] {
    (perQuery ? evaluation.rows.map { ($0.id, $0.scores) } : []) + [("all", evaluation.mean)]
  }
}

extension PairedTest: JSONWritable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("difference", difference)
      $0.field("p", p)
      $0.field("better", better)
      $0.field("worse", worse)
      $0.field("same", same)
    }
  }
}
