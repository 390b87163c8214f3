// Looks for any of many phrases in one pass over a text: the first four bytes of every phrase are the key of a small table.

struct PhraseSet: Sendable {
  private var byHead: [UInt32: [[UInt8]]] = [:]
  /// A bit for each value of 12 hashed bits of a head, to skip the dictionary at nearly every byte.
  private var filter = [Bool](repeating: false, count: 4096)

  /// Phrases shorter than four bytes are not looked for.
  init(_ phrases: [String]) {
    for phrase in phrases {
      let bytes = Array(phrase.utf8)
      guard bytes.count >= 4 else { continue }
      let head = bytes[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      byHead[head, default: []].append(bytes)
      filter[Self.slot(head)] = true
    }
  }

  func occurs(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { occurs(in: $0) }
  }

  func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 4 else { return false }
    var head: UInt32 = 0
    for i in 0..<text.count {
      head = head << 8 | UInt32(text[i])
      guard i >= 3, filter[Self.slot(head)], let phrases = byHead[head] else { continue }
      let start = i - 3
      for phrase in phrases where start + phrase.count <= text.count {
        if phrase.indices.allSatisfy({ text[start + $0] == phrase[$0] }) { return true }
      }
    }
    return false
  }

  private static func slot(_ head: UInt32) -> Int {
    Int((head &* 2_654_435_769) >> 20)
  }
}
