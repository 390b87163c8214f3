// What `--explain` adds: under each passage the terms that its score is made of, and behind the hits what each part of the search finds
// and what there would be without it.
import ArasAPI

extension TextRenderer {
  /// A line for the score, and one for each term: weight, term, the part of the query it belongs to, and why it counts as it does.
  func explained(_ terms: [ExplainedTerm], score: Double) -> String {
    var out = theme.apply(.faint, "    score \(Decimal.rounded(score, digits: 3))") + "\n"
    let weights = terms.map { Decimal.rounded($0.weight, digits: 3) }
    let widest = weights.map(\.count).max() ?? 0
    for (term, weight) in zip(terms, weights) {
      let name = (term.field.map { Visible.text($0) + ":" } ?? "") + Visible.text(term.term)
      var remarks: [String] = []
      if let clause = term.clause, clause != name { remarks.append("for \(Visible.text(clause))") }
      if let own = term.own { remarks.append("by itself \(Decimal.rounded(own, digits: 3))") }
      if let note = term.note { remarks.append(Visible.text(note)) }
      let line = "      " + String(repeating: " ", count: widest - weight.count) + weight + "  " + name
      out += theme.apply(.faint, line + (remarks.isEmpty ? "" : "  (" + remarks.joined(separator: "; ") + ")")) + "\n"
    }
    return out
  }

  /// A line for each part of the search; then who is to blame for nothing, or for too much.
  func explanation(_ explanation: QueryExplanation, total: Total) -> String {
    var out = theme.apply(.title, "explain") + "  " + Visible.text(explanation.query) + "\n"
    let names = explanation.clauses.map { Visible.text($0.clause) }
    let widest = min(40, names.map { TextWidth.columns(of: $0) }.max() ?? 0)
    for (part, name) in zip(explanation.clauses, names) {
      let gap = String(repeating: " ", count: max(0, widest - TextWidth.columns(of: name)))
      out += "  \(name)\(gap)  \(effect(part, total))\n"
    }
    for blame in explanation.blame { out += "  " + theme.apply(.problem, Visible.text(blame.message)) + "\n" }
    if !explanation.isComplete { out += "  " + theme.apply(.faint, "not every part could be looked at") + "\n" }
    return out
  }

  private func effect(_ part: ClauseCount, _ total: Total) -> String {
    var text: String
    switch part.kind {
    case .clause: text = "\(part.occurrence == .excluded ? "leaves out what matches" : "matches") \(Self.count(part.passages, "passage"))"
    case .window, .phrase: text = "stands in \(Self.count(part.passages, "passage"))"
    case .filter: text = "filter: \(Self.count(part.passages, "passage"))"
    case .exclude: text = "left out: \(Self.count(part.articles, "article"))"
    }
    if let without = part.without {
      let removed = without.passages - total.passages
      text += removed > 0 ? "; removes \(removed)" : removed < 0 ? "; adds \(-removed)" : "; changes nothing"
    }
    if !part.didYouMean.isEmpty { text += "; did you mean \(part.didYouMean.map { Visible.text($0) }.joined(separator: " or "))?" }
    return text
  }
}
