// Lays out one group of passages after the other: see PassagePlaces. Every passage of the index goes through here, so that nothing is sorted
// where keys of two bytes are enough, and memory is kept from one group to the next.

struct PlaceGroupWriter {
  /// What all passages of an article share.
  struct Shared {
    /// As the words stand in the field of titles.
    var title: [PlaceEntry] = []
    var fields: [PlaceEntry] = []
  }

  /// Terms that a number of one byte tells apart.
  private static let most = 256

  private struct Meeting {
    var group: UInt32 = 0
    var number: UInt32 = 0
  }

  private var shared = Shared()
  /// By term of the article: the group that it was last met in, counted over all articles, and its number there.
  private var met: [Meeting] = []
  private var groups: UInt32 = 0
  /// By number in the group: term of the article.
  private var dictionary: [UInt32] = []
  /// Terms that what is written already has.
  private var written = 0
  private var passages = 0
  /// Bytes of a number.
  private var width = 1
  private var heads = ByteWriter()
  private var sequences = ByteWriter()
  private var repeats: [UInt32] = []
  private var keys = PlaceKeyChooser()

  /// - Parameter terms: how many the article has.
  mutating func begin(_ shared: Shared, terms: Int) {
    self.shared = shared
    // Room for an article of a size that hardly any has is not kept.
    if groups == UInt32.max || (met.count > 1 << 16 && terms < 1 << 16) { (groups, met) = (0, []) }
    groups += 1
    if met.count < terms { met.append(contentsOf: repeatElement(Meeting(), count: terms - met.count)) }
    dictionary.removeAll(keepingCapacity: true)
    heads.removeAll()
    sequences.removeAll()
    written = 0
    passages = 0
    width = 1
  }

  /// Adds a passage, if there is room for its terms; the first of a group has room.
  /// - Parameter shift: of the title's words; nil where they are not shared.
  mutating func add(_ entries: [PlaceEntry], shift: UInt32?) -> Bool {
    if passages == 0 {
      number(shared.title)
      number(shared.fields)
      number(entries)
      while dictionary.count > 1 << (8 * width) { width += 1 }
      if !shared.title.isEmpty { write(shared.title, shift: nil) }
      if !shared.fields.isEmpty { write(shared.fields, shift: nil) }
    } else {
      guard width == 1 else { return false }
      number(entries)
      if dictionary.count > Self.most {
        for term in dictionary[written...] { met[Int(term)].group = 0 }
        dictionary.removeSubrange(written...)
        return false
      }
    }
    write(entries, shift: shift)
    passages += 1
    return true
  }

  /// Gives the terms that the group does not have their numbers.
  private mutating func number(_ entries: [PlaceEntry]) {
    for entry in entries where met[Int(entry.term)].group != groups {
      met[Int(entry.term)] = Meeting(group: groups, number: UInt32(truncatingIfNeeded: dictionary.count))
      dictionary.append(entry.term)
    }
  }

  private mutating func write(_ entries: [PlaceEntry], shift: UInt32?) {
    let special = special(entries, shift)
    let before = written
    sequences.append(special)
    repeats.removeAll(keepingCapacity: true)
    var bits: UInt8 = 0
    for (index, entry) in entries.enumerated() {
      let number = met[Int(entry.term)].number
      if Int(number) == written {
        bits |= 1 << UInt8(index & 7)
        written += 1
      } else {
        repeats.append(number)
      }
      if index & 7 == 7 {
        sequences.byte(bits)
        bits = 0
      }
    }
    if entries.count & 7 != 0 { sequences.byte(bits) }
    sequences.columns(repeats, width: width)
    heads.number(entries.count << 1 | (special.isEmpty ? 0 : 1))
    heads.number(written - before)
    if !special.isEmpty { heads.number(special.count) }
  }

  /// Where entries stand: how far the title's words stand behind, and stretches in which each stands behind the one before, with the
  /// distance of each stretch from the last. Nothing where there is one that begins at 1, and the title is where it is without a heading.
  private func special(_ entries: [PlaceEntry], _ shift: UInt32?) -> [UInt8] {
    let isPlain =
      (shift == nil || shift == UInt32(truncatingIfNeeded: entries.count) &+ 2 &* Schema.positionGap)
      && entries.enumerated().allSatisfy { $1.position == UInt32(truncatingIfNeeded: $0) &+ 1 }
    if isPlain { return [] }
    var out = ByteWriter()
    out.number(shift ?? 0)
    var start = 0
    var next: UInt32 = 1
    while start < entries.count {
      let first = entries[start].position
      var end = start + 1
      while end < entries.count, entries[end].position == entries[end - 1].position &+ 1 { end += 1 }
      out.number(end - start)
      out.signed(Int(first) - Int(next))
      next = first &+ UInt32(truncatingIfNeeded: end - start)
      start = end
    }
    return out.bytes
  }

  mutating func finish(_ terms: PlaceTerms) -> ArticlePlaces.Group {
    let (keyWidth, seed) = keys.choose(dictionary.map { terms.hashes[Int($0)] })
    let form = PassagePlaces.Form(
      hasTitle: !shared.title.isEmpty, hasFields: !shared.fields.isEmpty, keyWidth: keyWidth, width: width)
    var out = ByteWriter()
    out.reserve(2 + heads.bytes.count + dictionary.count * keyWidth + sequences.bytes.count)
    out.byte(form.byte)
    out.byte(seed)
    out.append(heads.bytes)
    out.columns(keys.keys, width: keyWidth)
    out.append(sequences.bytes)
    return ArticlePlaces.Group(count: passages, bytes: out.bytes)
  }
}
