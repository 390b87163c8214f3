// One topic as text: its rules, and what was learnt beside them.
import ArasAPI

extension TextRenderer {
  package func topic(_ result: TopicResult) -> String {
    let topic = result.topic
    var out = theme.apply(.title, Visible.text(topic.label)) + " (topic:\(Visible.text(topic.id)))"
    out += "; a passage needs \(Decimal.rounded(result.threshold, digits: 1))\n"
    var facts: [(String, String)] = []
    if let parent = topic.parent { facts.append(("under", parent)) }
    if !result.children.isEmpty { facts.append(("over", result.children.joined(separator: ", "))) }
    facts.append(("in", "\(Self.count(topic.articles, "article")), \(Self.count(topic.passages, "passage"))"))
    for (name, value) in facts { out += fact(name, value) }
    for rule in result.rules {
      out += fact("+\(Decimal.rounded(rule.weight, digits: 1))", rule.rule + (rule.lang.map { $0 == "en" ? "" : " (\($0))" } ?? ""))
    }
    for phrase in result.exclude { out += fact("exclude", phrase) }
    if result.rules.isEmpty, result.layer == nil { out += fact("rules", "none: it has the passages of the topics below it") }
    if let layer = result.layer { out += self.layer(layer) }
    return out
  }

  package func trained(_ result: TrainResult) -> String {
    var out = theme.apply(.title, Visible.text(result.label)) + " (topic:\(Visible.text(result.topic)))"
    out += result.isNew ? ": a new topic\n" : "\n"
    out += layer(result.layer)
    var shares = "finds \(percent(result.found)) of the examples marked yes"
    if let mistaken = result.mistaken { shares += ", takes \(percent(mistaken)) of those marked no for one" }
    out += fact("held out", shares)
    if let share = result.share { out += fact("index", "\(percent(share)) of its texts get the topic, by a sample") }
    return out + fact("stored as", result.file)
  }

  private func layer(_ layer: TrainedLayerInfo) -> String {
    var examples = "\(layer.yes) yes, \(layer.no) no"
    if layer.sampled > 0 { examples += ", \(layer.sampled) of the index as no" }
    var out = fact("trained", "\(layer.trained), \(layer.method), from \(examples)")
    func words(_ list: [WeightedWord]) -> String {
      list.prefix(12).map { "\($0.word) \(Decimal.rounded($0.weight, digits: 1))" }.joined(separator: ", ")
    }
    out += fact("words for", "\(words(layer.top)); \(Self.count(layer.weights, "word")) in all")
    if !layer.against.isEmpty { out += fact("against", words(layer.against)) }
    return out
  }

  private func fact(_ name: String, _ value: String) -> String {
    theme.apply(.faint, TextWidth.pad(name, to: 10)) + " " + Visible.text(value) + "\n"
  }

  private func percent(_ share: Double) -> String { Decimal.rounded(share * 100, digits: 1) + " %" }
}
