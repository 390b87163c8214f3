// Texts of several words - titles, names - by the beginning of each of their words: `corr` finds "What is the Zangezur corridor?".
import Glibc

struct StartList: Sendable {
  /// A word of a text, and what the text is from there on.
  struct Start: Sendable {
    var text: UInt32
    /// Where the word begins in `bytes`.
    var offset: UInt32
  }

  /// The keys of all texts, one behind the other.
  private var bytes: [UInt8] = []
  private var textStarts: [UInt32] = [0]
  /// In the order of what follows.
  private var starts: [Start] = []

  /// Longest key of a text, in bytes; what stands behind is not compared.
  static let longest = 96

  var memory: Int { bytes.capacity + 4 * textStarts.capacity + 8 * starts.capacity }

  /// - Parameter keys: phrase keys of the texts, which are numbered in this order.
  init(_ keys: some Sequence<[UInt8]>) {
    var unsorted: [(head: UInt64, start: Start)] = []
    for (text, key) in keys.enumerated() {
      let base = bytes.count
      let kept = key.prefix(Self.longest)
      bytes.append(contentsOf: kept)
      textStarts.append(UInt32(truncatingIfNeeded: bytes.count))
      for start in PhraseKey.wordStarts(kept) {
        var head: UInt64 = 0
        for place in start..<(start + 8) { head = head << 8 | UInt64(place < kept.count ? kept[kept.startIndex + place] : 0) }
        unsorted.append(
          (head, Start(text: UInt32(truncatingIfNeeded: text), offset: UInt32(truncatingIfNeeded: base + start))))
      }
    }
    let ends = textStarts
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      unsorted.sort { a, b in
        if a.head != b.head { return a.head < b.head }
        let (left, right) = (Int(a.start.offset), Int(b.start.offset))
        let (leftCount, rightCount) = (Int(ends[Int(a.start.text) + 1]) - left, Int(ends[Int(b.start.text) + 1]) - right)
        let order = memcmp(base + left, base + right, min(leftCount, rightCount))
        return order != 0 ? order < 0 : (leftCount, left) < (rightCount, right)
      }
    }
    starts = unsorted.map(\.start)
  }

  var count: Int { textStarts.count - 1 }

  func key(_ text: Int) -> ArraySlice<UInt8> { bytes[Int(textStarts[text])..<Int(textStarts[text + 1])] }

  private func rest(_ start: Start) -> ArraySlice<UInt8> {
    bytes[Int(start.offset)..<Int(textStarts[Int(start.text) + 1])]
  }

  /// Gives the texts of which a word and what follows begins with a key to `body`, with whether that word is the first; a text may come
  /// several times.
  /// - Parameter limit: texts looked at.
  func forEachText(with prefix: [UInt8], limit: Int, _ body: (_ text: Int, _ isFirst: Bool) -> Void) {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if rest(starts[middle]).lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
    }
    var seen = 0
    while low < starts.count, seen < limit, rest(starts[low]).starts(with: prefix) {
      let start = starts[low]
      body(Int(start.text), start.offset == textStarts[Int(start.text)])
      low += 1
      seen += 1
    }
  }
}
