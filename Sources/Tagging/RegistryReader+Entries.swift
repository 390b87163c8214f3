// The two kinds of entry, key by key.

import Yams

extension RegistryReader {
  private static let listKeys: [String: NameType] = [
    "names": .name, "demonyms": .demonym, "metonyms": .metonym, "acronyms": .acronym, "surnames": .surname,
  ]
  private static let actorKeys = [
    "id", "kind", "label", "parent", "codes", "qid", "names", "demonyms", "metonyms", "acronyms", "surnames", "weak", "support", "keeps",
    "since", "until", "native", "same_as",
  ]
  private static let topicKeys = ["id", "label", "parent", "iptc", "plover", "cameo", "threshold", "rules", "exclude", "same_as"]

  mutating func actor(_ node: Node, _ id: String) {
    let path = "actors.\(id)"
    if drop(ActorEntry.self, node, id) { return }
    var entry = ActorEntry(id: id, kind: .organisation, label: "")
    var lines: [String: Int] = [:]
    var nameLines: [Int] = []
    var target: String?
    var hasKind = false
    for (key, value) in keys(of: node, path: path, known: Self.actorKeys) {
      let here = "\(path).\(key)"
      let line = value.mark?.line ?? 0
      lines[key] = line
      switch key {
      case "kind":
        hasKind = true
        let text = string(value, here) ?? ""
        if let kind = ActorKind(rawValue: text) {
          entry.kind = kind
        } else {
          note(line, here, "“\(text)” is no kind; expected \(ActorKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
      case "label": entry.label = string(value, here) ?? ""
      case "parent": entry.parent = string(value, here)
      case "qid": entry.qid = string(value, here)
      case "codes":
        for (code, text) in keys(of: value, path: here, known: ["iso2", "iso3", "cameo"]) {
          let text = string(text, "\(here).\(code)")
          switch code {
          case "iso2": entry.codes.iso2 = text
          case "iso3": entry.codes.iso3 = text
          default: entry.codes.cameo = text
          }
        }
      case "support": entry.support = strings(value, here).map(\.text)
      case "keeps": entry.keeps = strings(value, here).map(\.text)
      case "since": entry.since = year(value, here)
      case "until": entry.until = year(value, here)
      case "same_as": target = slug(value, here)
      case "weak": names(value, here, language: "en", weak: true, into: &entry.names, &nameLines)
      case "native":
        for (language, list) in languages(of: value, path: here) {
          names(list, "\(here).\(language)", language: language, weak: false, into: &entry.names, &nameLines)
        }
      default:
        guard let type = Self.listKeys[key] else { continue }
        for (text, line) in strings(value, here) {
          entry.names.append(ActorName(text: text, type: type))
          nameLines.append(line)
        }
      }
    }
    let line = node.mark?.line ?? 0
    if lines["same_as"] != nil {
      guard let target else { return }
      return merge(Located(entry: entry, file: file, line: line, lines: lines, nameLines: nameLines), id, into: target)
    }
    if !hasKind { note(line, "\(path).kind", "is missing; expected \(ActorKind.allCases.map(\.rawValue).joined(separator: ", "))") }
    if entry.label.isEmpty { entry.label = entry.names.first?.text ?? id }
    if entry.names.isEmpty { note(line, "\(path).names", "is missing; an actor needs at least one name") }
    put(Located(entry: entry, file: file, line: line, lines: lines, nameLines: nameLines), id)
  }

  /// A list of names, or a mapping of types to such lists.
  private mutating func names(
    _ node: Node, _ path: String, language: String, weak: Bool, into names: inout [ActorName], _ lines: inout [Int]
  ) {
    func take(_ list: [(text: String, line: Int)], _ type: NameType) {
      for (text, line) in list {
        names.append(ActorName(text: text, language: language, type: type, weak: weak))
        lines.append(line)
      }
    }
    guard node.mapping != nil else { return take(strings(node, path), .name) }
    let known = ["names", "demonyms", "metonyms", "acronyms", "surnames"] + (weak ? [] : ["weak"])
    for (key, value) in keys(of: node, path: path, known: known) {
      if key == "weak" {
        self.names(value, "\(path).weak", language: language, weak: true, into: &names, &lines)
      } else if let type = Self.listKeys[key] {
        take(strings(value, "\(path).\(key)"), type)
      }
    }
  }

  private mutating func year(_ node: Node, _ path: String) -> Int? {
    guard let text = string(node, path) else { return nil }
    guard let year = Int(text), (1...9999).contains(year) else {
      note(node.mark?.line ?? 0, path, "must be a year such as 2003, found “\(text)”")
      return nil
    }
    return year
  }

  mutating func topic(_ node: Node, _ id: String) {
    let path = "topics.\(id)"
    if drop(TopicEntry.self, node, id) { return }
    var entry = TopicEntry(id: id, label: "")
    var lines: [String: Int] = [:]
    var target: String?
    let rulesIn = node.mapping?.keys.compactMap(\.scalar?.string).filter { $0.hasPrefix("rules_") } ?? []
    for (key, value) in keys(of: node, path: path, known: Self.topicKeys + rulesIn) {
      let here = "\(path).\(key)"
      let line = value.mark?.line ?? 0
      lines[key] = line
      switch key {
      case "label": entry.label = string(value, here) ?? ""
      case "parent": entry.parent = string(value, here)
      case "iptc":
        for (part, text) in keys(of: value, path: here, known: ["code", "match"]) {
          let text = string(text, "\(here).\(part)")
          if part == "code" { entry.iptc = text } else { entry.iptcMatch = text ?? "none" }
        }
        if !["close", "broad", "none"].contains(entry.iptcMatch) {
          note(line, "\(here).match", "“\(entry.iptcMatch)” is unknown; expected close, broad or none")
        }
      case "plover": entry.plover = strings(value, here).map(\.text)
      case "cameo": entry.cameo = strings(value, here).map(\.text)
      case "threshold":
        let text = string(value, here) ?? ""
        if let number = Float(text), number > 0, number.isFinite {
          entry.threshold = number
        } else {
          note(line, here, "must be a number above 0, found “\(text)”")
        }
      case "exclude": entry.exclude = strings(value, here).map(\.text)
      case "same_as": target = slug(value, here)
      default:
        guard key == "rules" || key.hasPrefix("rules_") else { continue }
        let language = key == "rules" ? "en" : String(key.dropFirst(6))
        guard LanguageCode.isKnown(language) else {
          note(line, here, "“\(language)” is no language; expected rules_ with an ISO 639-1 code, such as rules_ru")
          continue
        }
        entry.rules += rules(value, here, language: language)
      }
    }
    let located = Located(entry: entry, file: file, line: node.mark?.line ?? 0, lines: lines)
    if lines["same_as"] != nil {
      guard let target else { return }
      return merge(located, id, into: target)
    }
    if entry.label.isEmpty { note(located.line, "\(path).label", "is missing; a topic is shown by its label") }
    put(located, id)
  }

  private mutating func rules(_ node: Node, _ path: String, language: String) -> [TopicRule] {
    var rules: [TopicRule] = []
    for (weight, list) in keys(of: node, path: path, known: nil) {
      guard let number = Float(weight), number > 0, number.isFinite else {
        note(list.mark?.line ?? 0, "\(path).\(weight)", "must be a weight above 0 with a list of rules")
        continue
      }
      for (text, line) in strings(list, "\(path).\(weight)") {
        do {
          let pattern = try TopicPattern(text)
          rules.append(TopicRule(query: text, weight: number, language: pattern.hasWords ? language : nil))
        } catch {
          note(line, "\(path).\(weight)", "“\(text)”: \(error.message)")
        }
      }
    }
    return rules
  }
}
