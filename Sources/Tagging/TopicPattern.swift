// The rule language of topics as it is written: words, prefix*, phrases of these and of actors, and (a NEAR/n b).

/// A rule taken apart but not yet tied to a registry.
struct TopicPattern: Equatable {
  enum Element: Equatable {
    case word(String)
    case prefix(String)
    /// An actor's id and, when one was written, the kind before it.
    case actor(id: String, kind: String?)
    case anyState
  }

  /// What is wrong with a rule.
  struct SyntaxError: Error, Equatable {
    var message: String
  }

  static let kinds: [String: [ActorKind]] = [
    "x": ActorKind.allCases, "org": [.organisation], "place": [.place], "group": [.group], "person": [.person],
    "state": [.state, .disputed],
  ]

  var first: [Element] = []
  /// The other side of NEAR, empty for a phrase.
  var second: [Element] = []
  /// How many words apart the two sides may be.
  var distance = 0

  var hasWords: Bool {
    (first + second).contains {
      switch $0 {
      case .word, .prefix: true
      default: false
      }
    }
  }

  /// Ids of the actors it names.
  var actors: [String] {
    (first + second).compactMap { if case .actor(let id, _) = $0 { id } else { nil } }
  }

  init(_ text: String) throws(SyntaxError) {
    var body = Substring(text)
    while body.first?.isWhitespace == true { body.removeFirst() }
    while body.last?.isWhitespace == true { body.removeLast() }
    let isNear = body.utf8.first == 0x28
    if isNear {
      guard body.utf8.last == 0x29 else { throw SyntaxError(message: "the bracket is not closed; expected (a NEAR/n b)") }
      body = body.dropFirst().dropLast()
    }
    var sides: [[Element]] = [[]]
    for token in body.split(whereSeparator: \.isWhitespace) {
      if token.utf8.first == 0x4E, token == "NEAR" || token.hasPrefix("NEAR/") {
        guard isNear else { throw SyntaxError(message: "NEAR stands in brackets; expected (a NEAR/n b)") }
        guard let number = Int(token.dropFirst(5)), (1...50).contains(number) else {
          throw SyntaxError(message: "“\(token)” needs a number of words from 1 to 50; expected NEAR/4 for instance")
        }
        distance = number
        sides.append([])
        continue
      }
      try sides[sides.count - 1].append(contentsOf: Self.elements(token))
    }
    guard sides.count == (isNear ? 2 : 1) else { throw SyntaxError(message: "expected exactly one NEAR in brackets: (a NEAR/n b)") }
    guard sides.allSatisfy({ !$0.isEmpty }) else {
      throw SyntaxError(message: isNear ? "a side of NEAR is empty; expected (a NEAR/n b)" : "is empty; expected words")
    }
    first = sides[0]
    if isNear { second = sides[1] }
  }

  private static func elements(_ token: Substring) throws(SyntaxError) -> [Element] {
    if token.utf8.contains(where: { $0 == 0x28 || $0 == 0x29 }) {
      throw SyntaxError(message: "a bracket inside a rule; expected (a NEAR/n b)")
    }
    if token.utf8.first == 0x40 {
      let name = token.dropFirst()
      if name == "S" { return [.anyState] }
      let parts = name.split(separator: ":", omittingEmptySubsequences: false)
      guard let id = parts.last, !id.isEmpty, parts.count <= 2 else {
        throw SyntaxError(message: "“\(token)” names no actor; expected @id, @kind:id or @S")
      }
      guard parts.count == 2 else { return [.actor(id: String(id), kind: nil)] }
      let kind = String(parts[0])
      guard kinds[kind] != nil else {
        throw SyntaxError(message: "“\(kind)” is no kind; expected \(kinds.keys.sorted().joined(separator: ", "))")
      }
      return [.actor(id: String(id), kind: kind)]
    }
    if let star = token.utf8.firstIndex(of: 0x2A) {
      guard token.utf8.index(after: star) == token.endIndex, token.count > 2 else {
        throw SyntaxError(message: "“\(token)”: a * stands at the end of a word of two letters or more")
      }
      return [.prefix(String(token.dropLast()))]
    }
    return token.utf8.split(separator: 0x2D).map { .word(String(Substring($0))) }
  }
}
