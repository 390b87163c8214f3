// A hash that is the same on every run and every machine: ids of articles and comparisons of content stand on it.

/// FNV-1a over 64 bits with a finishing mix (the finalizer of MurmurHash3), so that short inputs spread over all bits.
package struct StableHash: Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      state ^= UInt64(byte)
      state = state &* 0x0000_0100_0000_01b3
    }
    // A separator that is in no UTF-8 text: ("ab", "c") and ("a", "bc") differ.
    state ^= 0xFF
    state = state &* 0x0000_0100_0000_01b3
  }

  package mutating func add(_ text: String?) {
    if let text { add(text.utf8) } else { add([0xFE]) }
  }

  package var value: UInt64 {
    var mixed = state
    mixed ^= mixed >> 33
    mixed = mixed &* 0xff51_afd7_ed55_8ccd
    mixed ^= mixed >> 33
    mixed = mixed &* 0xc4ce_b9fe_1a85_ec53
    mixed ^= mixed >> 33
    return mixed
  }

  /// The hash as 13 letters and digits, without the ones people confuse (Crockford's base 32).
  package var text: String {
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    var rest = value
    var characters: [Character] = []
    for _ in 0..<13 {
      characters.append(alphabet[Int(rest & 31)])
      rest >>= 5
    }
    return String(characters)
  }

  static func text(of bytes: [UInt8]) -> String {
    var hash = StableHash()
    hash.add(bytes)
    return hash.text
  }

  /// The id of an article: stable while its source, its path below the source and its record key stay the same.
  package static func articleID(path: String, key: String?) -> String {
    var hash = StableHash()
    hash.add(path.utf8)
    hash.add(key)
    return hash.text
  }
}
