// Actors and topics, by the beginnings of their names in any script, with exact counts.
import ArasAPI
import Tagging

extension Suggester {
  /// Names that are looked at for one beginning.
  private static let mostNames = 3000
  private static let innerBits = 3.0
  private static let aliasBits = 1.5
  private static let looseBits = 3.0
  /// The text typed before a name has to do with other things.
  private static let tailBits = 2.0

  /// An actor or a topic and how well its best name was matched.
  private struct Match {
    var name: Int
    var bits: Double
    /// Where the name begins in the text typed.
    var start: Int
  }

  private struct Entry: Hashable {
    var index: Int
    var isTopic: Bool
  }

  func entries(_ typed: TypedText) -> [RankedSuggestion] {
    let wantsActors = [nil, .actor, .place].contains(typed.field)
    let wantsTopics = [nil, .topic].contains(typed.field)
    guard wantsActors || wantsTopics else { return [] }
    var best: [Entry: Match] = [:]
    for (place, tail) in typed.tails.enumerated() where typed.field == nil || place == 0 {
      names.starts.forEachText(with: tail.key, limit: Self.mostNames) { index, isFirst in
        let name = names.names[index]
        guard name.isTopic ? wantsTopics : wantsActors else { return }
        let key = names.starts.key(index)
        var bits = isFirst ? 0 : -Self.innerBits
        if !name.isLabel { bits -= Self.aliasBits }
        if name.isLoose { bits -= Self.looseBits }
        if place > 0 { bits -= Self.tailBits }
        bits += isFirst && key.count == tail.key.count ? Self.wholeBits : -Self.letterBits * Double(key.count - tail.key.count)
        let entry = Entry(index: name.entry, isTopic: name.isTopic)
        if bits > best[entry]?.bits ?? -.infinity { best[entry] = Match(name: index, bits: bits, start: tail.start) }
      }
    }
    return best.compactMap { entry, match in
      guard var suggestion = suggestion(entry) else { return nil }
      let name = names.names[match.name]
      if !name.isLabel { suggestion.match = name.text }
      suggestion.text = text(suggestion, typed, match.start)
      let kind = entry.isTopic ? Self.topicBits : Self.actorBits
      return RankedSuggestion(suggestion: suggestion, bits: Self.frequencyBits(suggestion.passages) + kind + match.bits)
    }
  }

  /// A value of a field is completed to the id, which is never ambiguous.
  private func text(_ suggestion: Suggestion, _ typed: TypedText, _ start: Int) -> String {
    typed.text(before: start) + ((typed.field == nil ? suggestion.label : suggestion.id) ?? "")
  }

  /// Nil for an entry that no passage has.
  private func suggestion(_ entry: Entry) -> Suggestion? {
    let registry = snapshot.registry
    let (id, label, column): (String, String, FacetColumn) =
      if entry.isTopic {
        (registry.topics[entry.index].id, registry.topics[entry.index].label, .topic)
      } else {
        (registry.actors[entry.index].id, registry.actors[entry.index].label, registry.actors[entry.index].kind == .place ? .place : .actor)
      }
    guard let number = snapshot.dictionary.number(of: id, in: column) else { return nil }
    let counts = snapshot.wholeCounts(column, .article)
    guard counts.passages[Int(number)] > 0 else { return nil }
    return Suggestion(
      text: label, kind: entry.isTopic ? .topic : .actor, id: id, label: label, articles: counts.articles[Int(number)],
      passages: counts.passages[Int(number)])
  }

  /// What there is to begin with: topics and actors of most articles, in turn.
  func mostFrequentEntries(_ field: Field?) -> [Suggestion] {
    func sorted(_ entries: [Suggestion]) -> [Suggestion] {
      entries.sorted { ($0.articles ?? 0, $0.passages, $1.text) > ($1.articles ?? 0, $1.passages, $0.text) }
    }
    let topics =
      field == nil || field == .topic
      ? sorted(snapshot.registry.topics.indices.compactMap { suggestion(Entry(index: $0, isTopic: true)) }) : []
    let actors =
      field != .topic ? sorted(snapshot.registry.actors.indices.compactMap { suggestion(Entry(index: $0, isTopic: false)) }) : []
    var mixed: [Suggestion] = []
    for place in 0..<max(topics.count, actors.count) {
      if place < topics.count { mixed.append(topics[place]) }
      if place < actors.count { mixed.append(actors[place]) }
      if mixed.count >= request.limit { break }
    }
    return mixed.prefix(request.limit).map { entry in
      var entry = entry
      if let field { entry.text = "\(field.rawValue):\(entry.id ?? entry.text)" }
      return entry
    }
  }
}
