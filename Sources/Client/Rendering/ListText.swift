// The registry's entries and the daemon's state as text.
import ArasAPI

extension TextRenderer {
  package func actors(_ result: ActorsResult) -> String {
    let rows = result.actors.map { actor in
      Row(
        id: actor.id, label: actor.label,
        about: ([actor.kind] + [actor.codes.iso3 ?? actor.codes.cameo, actor.parent.map { "of \($0)" }].compactMap { $0 }).joined(
          separator: ", "),
        articles: actor.articles)
    }
    return list(rows) + more(result.other, "actor")
  }

  package func topics(_ result: TopicsResult) -> String {
    let rows = result.topics.map { Row(id: $0.id, label: $0.label, about: Self.about($0), articles: $0.articles) }
    return list(rows) + more(result.other, "topic")
  }

  private static func about(_ topic: TopicInfo) -> String {
    [topic.parent.map { "under \($0)" }, topic.trained.map { _ in "trained" }].compactMap { $0 }.joined(separator: ", ")
  }

  /// A line per completion: its kind, its articles (for a word too frequent to count them, its passages), the text.
  package func suggestions(_ result: SuggestResult) -> String {
    let counts = result.suggestions.map { $0.articles.map { String($0) } ?? "\($0.passages)p" }
    let countWidth = counts.map(\.count).max() ?? 0
    var out = ""
    for (suggestion, count) in zip(result.suggestions, counts) {
      out += theme.apply(.faint, TextWidth.pad(suggestion.kind.rawValue, to: 6)) + "  "
      out += String(repeating: " ", count: countWidth - count.count) + count + "  " + theme.apply(.title, Visible.text(suggestion.text))
      let about = [suggestion.kind == .title ? nil : suggestion.id, suggestion.match].compactMap { $0 }
      if !about.isEmpty { out += "  " + theme.apply(.faint, Visible.text(about.joined(separator: ", "))) }
      out += "\n"
    }
    return out
  }

  package func status(_ status: StatusResult) -> String {
    var facts: [(String, String)] = [("state", status.state.rawValue)]
    if let progress = status.progress {
      facts.append(("progress", "\(progress.done) of \(progress.total), \(Decimal.rounded(progress.rate, digits: 1))/s"))
    }
    facts += [
      ("version", status.version), ("index", status.uuid), ("revision", String(status.revision)), ("articles", String(status.articles)),
      ("passages", String(status.passages)), ("terms", String(status.terms)), ("size", Self.size(status.bytes)),
      ("queue", String(status.queueDepth)), ("uptime", ProgressBar.duration(Int(status.uptimeS.clamped(to: 0...1e12)))),
    ]
    if status.subscriptions > 0 { facts.append(("watching", Self.count(status.subscriptions, "standing query", "standing queries"))) }
    if let cache = status.postingCache { facts.append(("postings", "\(Self.size(cache.bytes)) of \(Self.size(cache.limit))")) }
    if let cache = status.resultCache, cache.limit > 0 {
      facts.append(
        (
          "results",
          "\(cache.results) kept, \(Self.size(cache.bytes)) of \(Self.size(cache.limit)); answered \(cache.hits) of \(cache.hits + cache.misses)"
        ))
    }
    if let error = status.lastError { facts.append(("last error", error)) }
    var out = ""
    for (name, value) in facts { out += theme.apply(.faint, TextWidth.pad(name, to: 11)) + Visible.text(value) + "\n" }
    for source in status.sources {
      out += theme.apply(.faint, TextWidth.pad("source", to: 11))
      out +=
        "\(Visible.text(source.name))  \(Visible.text(source.path))  \(Self.count(source.files, "file")), \(Self.count(source.articles, "article"))\n"
      for remark in [source.polledBecause.map { "polled: \($0)" }, source.missingBecause.map { "missing: \($0)" }] {
        guard let remark else { continue }
        out += TextWidth.pad("", to: 11) + Visible.text(remark) + "\n"
      }
    }
    for file in status.skipped {
      out += theme.apply(.problem, TextWidth.pad("skipped", to: 11)) + Visible.text(file.path) + ": " + Visible.text(file.reason) + "\n"
    }
    return out + more(status.skippedCount - status.skipped.count, "skipped file")
  }

  private struct Row {
    var id, label, about: String
    var articles: Int
  }

  private func list(_ rows: [Row]) -> String {
    let ids = rows.map { Visible.text($0.id) }
    let idWidth = min(ids.map { TextWidth.columns(of: $0) }.max() ?? 0, max(8, width / 2))
    let countWidth = rows.map { String($0.articles).count }.max() ?? 0
    var out = ""
    for (row, id) in zip(rows, ids) {
      let count = String(repeating: " ", count: countWidth - String(row.articles).count) + String(row.articles)
      out += TextWidth.pad(id, to: idWidth) + "  " + count + "  " + theme.apply(.title, Visible.text(row.label))
      if !row.about.isEmpty { out += "  " + theme.apply(.faint, Visible.text(row.about)) }
      out += "\n"
    }
    return out
  }

  private func more(_ number: Int, _ noun: String) -> String {
    number > 0 ? theme.apply(.faint, "and \(Self.count(number, noun)) more") + "\n" : ""
  }

  /// Says a size in the largest unit that keeps it above one.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["bytes", "KiB", "MiB", "GiB"] {
      if value < 1024 { return Decimal.rounded(value, digits: unit == "bytes" ? 0 : 1) + " " + unit }
      value /= 1024
    }
    return Decimal.rounded(value, digits: 1) + " TiB"
  }
}
