// What the daemon has to say about a query beside its result: for standard error, one line each.
import ArasAPI

/// Renders remarks on a query.
package enum RemarksText {
  package static func lines(_ result: SearchResult) -> [String] {
    var lines = self.lines(result.query)
    if result.relaxed { lines.append("no passage has all the words; shown are those with any of them") }
    if result.timedOut { lines.append("the time ran out: the result is a part of what there is") }
    return lines
  }

  package static func lines(_ echo: QueryEcho) -> [String] {
    echo.warnings.map { warning in
      "\(Visible.text(warning.message)) (\(Visible.text(warning.code)) at byte \(warning.offset))"
    }
      + echo.actors.map { actor in
        "\"\(Visible.text(actor.word))\" also found the passages that name \(Visible.text(actor.label)) (=\(Visible.text(actor.word)) for the word alone)"
      }
      + echo.corrections.map { "did you mean \"\(Visible.text($0.to))\" instead of \"\(Visible.text($0.from))\"?" }
  }
}
