// What the files of a registry did to each other's entries: a later file replaces an entry, merges two into one, or drops one.

/// One entry of an earlier file that a later file changed.
package struct RegistryChange: Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// Replaced by an entry with the same id.
    case overridden
    /// Made one with another entry, under whose id it is found from then on.
    case merged
    /// Taken out.
    case dropped
  }

  package var kind: Kind
  /// The id as it was written: of an actor or a topic.
  package var id: String
  /// The id that stands for a merged entry.
  package var into: String?
  /// Where the change is written.
  package var file: String
  package var line: Int
  /// Where the entry was written; nil for an id that was only added as another name of the entry.
  package var earlierFile: String?
  package var earlierLine = 0

  package var description: String {
    let place = "\(file):\(line)"
    let earlier = earlierFile.map { " (\($0):\(earlierLine))" } ?? ""
    return switch kind {
    case .overridden: "\(id)\(earlier) by \(place)"
    case .merged: "\(id)\(earlier) into \(into ?? "") by \(place)"
    case .dropped: "\(id)\(earlier) by \(place)"
    }
  }
}

/// Entries in the order in which their ids were first seen; a later one takes the place of an earlier one.
struct EntryList<Entry> {
  private var slots: [Located<Entry>?] = []
  private var positions: [String: Int] = [:]

  var entries: [Located<Entry>] { slots.compactMap(\.self) }

  /// Puts an entry and returns the one it replaces.
  mutating func put(_ entry: Located<Entry>, id: String) -> Located<Entry>? {
    if let position = positions[id] {
      defer { slots[position] = entry }
      return slots[position]
    }
    positions[id] = slots.count
    slots.append(entry)
    return nil
  }

  /// Takes an entry out and returns it.
  mutating func take(id: String) -> Located<Entry>? {
    guard let position = positions.removeValue(forKey: id) else { return nil }
    defer { slots[position] = nil }
    return slots[position]
  }

  subscript(id: String) -> Located<Entry>? {
    get { positions[id].flatMap { slots[$0] } }
    set { if let position = positions[id] { slots[position] = newValue } }
  }
}

/// An entry that a file merges into another: taken out of the list, waiting for all files to be read.
struct Merge<Entry> {
  var id: String
  var target: String
  var file: String
  var line: Int
  /// What the id stood for before, and what the merging file says of it itself.
  var parts: [Located<Entry>]
}

/// The entries of one kind with what the files changed about them.
struct EntryBook<Entry> {
  var list = EntryList<Entry>()
  var merges: [Merge<Entry>] = []
  /// Parents of the entries that were dropped, by their ids.
  var dropped: [String: String?] = [:]
  /// The id that stands for another, after `settle`.
  private(set) var renamed: [String: String] = [:]

  /// Finds the entry each merge leads to, over several merges too, and reports those that lead nowhere.
  mutating func settle(_ what: String, note: (_ merge: Merge<Entry>, _ message: String) -> Void) {
    let targets = Dictionary(merges.map { ($0.id, $0.target) }, uniquingKeysWith: { $1 })
    for merge in merges {
      var target = merge.target
      var way = [merge.id, target]
      while let next = targets[target], way.count <= merges.count + 1 {
        target = next
        way.append(next)
      }
      if targets[target] != nil {
        note(merge, "goes round in a circle: \(way.prefix(6).joined(separator: " → ")); one of them must stay an entry of its own")
      } else if list[merge.id] != nil {
        note(merge, "“\(merge.id)” is an entry of its own again in a later file; give that one another id")
      } else if list[target] == nil {
        let why = dropped[target] != nil ? "was dropped" : "is the id of no \(what)"
        note(merge, "“\(target)” \(why); name an entry that is in the registry")
      } else {
        renamed[merge.id] = target
      }
    }
  }

  /// The id that stands for one in the finished registry; nil when it was dropped. A dropped parent is replaced by its own.
  func current(_ id: String, asParent: Bool = false) -> String? {
    if let other = renamed[id] { return other }
    guard list[id] == nil else { return id }
    var at = id
    var steps = 0
    while let above = dropped[at], steps < 64 {
      guard asParent, let above else { return nil }
      at = renamed[above] ?? above
      steps += 1
    }
    return at
  }
}
