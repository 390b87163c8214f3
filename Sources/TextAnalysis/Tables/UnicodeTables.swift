// Properties and mappings of Unicode characters, decoded once from the literals of UnicodeData.swift into flat memory
// that is never freed: a look-up is two loads.

/// The part a character plays in a word. The raw values are those of Tables/generate.py.
enum CharacterKind: UInt32 {
  case breaking, letter, digit
  /// A combining mark: belongs to the character before it.
  case mark
  /// Inside a word, but in none of its forms: soft hyphen, joiners, tatweel.
  case ignorable
  case apostrophe
  /// A character of a script written without blanks.
  case ideograph
  /// Joins letters of one script: gershayim in Hebrew, the middle dot in Catalan.
  case joiner
}

enum Script: UInt32 {
  case common, latin, cyrillic, greek, armenian, georgian, hebrew, arabic, devanagari, tamil
  case hangul, han, hiragana, katakana, thai, other
}

struct CharacterProperties {
  let bits: UInt32

  @inline(__always) var kind: CharacterKind { CharacterKind(rawValue: bits & 7) ?? .breaking }
  @inline(__always) var isUpper: Bool { bits & 8 != 0 }
  @inline(__always) var script: Script { Script(rawValue: bits >> 4 & 15) ?? .common }
  /// A diacritic that folding takes away.
  @inline(__always) var isStripped: Bool { bits & 256 != 0 }
  @inline(__always) var combiningClass: UInt32 { bits >> 16 }
}

/// Unchecked because of the pointers: their memory is written before `shared` is published and never after.
struct UnicodeTables: @unchecked Sendable {
  static let shared = UnicodeTables()

  private let propertyTrie: Trie
  private let exactTrie: Trie
  private let foldTrie: Trie
  /// The targets of the mappings; an entry of a trie is `offset << 5 | count`, 0 for a character that maps to itself.
  private let pool: UnsafePointer<UInt32>
  private let pairs: PairTable

  private init() {
    var properties = TrieBuilder()
    for (range, value) in VLQReader.runs(UnicodeData.properties) { properties.set(range, value) }
    for (range, value) in VLQReader.runs(UnicodeData.combining) where value != 0 {
      for scalar in range { properties.set(scalar, properties.value(scalar) | value << 16) }
    }
    propertyTrie = properties.build()

    var targets: [UInt32] = [0]
    exactTrie = UnicodeTables.mappings(UnicodeData.exact, &targets)
    foldTrie = UnicodeTables.mappings(UnicodeData.fold, &targets)
    let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: targets.count)
    memory.initialize(from: targets, count: targets.count)
    pool = UnsafePointer(memory)
    pairs = PairTable(UnicodeData.pairs)
  }

  private static func mappings(_ literal: StaticString, _ targets: inout [UInt32]) -> Trie {
    var builder = TrieBuilder()
    var reader = VLQReader(literal)
    var scalar = 0
    while !reader.isAtEnd {
      scalar += reader.unsigned()
      let length = reader.unsigned()
      let deltas = (0..<reader.unsigned()).map { _ in reader.signed() }
      for source in scalar..<scalar + length {
        builder.set(source, UInt32(targets.count << 5 | deltas.count))
        targets.append(contentsOf: deltas.map { UInt32(truncatingIfNeeded: source + $0) })
      }
      scalar += length
    }
    return builder.build()
  }

  @inline(__always) func properties(_ scalar: UInt32) -> CharacterProperties {
    CharacterProperties(bits: propertyTrie[scalar])
  }

  /// The lower-case compatibility decomposition; nil for a character that is its own.
  @inline(__always) func exact(_ scalar: UInt32) -> UnsafeBufferPointer<UInt32>? { target(exactTrie[scalar]) }

  /// The folded form of a character of an exact decomposition; nil for a character that is its own.
  @inline(__always) func fold(_ scalar: UInt32) -> UnsafeBufferPointer<UInt32>? { target(foldTrie[scalar]) }

  @inline(__always) private func target(_ entry: UInt32) -> UnsafeBufferPointer<UInt32>? {
    guard entry != 0 else { return nil }
    return UnsafeBufferPointer(start: pool + Int(entry >> 5), count: Int(entry & 31))
  }

  /// The canonical composite of two characters, Hangul by arithmetic.
  func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= 0x1100, first < 0x1113, second >= 0x1161, second < 0x1176 {
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    }
    if first >= 0xAC00, first < 0xD7A4, (first - 0xAC00) % 28 == 0, second > 0x11A7, second < 0x11C3 {
      return first + (second - 0x11A7)
    }
    return pairs[first, second]
  }
}

/// A table over all code points in two stages of 128.
private struct Trie {
  let blocks: UnsafePointer<UInt16>
  let values: UnsafePointer<UInt32>

  @inline(__always) subscript(_ scalar: UInt32) -> UInt32 {
    guard scalar < 0x11_0000 else { return 0 }
    return values[Int(blocks[Int(scalar >> 7)]) << 7 | Int(scalar & 127)]
  }
}

private struct TrieBuilder {
  private var blocks = [Int](repeating: 0, count: 0x11_0000 >> 7)
  private var values = [UInt32](repeating: 0, count: 128)
  private var isOwn = [Bool](repeating: false, count: 0x11_0000 >> 7)
  private var uniform: [UInt32: Int] = [0: 0]

  func value(_ scalar: Int) -> UInt32 { values[blocks[scalar >> 7] << 7 | scalar & 127] }

  mutating func set(_ scalar: Int, _ value: UInt32) {
    let block = scalar >> 7
    if !isOwn[block] {
      let shared = blocks[block] << 7
      blocks[block] = values.count >> 7
      isOwn[block] = true
      values.append(contentsOf: Array(values[shared..<shared + 128]))
    }
    values[blocks[block] << 7 | scalar & 127] = value
  }

  /// Sets a range; whole blocks of one value share their memory.
  mutating func set(_ range: Range<Int>, _ value: UInt32) {
    var scalar = range.lowerBound
    while scalar < range.upperBound {
      if scalar & 127 == 0, scalar + 128 <= range.upperBound, !isOwn[scalar >> 7] {
        if uniform[value] == nil {
          uniform[value] = values.count >> 7
          values.append(contentsOf: repeatElement(value, count: 128))
        }
        blocks[scalar >> 7] = uniform[value, default: 0]
        scalar += 128
      } else {
        set(scalar, value)
        scalar += 1
      }
    }
  }

  func build() -> Trie {
    let first = UnsafeMutablePointer<UInt16>.allocate(capacity: blocks.count)
    for (index, block) in blocks.enumerated() { first[index] = UInt16(truncatingIfNeeded: block) }
    let second = UnsafeMutablePointer<UInt32>.allocate(capacity: values.count)
    second.initialize(from: values, count: values.count)
    return Trie(blocks: UnsafePointer(first), values: UnsafePointer(second))
  }
}

/// Pairs of characters and their composites, with open addressing.
private struct PairTable {
  private static let capacity = 4096
  private let slots: UnsafePointer<(key: UInt64, composite: UInt32)>

  init(_ literal: StaticString) {
    let memory = UnsafeMutablePointer<(key: UInt64, composite: UInt32)>.allocate(capacity: PairTable.capacity)
    memory.initialize(repeating: (0, 0), count: PairTable.capacity)
    var reader = VLQReader(literal)
    var composite = 0
    while !reader.isAtEnd {
      let key = UInt64(reader.unsigned()) << 32 | UInt64(reader.unsigned())
      composite += reader.unsigned()
      var slot = PairTable.slot(key)
      while memory[slot].key != 0 { slot = (slot + 1) % PairTable.capacity }
      memory[slot] = (key, UInt32(composite))
    }
    slots = UnsafePointer(memory)
  }

  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 52)
  }

  subscript(_ first: UInt32, _ second: UInt32) -> UInt32? {
    let key = UInt64(first) << 32 | UInt64(second)
    var slot = PairTable.slot(key)
    while slots[slot].key != 0 {
      if slots[slot].key == key { return slots[slot].composite }
      slot = (slot + 1) % PairTable.capacity
    }
    return nil
  }
}
