// The places of an article's terms, encoded: what `PassagePlaces` reads.
import Xapian

struct ArticlePlaces: Sendable, Equatable {
  /// Passages one behind the other that share a dictionary.
  struct Group: Sendable, Equatable {
    /// How many passages.
    var count: Int
    var bytes: [UInt8]
  }

  /// In reading order.
  var groups: [Group] = []
  /// By passage: its actors and places.
  var entities: [[UInt8]] = []
}

/// Lays out the places of one article after the other. One per thread: it keeps its memory between them.
struct ArticlePlacesWriter {
  private var terms = PlaceTerms()
  private var group = PlaceGroupWriter()
  /// Words as those of the passages have them; words in the field of titles; words in other fields: of all passages, one behind the other.
  private var words: [PlaceEntry] = []
  private var title: [PlaceEntry] = []
  private var fields: [PlaceEntry] = []
  private var passages: [Passage] = []
  private var entities: [[UInt8]] = []
  private var own: [PlaceEntry] = []

  private struct Passage {
    var words: Range<Int>
    var title: Range<Int>
    var fields: Range<Int>
    /// How far the words of the title stand behind where they stand in their own field, where they end the passage's words.
    var shift: UInt32?
  }

  /// The places of the terms of an article's passages, in reading order.
  mutating func encoded(_ documents: some Sequence<Document>) -> ArticlePlaces {
    for document in documents { add(document) }
    let titleCount = sharedTitle()
    let fieldCount = sharedFields()
    var shared = PlaceGroupWriter.Shared()
    if let first = passages.first {
      shared.title = zip(words[first.words].suffix(titleCount), title[first.title]).map { PlaceEntry(term: $0.term, position: $1.position) }
      shared.fields = Array(fields[first.fields.prefix(fieldCount)])
    }
    var groups: [ArticlePlaces.Group] = []
    group.begin(shared, terms: terms.hashes.count)
    for passage in passages {
      own.removeAll(keepingCapacity: true)
      own.append(contentsOf: words[passage.words.dropLast(titleCount)])
      if titleCount == 0 { own.append(contentsOf: title[passage.title]) }
      own.append(contentsOf: fields[passage.fields.dropFirst(fieldCount)])
      if group.add(own, shift: passage.shift) { continue }
      groups.append(group.finish(terms))
      group.begin(shared, terms: terms.hashes.count)
      _ = group.add(own, shift: passage.shift)
    }
    if !passages.isEmpty { groups.append(group.finish(terms)) }
    defer { removeAll() }
    return ArticlePlaces(groups: groups, entities: entities)
  }

  private mutating func removeAll() {
    terms.removeAll()
    words.removeAll(keepingCapacity: true)
    title.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    passages.removeAll(keepingCapacity: true)
    entities = []
  }

  private mutating func add(_ document: Document) {
    let starts = (words.count, title.count, fields.count)
    var named: [(hash: UInt64, position: UInt32)] = []
    document.forEachPosting { bytes, positions in
      let term = PlacedTerm(bytes)
      if term.kind == .entity {
        positions.forEach { named.append((term.hash, $0)) }
        return
      }
      let number = terms.number(of: term.own)
      positions.forEach { position in
        let entry = PlaceEntry(term: number, position: position)
        switch term.kind {
        case .title: title.append(entry)
        case .field: fields.append(entry)
        default: words.append(entry)
        }
      }
    }
    entities.append(EntityPlaces.encoded(named))
    passages.append(Passage(words: starts.0..<words.count, title: starts.1..<title.count, fields: starts.2..<fields.count))
  }

  // MARK: What passages share

  /// Looks whether all passages have the same title, and its words end the words of each.
  /// - Returns: how many words the title has; 0 where it is not shared.
  private mutating func sharedTitle() -> Int {
    guard let first = passages.first?.title, !first.isEmpty else { return 0 }
    var shifts: [UInt32] = []
    let plain = title[first].map { terms.find(PlacedTerm.ofTitle(terms.hashes[Int($0.term)])) }
    for index in passages.indices {
      let passage = passages[index]
      let behind = words[passage.words].suffix(first.count)
      guard behind.count == first.count, passage.title.count == first.count, let start = behind.first else { return 0 }
      let shift = start.position &- title[first.lowerBound].position
      for (number, word) in behind.enumerated() {
        let own = title[first.lowerBound + number]
        guard title[passage.title.lowerBound + number] == own, word.term == plain[number], word.position == own.position &+ shift else {
          return 0
        }
      }
      shifts.append(shift)
    }
    for (index, shift) in shifts.enumerated() { passages[index].shift = shift }
    return first.count
  }

  /// How many words of other fields all passages begin with; none where there is one passage.
  private func sharedFields() -> Int {
    guard passages.count > 1 else { return 0 }
    let first = fields[passages[0].fields]
    return passages.dropFirst().reduce(first.count) { count, passage in
      zip(first.prefix(count), fields[passage.fields]).prefix { $0 == $1 }.count
    }
  }
}

/// A term, by its number in the article, where it stands.
struct PlaceEntry: Equatable {
  var term: UInt32
  var position: UInt32
}

/// Numbers for the terms of an article, in the order in which they come.
struct PlaceTerms {
  private(set) var hashes: [UInt64] = []
  /// The numbers, and one, by hash: each in the first free slot from its own on; 0 is free.
  private var slots: [UInt32] = []

  mutating func removeAll() {
    hashes.removeAll(keepingCapacity: true)
    // Room for an article of a size that hardly any has is not kept.
    if slots.count > 8192 { slots = [] } else { slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) } }
  }

  mutating func number(of hash: UInt64) -> UInt32 {
    if hashes.count * 2 >= slots.count { grow() }
    let slot = slot(of: hash)
    if slots[slot] != 0 { return slots[slot] - 1 }
    hashes.append(hash)
    slots[slot] = UInt32(truncatingIfNeeded: hashes.count)
    return slots[slot] - 1
  }

  func find(_ hash: UInt64) -> UInt32? {
    if slots.isEmpty { return nil }
    let found = slots[slot(of: hash)]
    return found == 0 ? nil : found - 1
  }

  private func slot(of hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0, hashes[Int(slots[slot]) - 1] != hash { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(1024, slots.count * 2))
    for (number, hash) in hashes.enumerated() { slots[slot(of: hash)] = UInt32(number + 1) }
  }
}
