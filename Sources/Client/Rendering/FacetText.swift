// Facets as bars: label, bar, count and lift in columns that fit the terminal.
import ArasAPI

extension TextRenderer {
  package func facets(_ facets: FacetList, leavingOutEmpty: Bool = false) -> String {
    facets.entries.filter { !leavingOutEmpty || !$0.result.values.isEmpty }.map { facet($0.field, $0.result) }.joined(separator: "\n")
  }

  private func facet(_ field: FacetField, _ facet: FacetResult) -> String {
    var facts = [Self.count(facet.distinct, "value")]
    if let interval = facet.interval { facts.append("by \(interval.rawValue)") }
    if facet.missing > 0 { facts.append("\(facet.missing) without") }
    if !facet.exact { facts.append("not exact") }
    var out = theme.apply(.title, field.rawValue) + "  " + theme.apply(.faint, facts.joined(separator: " · ")) + "\n"

    let labels = facet.values.map { Visible.text($0.label) }
    let most = facet.values.map(\.count).max() ?? 0
    let labelWidth = min(labels.map { TextWidth.columns(of: $0) }.max() ?? 0, max(8, width / 3))
    let countWidth = String(most).count
    // Two columns for the sign of a selected value, one before the bar, two around the count, seven for the lift.
    let barWidth = min(40, max(4, width - 2 - labelWidth - 1 - 2 - countWidth - 8))
    for (value, label) in zip(facet.values, labels) {
      let selected = value.status == .selected
      let name = TextWidth.pad(TextWidth.cut(label, to: labelWidth), to: labelWidth)
      let bar = Bar.cells(share: most > 0 ? Double(value.count) / Double(most) : 0, width: barWidth)
      let count = String(repeating: " ", count: countWidth - String(value.count).count) + String(value.count)
      out += selected ? theme.apply(.selected, "* " + name) : "  " + name
      out += " " + theme.apply(.bar, bar) + String(repeating: " ", count: barWidth - bar.count) + " " + count
      if field != .date, value.count > 0 { out += theme.apply(.faint, "  ×" + Decimal.rounded(value.lift, digits: 1)) }
      out += "\n"
    }
    let hidden = facet.distinct - facet.values.count
    if hidden > 0, field != .date {
      out += theme.apply(.faint, "  and \(Self.count(hidden, "value")) more, counting \(facet.other)") + "\n"
    }
    return out
  }
}
