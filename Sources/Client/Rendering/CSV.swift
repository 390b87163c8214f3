// Results as comma-separated values (RFC 4180, with line feeds): one header line, then one row per thing that the
// command lists.
import ArasAPI

/// Renders results as CSV.
package enum CSV {
  package static func row(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\n"
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return text }
    var out = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { out += "\"" }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }

  /// A row per snippet, or per passage that has none, or per article that has no passages.
  package static func search(_ result: SearchResult) -> String {
    var out = searchHead
    for hit in result.hits {
      if hit.passages.isEmpty { out += row(head(hit.article) + ["", "", "", "", String(hit.score), ""]) }
      for passage in hit.passages { out += rows(hit.article, passage) }
    }
    return out
  }

  /// The header line of what is found.
  package static let searchHead = row([
    "article", "title", "date", "source", "lang", "path", "line", "passage", "start", "end", "score", "snippet",
  ])

  /// The rows of a passage that a standing query matches.
  package static func match(_ match: MatchNotification) -> String { rows(match.article, match.passage) }

  private static func head(_ article: ArticleSummary) -> [String] {
    [article.id, article.title ?? "", article.date ?? "", article.source ?? "", article.lang, article.path]
  }

  private static func rows(_ article: ArticleSummary, _ passage: PassageHit) -> String {
    func row(line: Int, start: Int, end: Int, text: String) -> String {
      self.row(head(article) + [String(line), passage.id, String(start), String(end), String(passage.score), text])
    }
    if passage.snippets.isEmpty { return row(line: passage.line, start: passage.start, end: passage.end, text: "") }
    return passage.snippets.map { row(line: $0.line, start: $0.start, end: $0.end, text: $0.text) }.joined()
  }

  package static func count(_ total: Total) -> String {
    row(["articles", "passages", "exact"]) + row([String(total.articles), String(total.passages), String(total.exact)])
  }

  package static func facets(_ facets: FacetList) -> String {
    var out = row(["facet", "id", "label", "count", "passages", "lift", "status"])
    for entry in facets.entries {
      for value in entry.result.values {
        out += row([
          entry.field.rawValue, value.id, value.label, String(value.count), String(value.passages), String(value.lift),
          value.status.rawValue,
        ])
      }
    }
    return out
  }

  /// A row per passage.
  package static func show(_ result: GetResult) -> String {
    var out = row(["passage", "heading", "start", "end", "line", "lang", "actors", "topics"])
    for passage in result.passages {
      out += row([
        passage.id, passage.heading ?? "", String(passage.start), String(passage.end), String(passage.line), passage.lang,
        passage.actors.joined(separator: ";"), passage.topics.joined(separator: ";"),
      ])
    }
    return out
  }

  /// A row per place.
  package static func why(_ result: WhyResult) -> String {
    var out = row(["tag", "accepted", "in", "passage", "start", "end", "line", "text", "rule", "type", "weight", "reason"])
    for ground in result.grounds {
      out += row([
        result.tag, String(ground.accepted), ground.place.rawValue, ground.passage ?? "", ground.start.map(String.init) ?? "",
        ground.end.map(String.init) ?? "", ground.line.map(String.init) ?? "", ground.text, ground.rule, ground.type,
        ground.weight.map { String($0) } ?? "", ground.reason,
      ])
    }
    return out
  }

  package static func actors(_ result: ActorsResult) -> String {
    var out = row(["id", "label", "kind", "parent", "iso2", "iso3", "cameo", "qid", "articles", "passages", "mentions", "names"])
    for actor in result.actors {
      out += row([
        actor.id, actor.label, actor.kind, actor.parent ?? "", actor.codes.iso2 ?? "", actor.codes.iso3 ?? "", actor.codes.cameo ?? "",
        actor.qid ?? "", String(actor.articles), String(actor.passages), String(actor.mentions),
        actor.names.map(\.text).joined(separator: ";"),
      ])
    }
    return out
  }

  package static func topics(_ result: TopicsResult) -> String {
    var out = row(["id", "label", "parent", "iptc", "qid", "articles", "passages", "names", "trained"])
    for topic in result.topics {
      out += row([
        topic.id, topic.label, topic.parent ?? "", topic.codes.iptc ?? "", topic.qid ?? "", String(topic.articles), String(topic.passages),
        topic.names.map(\.text).joined(separator: ";"), topic.trained ?? "",
      ])
    }
    return out
  }

  package static func suggestions(_ result: SuggestResult) -> String {
    var out = row(["text", "kind", "id", "label", "match", "articles", "passages"])
    for suggestion in result.suggestions {
      out += row([
        suggestion.text, suggestion.kind.rawValue, suggestion.id ?? "", suggestion.label ?? "", suggestion.match ?? "",
        suggestion.articles.map { String($0) } ?? "", String(suggestion.passages),
      ])
    }
    return out
  }

  /// A row per member of the object, those that hold lists or objects as JSON.
  package static func members(_ value: JSONValue) -> String {
    var out = row(["name", "value"])
    for member in value.members ?? [] {
      let text: String =
        switch member.value {
        case .string(let text): text
        case .null: ""
        default: member.value.jsonText
        }
      out += row([member.key, text])
    }
    return out
  }
}
