// What a passage must have at least for a query to match it, as far as terms can say: a list of groups, of each of which it must have one
// key. A thousand standing queries are thereby mostly answered without being run: what a few new passages say is in the groups of few of
// them. The answer may be "perhaps" too often and never "no" wrongly.
import Xapian

enum NeedKey: Sendable, Hashable {
  case term([UInt8])
  /// A term that begins like this.
  case beginning([UInt8])
  /// A written form near this one.
  case near(CloseLetters)
}

/// The letters of a word, for telling quickly that another cannot be within so many changes of it.
struct CloseLetters: Sendable, Hashable {
  /// A bit for each letter, several letters sharing one.
  var letters: UInt64
  var length: Int
  var distance: Int

  init(_ word: some Sequence<UInt8>, distance: Int) {
    (letters, length) = Self.letters(of: word)
    self.distance = distance
  }

  /// Of a text in UTF-8.
  @inline(__always)
  static func letters(of word: some Sequence<UInt8>) -> (letters: UInt64, length: Int) {
    var letters: UInt64 = 0
    var length = 0
    var scalar: UInt64 = 0
    for byte in word {
      if byte & 0xC0 == 0x80 {
        scalar = scalar << 6 | UInt64(byte & 0x3F)
      } else {
        if length > 0 { letters |= 1 << (scalar & 63) }
        scalar = UInt64(byte)
        length += 1
      }
    }
    if length > 0 { letters |= 1 << (scalar & 63) }
    return (letters, length)
  }

  /// Each change adds at most one letter and takes at most one away; a swap does neither.
  func mayBeNear(_ other: (letters: UInt64, length: Int)) -> Bool {
    abs(length - other.length) <= distance && (letters & ~other.letters).nonzeroBitCount <= distance
      && (other.letters & ~letters).nonzeroBitCount <= distance
  }
}

struct NeedGroup: Sendable, Hashable {
  /// None: no passage has it.
  var keys: [NeedKey]

  /// Groups that rule little out come last.
  fileprivate var breadth: Int {
    keys.reduce(0) { sum, key in
      switch key {
      case .term: sum + 1
      case .beginning: sum + 20
      case .near: sum + 200
      }
    }
  }
}

struct Needs: Sendable, Hashable {
  /// None: anything may match.
  var groups: [NeedGroup]

  static let anything = Needs(groups: [])
  static let never = Needs(groups: [NeedGroup(keys: [])])

  static func one(of keys: [NeedKey]) -> Needs { Needs(groups: [NeedGroup(keys: keys)]) }

  static func all(_ parts: some Sequence<Needs>) -> Needs {
    var groups: [NeedGroup] = []
    for group in parts.lazy.flatMap(\.groups) where !groups.contains(group) { groups.append(group) }
    return Needs(groups: groups)
  }

  /// Of several alternatives one group each, the narrowest, makes one group of all.
  static func any(_ parts: some Sequence<Needs>) -> Needs {
    var keys: [NeedKey] = []
    for part in parts {
      guard let narrowest = part.groups.min(by: { $0.breadth < $1.breadth }) else { return .anything }
      keys += narrowest.keys
    }
    return one(of: keys)
  }

  /// What the query as it runs needs.
  init(of query: Query) {
    self =
      switch query {
      case .all, .documents, .valueRange, .valueAtLeast, .valueAtMost: .anything
      case .none: .never
      case .term(let term, _): term.isEmpty ? .anything : .one(of: [.term(term)])
      case .and(let parts), .phrase(let parts, _), .near(let parts, _): parts.isEmpty ? .never : .all(parts.map { Needs(of: $0) })
      case .or(let parts), .synonym(let parts), .max(let parts), .xor(let parts): .any(parts.map { Needs(of: $0) })
      case .filter(let first, let second): .all([Needs(of: first), Needs(of: second)])
      case .andNot(let first, _), .andMaybe(let first, _), .scale(let first, _): Needs(of: first)
      case .wildcard(let start, _): .one(of: [.beginning(start)])
      }
  }

  init(groups: [NeedGroup]) { self.groups = groups }
}
