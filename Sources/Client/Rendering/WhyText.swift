// The grounds of a tag as text: first the verdict, then a line for each place, those that count before those that do not.
import ArasAPI

extension TextRenderer {
  /// What makes an actor more than mentioned, where the places of the whole article are there to tell.
  private func salience(_ result: WhyResult) -> String {
    if result.id.contains("#") { return " in the article" }
    let named = result.grounds.filter(\.accepted)
    let count = named.count > 1 ? "named \(named.count) times" : ""
    if named.contains(where: { $0.place == .title }) { return " (in the title\(count.isEmpty ? "" : ", ")\(count))" }
    if named.contains(where: { $0.place == .heading }) { return " (in a heading\(count.isEmpty ? "" : ", ")\(count))" }
    return count.isEmpty ? " (in the first sentence)" : " (\(count))"
  }

  package func why(_ result: WhyResult) -> String {
    var out = theme.apply(.title, Visible.text(result.label)) + " (\(result.field):\(Visible.text(result.tag)))"
    out += result.tagged ? ": tagged" : ": not tagged"
    if result.tagged, result.salient == true { out += ", salient" + salience(result) }
    if let threshold = result.threshold { out += "; a passage needs \(Decimal.rounded(threshold, digits: 1))" }
    out += "\n" + theme.apply(.faint, Visible.text(result.title ?? result.path)) + "\n"
    if result.grounds.isEmpty { return out + "None of its names, rules or trained words stands there.\n" }
    let ordered = result.grounds.filter(\.accepted) + result.grounds.filter { !$0.accepted }
    let places = ordered.map { ground in
      switch ground.place {
      case .title: "title"
      case .heading: "heading"
      case .text: Visible.text(result.path) + ":" + String(ground.line ?? 1)
      }
    }
    let placeWidth = min(places.map { TextWidth.columns(of: $0) }.max() ?? 0, max(8, width / 2))
    let textWidth = min(ordered.map { TextWidth.columns(of: Visible.text($0.text)) }.max() ?? 0, max(8, width / 3))
    for (ground, place) in zip(ordered, places) {
      out += ground.accepted ? "+ " : theme.apply(.faint, "- ")
      out += theme.apply(.path, TextWidth.pad(place, to: placeWidth)) + "  "
      out += theme.apply(.actor, TextWidth.pad(Visible.text(ground.text), to: textWidth)) + "  "
      if let weight = ground.weight { out += "\(weight < 0 ? "" : "+")\(Decimal.rounded(weight, digits: 1)) " }
      out += Visible.text(ground.type == "topic" ? "by \(ground.rule)" : ground.reason)
      out += "\n"
    }
    return out
  }
}
