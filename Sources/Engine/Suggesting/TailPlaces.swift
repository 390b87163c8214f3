// Where the words of a tail stand in a passage, one right behind the other: worked out once, to ask of many words whether they follow.
import Xapian

struct TailPlaces {
  /// By word: its terms, the last word first.
  private let words: [[PlacedTerm]]
  /// Words that must be somewhere in the passage.
  private let others: [[PlacedTerm]]
  /// Where the last word stands, ascending.
  private var ends: [UInt32] = []
  private var scratch: [UInt32] = []
  /// By place of the last word: how many words of the tail end there.
  private var lengths: [Int] = []

  init(_ tail: TypedTail) {
    words = tail.last.reversed().map { $0.map { PlacedTerm($0) } }
    others = tail.words.dropLast(tail.length).map { $0.map { PlacedTerm($0) } }
  }

  /// Looks for the tail in a passage.
  /// - Parameter isKnown: whether the passage is known to have all of the words.
  /// - Returns: whether anything can follow there.
  mutating func move(to passage: PassagePlaces, isKnown: Bool) -> Bool {
    guard let last = words.first else { return false }
    Self.find(last, in: passage, &ends)
    if ends.isEmpty { return false }
    if !isKnown {
      for terms in others + words.dropFirst() {
        Self.find(terms, in: passage, &scratch)
        if scratch.isEmpty { return false }
      }
    }
    lengths.removeAll(keepingCapacity: true)
    lengths.append(contentsOf: repeatElement(1, count: ends.count))
    for (distance, terms) in words.enumerated().dropFirst() where lengths.contains(distance) {
      Self.find(terms, in: passage, &scratch)
      for index in ends.indices where lengths[index] == distance && ends[index] > distance {
        let wanted = ends[index] - UInt32(distance)
        let place = scratch.partitioningIndex { $0 >= wanted }
        if place < scratch.count, scratch[place] == wanted { lengths[index] += 1 }
      }
    }
    return true
  }

  /// How many words of the tail stand one right behind the other, where it is most of them.
  var longest: Int { lengths.max() ?? 0 }

  /// How many words of the tail stand right before a word with these terms, where it is most of them; 0 when none does.
  mutating func length(before terms: [PlacedTerm], in passage: PassagePlaces) -> Int {
    Self.find(terms, in: passage, &scratch)
    var longest = 0
    for place in scratch where place > 0 {
      let index = ends.partitioningIndex { $0 >= place - 1 }
      if index < ends.count, ends[index] == place - 1 { longest = max(longest, lengths[index]) }
    }
    return longest
  }

  /// Where a word with any of some terms stands, ascending.
  private static func find(_ terms: [PlacedTerm], in passage: PassagePlaces, _ places: inout [UInt32]) {
    places.removeAll(keepingCapacity: true)
    for term in terms { passage.append(term, to: &places) }
    if terms.count > 1 { places.sort() }
  }
}
