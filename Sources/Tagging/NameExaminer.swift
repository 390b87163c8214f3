// Answers "why this actor?" and "why not?": every place in an article where the words of one of its names stand, with what was decided
// there and on what ground. It looks at what tagging did; it decides nothing itself.

import TextAnalysis

/// One place where the words of an actor's name stand.
package struct NameTrial: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    case title
    /// Index of the passage whose heading or text it is.
    case heading(Int)
    case passage(Int)
  }

  package var place: Place
  /// Bytes in the text of the title, the heading or the passage.
  package var start: Int32
  package var end: Int32
  /// The name as it stands in the registry.
  package var alias: String
  /// name, demonym, metonym, acronym, surname, weak, native.
  package var rule: String
  package var isAccepted: Bool
  /// A clause for people.
  package var reason: String
}

struct NameExaminer {
  private struct Occurrence {
    var first: Int
    var last: Int
    var alias: Int32
    var isStripped: Bool
  }

  let registry: Registry
  let candidates: [Candidate]
  let masked: [Bool]

  /// - Parameter stream: the words of a unit.
  func trials(of actor: Int32, in table: borrowing WordTable, stream: (Unit) -> WordStream?) -> [NameTrial] {
    var trials: [NameTrial] = []
    for (number, unit) in table.units.enumerated() {
      guard let words = stream(unit) else { continue }
      let all = occurrences(unit, table)
      var seen: Set<Range<Int>> = []
      // The longest name from a word on speaks for the shorter ones in it.
      for own in all.filter({ registry.names.aliases[Int($0.alias)].actor == actor }).sorted(by: {
        ($0.first, $1.last) < ($1.first, $0.last)
      }) {
        guard !isWithin(own, all.filter { registry.names.aliases[Int($0.alias)].actor == actor }),
          let trial = trial(own, unit, number, words, table, all), seen.insert(own.first..<own.last + 1).inserted
        else { continue }
        trials.append(trial)
      }
    }
    return trials
  }

  private func occurrences(_ unit: Unit, _ table: borrowing WordTable) -> [Occurrence] {
    var finder = MentionFinder()
    var found: [Occurrence] = []
    for word in unit.words {
      finder.collect(from: word, table, unit, registry.names)
      found += finder.matches.map { Occurrence(first: word, last: $0.last, alias: $0.alias, isStripped: $0.isStripped) }
    }
    return found
  }

  private func isWithin(_ own: Occurrence, _ others: [Occurrence]) -> Bool {
    others.contains { $0.first <= own.first && $0.last >= own.last && $0.last - $0.first > own.last - own.first }
  }

  private func trial(
    _ own: Occurrence, _ unit: Unit, _ number: Int, _ words: WordStream, _ table: borrowing WordTable, _ all: [Occurrence]
  ) -> NameTrial? {
    let details = registry.names.details[Int(own.alias)]
    let actor = registry.names.aliases[Int(own.alias)].actor
    let judged = candidates.first {
      $0.actor == actor && Int($0.unit) == number && Int($0.first) == own.first && Int($0.last) == own.last
    }
    let reason: String
    var rule = details.rule
    var alias = details.text
    if let judged {
      let judgedDetails = registry.names.details[Int(judged.alias)]
      (rule, alias) = (judgedDetails.rule, judgedDetails.text)
      reason = ground(of: judged) ?? judged.verdict.reason(rule: rule)
    } else {
      switch MentionFinder.misfit(own.alias, own.first, own.last, table, unit, words, registry.names, isStripped: own.isStripped) {
      case .onlyForQueries: return nil
      case .lowerCase: reason = "written without the capitals of the name"
      case .comma: reason = "a comma stands inside it"
      case .otherLanguage: reason = "a foreign name in Latin letters, and this passage is not in its language"
      case nil: reason = hidden(own, unit, words, table, all)
      }
    }
    return NameTrial(
      place: NameTrial.Place(unit), start: table.words[own.first].start, end: table.words[own.last].end, alias: alias, rule: rule,
      isAccepted: judged?.isAccepted ?? false, reason: reason)
  }

  /// What else in the article decided about a name; nil where nothing did.
  private func ground(of judged: Candidate) -> String? {
    let label = registry.actors[Int(judged.actor)].label
    func name(_ candidate: Candidate?) -> String? { candidate.map { "\"\(registry.names.details[Int($0.alias)].text)\"" } }
    func actor(_ candidate: Candidate) -> String { registry.actors[Int(candidate.actor)].label }
    let accepted = candidates.filter { $0.isAccepted && ($0.unit != judged.unit || $0.first != judged.first) }
    switch judged.verdict {
    case .supported:
      if let own = name(accepted.first(where: { $0.actor == judged.actor && $0.acceptance != .weak })) {
        return "weak alone, but the article has \(own), another name of \(label)"
      }
      guard let child = accepted.first(where: { $0.acceptance != .weak && isAncestor(judged.actor, of: $0.actor) }) else { return nil }
      return "weak alone, but the article names \(actor(child)), which belongs to \(label)"
    case .besideSupport:
      let support = Set(registry.names.support[Int(judged.actor)])
      guard let other = accepted.first(where: { $0.acceptance == .strong && support.contains($0.actor) }) else { return nil }
      return "weak alone, but the article names \(actor(other)), which is listed as its support"
    case .besideState:
      let other = accepted.first {
        $0.unit == judged.unit && $0.acceptance == .strong && $0.actor != judged.actor && registry.actors[Int($0.actor)].kind == .state
      }
      return other.map { "a capital, with \(actor($0)) named in the same passage" }
    case .fullName:
      return name(accepted.first { $0.actor == judged.actor && $0.acceptance == .strong }).map {
        "a surname; the article has \($0) in full"
      }
    default: return nil
    }
  }

  private func isAncestor(_ actor: Int32, of other: Int32) -> Bool {
    var at = registry.names.parents[Int(other)]
    while at >= 0 {
      if at == actor { return true }
      at = registry.names.parents[Int(at)]
    }
    return false
  }

  /// Why a name that fits was not even looked at.
  private func hidden(
    _ own: Occurrence, _ unit: Unit, _ words: WordStream, _ table: borrowing WordTable, _ all: [Occurrence]
  ) -> String {
    let names = registry.names
    let around = all.filter { other in
      other.alias != own.alias && other.first <= own.last && other.last >= own.first && other.last - other.first >= own.last - own.first
        && MentionFinder.misfit(other.alias, other.first, other.last, table, unit, words, names, isStripped: other.isStripped) == nil
    }
    if let mask = around.first(where: { names.aliases[Int($0.alias)].actor == Alias.mask }) {
      return "part of \"\(names.details[Int(mask.alias)].text)\", which names nobody"
    }
    if !masked.isEmpty, (own.first...own.last).contains(where: { masked[$0] }) { return "part of the publisher's own name" }
    var finder = MentionFinder()
    if finder.endOfTown(own.last, table, unit, words, names) != nil { return "a town of that name: a region follows behind a comma" }
    if let longer = around.max(by: { $0.last - $0.first < $1.last - $1.first }), names.aliases[Int(longer.alias)].actor >= 0 {
      let other = registry.actors[Int(names.aliases[Int(longer.alias)].actor)]
      return "part of \"\(names.details[Int(longer.alias)].text)\", a name of \(other.label)"
    }
    return "its words belong to a name that begins before it"
  }
}

extension NameTrial.Place {
  init(_ unit: Unit) {
    self =
      switch unit.kind {
      case .title: .title
      case .heading: .heading(unit.passage)
      case .passage: .passage(unit.passage)
      }
  }
}

extension Verdict {
  /// - Parameter rule: the type of the name.
  func reason(rule: String) -> String {
    switch self {
    case .undecided: "not decided"
    case .strong:
      switch rule {
      case "demonym": "the word for its people, or its adjective"
      case "metonym": "a place that stands for it"
      case "acronym": "its acronym, in exactly these letters"
      case "native": "its name in the language of the text"
      default: "its name"
      }
    case .supported: "weak alone; another name of it, or of an actor that belongs to it, is in the article"
    case .besideSupport: "weak alone; an actor listed as its support is named in the article"
    case .besideState: "a capital, with another state named in the same passage"
    case .fullName: "a surname whose full name is in the article"
    case .titled: "a surname with a title before it"
    case .inHeadline: "a surname that the headline has, too"
    case .unsupported: "weak alone, and nothing in the article supports it"
    case .bareSurname: "a surname alone: no title before it, and no full name in the article"
    case .otherPerson: "a surname behind another first name"
    case .otherYears: "a surname that means this person only in other years than the article's"
    }
  }
}
