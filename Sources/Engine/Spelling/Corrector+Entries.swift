// Values of `actor:`, `place:` and `topic:` that the registry does not have: the entry whose name is a few letters away.
import ArasAPI
import Tagging

extension Corrector {
  /// A value as it stands in the query text, to be an entry's id.
  func entryCorrections(_ node: QueryNode) -> [Correction] {
    switch node {
    case .field(let field, .value(let value)): return entryCorrection(field, value.text).map { [$0] } ?? []
    case .clauses(let clauses): return clauses.filter { $0.occurrence != .mustNot }.flatMap { entryCorrections($0.node) }
    case .and(let nodes), .or(let nodes), .proximity(let nodes, _, _): return nodes.flatMap { entryCorrections($0) }
    case .field, .word, .phrase, .not, .everything: return []
    }
  }

  private func entryCorrection(_ field: Field, _ text: String) -> Correction? {
    let isTopic = field == .topic
    guard isTopic || field == .actor || field == .place else { return nil }
    guard (isTopic ? registry.resolveTopic(text) : registry.resolveActor(text)).isEmpty else { return nil }
    guard let offset = offset(ofValue: Array(text.utf8)), let id = nearestEntry(text, isTopic: isTopic) else { return nil }
    return Correction(from: text, to: id, offset: offset, length: text.utf8.count)
  }

  private func nearestEntry(_ text: String, isTopic: Bool) -> String? {
    let typed = FormList.scalars(PhraseKey.of(text, longest: StartList.longest))
    guard typed.count >= Speller.shortest else { return nil }
    var cost = SlipCost()
    var best: (bits: Double, id: String)?
    names.keys.forEachForm(within: typed.count < 5 ? 1 : 2, of: typed) { form, _ in
      let key = Array(names.keys.key(form))
      let slip = cost.bits(typed: typed, meant: FormList.scalars(key))
      names.starts.forEachText(with: key, limit: 50) { index, isFirst in
        let name = names.names[index]
        guard isFirst, name.isTopic == isTopic, names.starts.key(index).elementsEqual(key) else { return }
        let id = isTopic ? registry.topics[name.entry].id : registry.actors[name.entry].id
        let bits = slip + (name.isLabel ? 0 : 1) + (name.isLoose ? 2 : 0)
        if (bits, id) < (best?.bits ?? .infinity, best?.id ?? "") { best = (bits, id) }
      }
    }
    return best?.id
  }

  /// Where a value stands in the query text: behind a colon, a quote or a parenthesis.
  private func offset(ofValue value: [UInt8]) -> Int? {
    let text = Array(queryText.utf8)
    guard !value.isEmpty, text.count > value.count else { return nil }
    return (1...(text.count - value.count)).first { text[$0..<($0 + value.count)].elementsEqual(value) && Self.opens(text[$0 - 1]) }
  }

  private static func opens(_ byte: UInt8) -> Bool { [0x20, 0x22, 0x28, 0x3A].contains(byte) }
}
