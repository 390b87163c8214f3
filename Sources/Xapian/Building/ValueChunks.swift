// The values of one slot, as the table of postings has them: in pieces, and apart from these what is known of all.

/// The values of a slot that were added, and what is known of them and of those that the database has.
struct ValueChunks {
  private(set) var chunks: [(first: UInt32, bytes: [UInt8])] = []
  private var last: UInt32 = 0
  private var count: UInt64 = 0
  private var least: [UInt8] = []
  private var greatest: [UInt8] = []

  private static let chunkSize = 2000

  init() {}

  init(statistics: [UInt8]) {
    (count, least, greatest) = statistics.withUnsafeBufferPointer { bytes in
      var input = GlassCursor(bytes)
      let count = input.number()
      let least = Array(input.string())
      return (count, least, input.isAtEnd ? least : Array(input.rest))
    }
  }

  /// How many values there are, and the least and the greatest of them.
  var statistics: [UInt8] {
    guard count > 0 else { return [] }
    var out: [UInt8] = []
    out.append(number: count)
    out.append(string: least)
    if greatest != least { out += greatest }
    return out
  }

  mutating func add(_ document: UInt32, _ value: [UInt8]) {
    if count == 0 || value.lexicographicallyPrecedes(least) { least = value }
    if count == 0 || greatest.lexicographicallyPrecedes(value) { greatest = value }
    count += 1
    if let count = chunks.last?.bytes.count, count < Self.chunkSize {
      chunks[chunks.count - 1].bytes.append(number: UInt64(document - last - 1))
    } else {
      chunks.append((document, []))
    }
    chunks[chunks.count - 1].bytes.append(string: value)
    last = document
  }

  mutating func forgetChunks() { chunks = [] }
}
