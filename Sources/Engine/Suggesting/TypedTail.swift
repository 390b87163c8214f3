// The words before the one that is being typed, as the index has them.

struct TypedTail: Hashable, Sendable {
  /// By word that the index has: its terms.
  let words: [[[UInt8]]]
  /// How many of the last of these stand right before the word that is being typed, as far as a phrase may take them in; 0 when the last
  /// word typed is not in the index.
  let length: Int

  /// Words before the last that a phrase may take in.
  static let longest = 3

  /// - Parameter before: by word typed, its terms, none for a word that the index has not.
  init(_ before: [[[UInt8]]]) {
    words = before.filter { !$0.isEmpty }
    length = min(Self.longest, before.reversed().prefix { !$0.isEmpty }.count)
  }

  /// The words that may be a phrase with the one that is being typed, in their order.
  var last: ArraySlice<[[UInt8]]> { words.suffix(length) }
}

/// Something for each number of words of a tail, from one on.
struct TailCounts<Value: Sendable>: Sendable {
  private var values: [Value]

  init(repeating value: Value, for tail: TypedTail) { values = Array(repeating: value, count: tail.length) }

  init(_ tail: TypedTail, _ value: (_ length: Int) -> Value) { values = tail.length > 0 ? (1...tail.length).map(value) : [] }

  subscript(length: Int) -> Value {
    get { values[length - 1] }
    set { values[length - 1] = newValue }
  }
}

extension TailCounts<Int> {
  /// Whether there are more behind more words of the tail.
  static func > (a: Self, b: Self) -> Bool {
    for (x, y) in zip(a.values.reversed(), b.values.reversed()) where x != y { return x > y }
    return false
  }

  static func == (a: Self, b: Self) -> Bool { a.values == b.values }

  static func += (a: inout Self, b: Self) { for index in a.values.indices { a.values[index] += b.values[index] } }
}
