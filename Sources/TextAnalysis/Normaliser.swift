// The forms of a word: exact (NFKC, lower case) and folded (diacritics and variants of letters taken away).
// Both start from one decomposition, so that text in NFC and in NFD gives the same bytes.

struct Normaliser {
  /// No form is longer, in bytes.
  static let limit = 64

  private let tables = UnicodeTables.shared
  private var decomposed: [UInt32] = []
  private var composed: [UInt32] = []

  /// Takes the characters of one word or string; `exact` and `folded` then speak of it.
  mutating func decompose(_ scalars: some Sequence<UInt32>, turkic: Bool = false) {
    decomposed.removeAll(keepingCapacity: true)
    var isDotless = false
    for scalar in scalars {
      if isDotless, tables.properties(scalar).combiningClass != 0 {
        decomposed[decomposed.count - 1] = 0x69  // under a dot or an accent it is an i, as in the precomposed letter
      }
      isDotless = turkic && scalar == 0x49
      if isDotless {
        decomposed.append(0x131)
      } else if let target = tables.exact(scalar) {
        decomposed.append(contentsOf: target)
      } else {
        decomposed.append(scalar)
      }
    }
    order()
    dropDots()
  }

  /// Sorts each run of marks by combining class, stably.
  private mutating func order() {
    for index in decomposed.indices.dropFirst() {
      let scalar = decomposed[index]
      guard scalar >= 0x300 else { continue }
      let rank = tables.properties(scalar).combiningClass
      guard rank != 0 else { continue }
      var slot = index
      while slot > 0, tables.properties(decomposed[slot - 1]).combiningClass > rank {
        decomposed[slot] = decomposed[slot - 1]
        slot -= 1
      }
      decomposed[slot] = scalar
    }
  }

  /// The dot above an i says nothing more, and above an ı it makes an i: both are the letter i.
  private mutating func dropDots() {
    guard decomposed.contains(0x307) else { return }
    var base = -1
    var kept: [UInt32] = []
    kept.reserveCapacity(decomposed.count)
    for scalar in decomposed {
      if scalar == 0x307, base >= 0, kept[base] == 0x69 || kept[base] == 0x131 {
        kept[base] = 0x69
        continue
      }
      if tables.properties(scalar).combiningClass == 0 { base = kept.count }
      kept.append(scalar)
    }
    decomposed = kept
  }

  /// Appends the exact form.
  mutating func exact(into bytes: inout [UInt8], limit: Int = Normaliser.limit) {
    composed.removeAll(keepingCapacity: true)
    var composer = Composer()
    for scalar in decomposed { composer.append(scalar, to: &composed, tables) }
    bytes.append(scalars: composed, limit: limit)
  }

  /// Appends the folded form; a word loses its apostrophes, a whole string keeps them.
  mutating func folded(into bytes: inout [UInt8], keepingApostrophes: Bool = false, limit: Int = Normaliser.limit) {
    composed.removeAll(keepingCapacity: true)
    var composer = Composer()
    var previous: UInt32 = 0
    for scalar in decomposed {
      defer { previous = scalar }
      if !keepingApostrophes, scalar == 0x27 || scalar == 0x22 { continue }
      if scalar >= 0x300, tables.properties(scalar).isStripped, !Normaliser.isLetter(previous, with: scalar) { continue }
      if let target = tables.fold(scalar) {
        for part in target { composer.append(part, to: &composed, tables) }
      } else {
        composer.append(scalar, to: &composed, tables)
      }
    }
    bytes.append(scalars: composed, limit: limit)
  }

  /// й, ў and ї are letters of their alphabets, not letters with a diacritic.
  private static func isLetter(_ base: UInt32, with mark: UInt32) -> Bool {
    switch mark {
    case 0x306: base == 0x438 || base == 0x443
    case 0x308: base == 0x456
    default: false
    }
  }
}

/// Canonical composition, one character after the other.
private struct Composer {
  private var starter = -1
  private var lastClass: UInt32 = 0

  mutating func append(_ scalar: UInt32, to out: inout [UInt32], _ tables: UnicodeTables) {
    if scalar < 0x300 {
      starter = out.count
      lastClass = 0
      out.append(scalar)
      return
    }
    let rank = tables.properties(scalar).combiningClass
    if starter >= 0, out.count - 1 == starter || (lastClass != 0 && lastClass < rank),
      let composite = tables.composite(out[starter], scalar)
    {
      out[starter] = composite
      return
    }
    if rank == 0 { starter = out.count }
    lastClass = rank
    out.append(scalar)
  }
}
