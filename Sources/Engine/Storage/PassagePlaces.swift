// Where the terms of a passage stand: what phrases and windows of words are checked by. A passage is looked at only when it is known to have
// the terms, from their postings, so that a term need not be spelt out: a few bits of its hash tell it from the other terms of the same
// passages. The hash has a seed, chosen so that no two of these terms share those bits.
//
// Passages of an article that stand one behind the other make a group, as many as have no more than 256 terms together. A group has a
// dictionary of its terms' keys, in the order in which they come first; the words of the title, which stand in their own field and, further
// back, among the words of every passage; the words of other fields that all passages of the article have; and the words of each passage in
// the order of the text (`PlaceSequence`). A term that comes for the first time is the next of the dictionary and takes a bit; one that comes
// again takes a bit and a byte, its number. A passage that has more terms than 256 is a group of its own, and numbers take more bytes.
//
// The bytes of a group are: how wide keys and numbers are and what the group has; the seed; the heads of its sequences; the keys, ascending by
// term, first the lowest byte of each; the sequences. Actors and places are beside it (`EntityPlaces`), since they are written anew when a
// passage is tagged again.

struct PassagePlaces {
  private let keys: ByteColumns
  private let keyWidth: Int
  private let seed: UInt8
  private let own: PlaceSequence
  private let title: PlaceSequence?
  private let fields: PlaceSequence?
  private let index: Int
  /// Where the places of actors are: looked for when they are asked for.
  private let parts: PassageParts

  /// What the first byte of a group says.
  struct Form {
    var hasTitle: Bool
    var hasFields: Bool
    /// Bytes of a key, and of a number.
    var keyWidth: Int
    var width: Int

    init(hasTitle: Bool, hasFields: Bool, keyWidth: Int, width: Int) {
      self.hasTitle = hasTitle
      self.hasFields = hasFields
      self.keyWidth = keyWidth
      self.width = width
    }

    init?(_ byte: UInt8) {
      hasTitle = byte & 1 != 0
      hasFields = byte & 2 != 0
      width = Int(byte >> 2 & 3) + 1
      keyWidth = Int(byte >> 4)
      guard (1...8).contains(keyWidth) else { return nil }
    }

    var byte: UInt8 { (hasTitle ? 1 : 0) | (hasFields ? 2 : 0) | UInt8(width - 1) << 2 | UInt8(keyWidth) << 4 }
  }

  /// - Parameters:
  ///   - group: lent for as long as this is used.
  ///   - index: of the passage in the group.
  ///   - passages: how many the group has.
  ///   - parts: what else it has of them.
  init?(_ group: UnsafeBufferPointer<UInt8>, _ index: Int, of passages: Int, beside parts: PassageParts) {
    guard group.count > 2, let form = Form(group[0]) else { return nil }
    var input = ByteCursor(group)
    input.skip(2)
    let shared = (form.hasTitle ? 1 : 0) + (form.hasFields ? 1 : 0)
    typealias Found = (head: PlaceSequence.Head, first: Int, at: Int)
    var (title, fields, own): (Found?, Found?, Found?)
    var (terms, length) = (0, 0)
    for number in 0..<shared + passages {
      guard let head = PlaceSequence.Head(&input, limit: group.count) else { return nil }
      if number == shared + index {
        own = (head, terms, length)
      } else if number < shared {
        if number == 0, form.hasTitle { title = (head, terms, length) } else { fields = (head, terms, length) }
      }
      terms += head.new
      length += head.byteCount(form.width)
      guard terms <= group.count, length <= group.count else { return nil }
    }
    let start = input.at + terms * form.keyWidth
    guard let own, start <= group.count, length <= group.count - start else { return nil }
    func sequence(_ found: Found) -> PlaceSequence {
      let from = start + found.at
      return PlaceSequence(
        UnsafeBufferPointer(rebasing: group[from..<from + found.head.byteCount(form.width)]), found.head, first: found.first,
        width: form.width)
    }
    keys = ByteColumns(UnsafeBufferPointer(rebasing: group[input.at..<start]), count: terms, width: form.keyWidth)
    keyWidth = form.keyWidth
    seed = group[1]
    self.own = sequence(own)
    self.title = title.map(sequence)
    self.fields = fields.map(sequence)
    self.index = index
    self.parts = parts
  }

  private var entities: EntityPlaces? { parts.part(index).map { EntityPlaces($0.entities) } }

  /// Adds the positions of a term, ascending.
  func append(_ term: PlacedTerm, to positions: inout [UInt32]) {
    let start = positions.count
    switch term.kind {
    case .entity:
      entities?.append(term.hash, to: &positions)
      return
    case .word:
      guard let number = number(of: term.hash) else { return }
      own.append(number, to: &positions)
      title?.append(number, shift: own.shift, to: &positions)
    case .title:
      if let title {
        if let number = number(of: term.hash) { title.append(number, to: &positions) }
      } else if let number = number(of: term.own) {
        own.append(number, to: &positions)
      }
    case .field:
      guard let number = number(of: term.hash) else { return }
      fields?.append(number, to: &positions)
      own.append(number, to: &positions)
    }
    Self.order(&positions, from: start)
  }

  /// Whether a term stands in the passage, or looks like one that does: one in a thousand that do not.
  func has(_ term: PlacedTerm) -> Bool {
    switch term.kind {
    case .entity: return entities?.has(term.hash) ?? false
    case .word: return number(of: term.hash).map { own.has($0) || title?.has($0) ?? false } ?? false
    case .title:
      if let title { return number(of: term.hash).map { title.has($0) } ?? false }
      return number(of: term.own).map { own.has($0) } ?? false
    case .field: return number(of: term.hash).map { own.has($0) || fields?.has($0) ?? false } ?? false
    }
  }

  /// The number of a term in the dictionary.
  private func number(of hash: UInt64) -> Int? { keys.first(PlaceKeys.key(hash, seed, keyWidth)) }

  /// Entries stand in the order of the text, nearly always.
  private static func order(_ positions: inout [UInt32], from start: Int) {
    guard positions.count - start > 1 else { return }
    var isAscending = true
    for index in start + 1..<positions.count where positions[index - 1] >= positions[index] { isAscending = false }
    if isAscending { return }
    let sorted = positions[start...].sorted()
    positions.removeSubrange(start...)
    for position in sorted where positions.count == start || positions[positions.count - 1] != position { positions.append(position) }
  }
}
