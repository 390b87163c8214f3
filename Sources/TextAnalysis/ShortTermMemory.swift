/// The terms of short words, as `FormMemory` has those of all: most words of a text are of a few thousand, and to find one of them here is
/// one look at memory that is near.
struct ShortTermMemory: ~Copyable {
  /// Bytes of the longest words and terms that it takes.
  static let longest = 8

  private struct Entry {
    /// The bytes of the word, the first lowest; 0 for none.
    var word: UInt64
    /// The bytes of its term, likewise; 0 where that is the word.
    var term: UInt64
  }

  private static let bits: UInt64 = 12
  private let entries: UnsafeMutablePointer<Entry>

  init() {
    entries = .allocate(capacity: 1 << Self.bits)
    entries.initialize(repeating: Entry(word: 0, term: 0), count: 1 << Self.bits)
  }

  deinit { entries.deallocate() }

  /// A word or a term as a number.
  /// - Parameter bytes: `longest` of them can be read, however many belong to it.
  @inline(__always)
  static func number(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let all = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    return count >= longest ? all : all & (1 << UInt64(8 * count) - 1)
  }

  /// Puts the term of a word where `out` points, which has room for `longest` bytes, and tells its length; nil for a word that is not here.
  @inline(__always)
  func term(of word: UInt64, into out: UnsafeMutablePointer<UInt8>) -> Int? {
    let entry = entries[Self.slot(word)]
    guard entry.word == word else { return nil }
    UnsafeMutableRawPointer(out).storeBytes(of: entry.term.littleEndian, as: UInt64.self)
    return Self.longest - entry.term.leadingZeroBitCount / 8
  }

  /// Remembers the term of a word in the place of another one.
  @inline(__always)
  func insert(_ word: UInt64, term: UInt64) { entries[Self.slot(word)] = Entry(word: word, term: term) }

  @inline(__always)
  private static func slot(_ word: UInt64) -> Int { Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits)) }
}
