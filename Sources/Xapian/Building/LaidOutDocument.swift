// A document as the tables have it: what can be worked out of it before it has a number, and so by many threads.
public struct LaidOutDocument: Sendable {
  /// Its terms, ascending, each with its wdf, as the table of term lists has them.
  let terms: [UInt8]
  /// Sum of the digests of its terms.
  public let digest: TermDigest
  /// By slot, ascending.
  private(set) var values: [(slot: UInt32, value: [UInt8])]
  /// Sum of the wdfs.
  let length: UInt32
  let greatestWdf: UInt32

  private static let longestTerm = 245

  /// - Throws: `invalidArgument` for a term that Xapian does not take.
  public init(_ document: Document) throws(XapianError) {
    var sorted = SortedTerms(document)
    if let refused = sorted.refused(longest: Self.longestTerm) {
      throw XapianError(kind: .invalidArgument, message: "a term of \(refused) bytes cannot be indexed: 1 to \(Self.longestTerm) can")
    }
    (terms, length, greatestWdf) = sorted.encoded()
    digest = sorted.digest
    values = []
    var found: [UInt32: [UInt8]] = [:]
    document.forEach(term: { _, _ in }, value: { found[$0] = Array($1) })
    for (slot, value) in found.sorted(by: { $0.key < $1.key }) where !value.isEmpty { values.append((slot, value)) }
  }

  /// Sets the value of a slot that has none.
  public mutating func setValue(slot: UInt32, _ value: [UInt8]) {
    guard !value.isEmpty else { return }
    let index = values.firstIndex { $0.slot > slot } ?? values.count
    values.insert((slot, value), at: index)
  }

  /// Reads the terms of a list.
  static func forEachTerm(_ terms: [UInt8], _ body: (UnsafeBufferPointer<UInt8>, UInt32) -> Void) {
    terms.withUnsafeBufferPointer { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { term in
        guard let name = term.baseAddress else { return }
        var input = GlassCursor(bytes)
        if input.isAtEnd { return }
        _ = input.number()
        _ = input.number()
        var length = 0
        var isFirst = true
        while !input.isAtEnd, !input.failed {
          var reused = isFirst ? 0 : Int(input.byte())
          var wdf: UInt32?
          if reused > length {
            wdf = UInt32(reused / (length + 1) - 1)
            reused %= length + 1
          }
          let own = input.bytes(Int(input.byte()))
          guard reused + own.count <= 256 else { return }
          if let base = own.baseAddress { (name + reused).update(from: base, count: own.count) }
          length = reused + own.count
          body(UnsafeBufferPointer(start: name, count: length), wdf ?? input.number32())
          isFirst = false
        }
      }
    }
  }
}

/// The terms of a document in their order, each once.
private struct SortedTerms {
  private struct Entry {
    let head: UInt64
    private let first: UInt32
    private let length: UInt32
    var wdf: UInt32

    init(_ term: UnsafeBufferPointer<UInt8>, at start: Int, wdf: UInt32) {
      head = TermOrder.head(term)
      first = UInt32(truncatingIfNeeded: start)
      length = UInt32(truncatingIfNeeded: term.count)
      self.wdf = wdf
    }

    var start: Int { Int(first) }
    var count: Int { Int(length) }

    func term(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(rebasing: bytes[start..<start + count])
    }
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  init(_ document: Document) {
    bytes.reserveCapacity(document.byteCount)
    document.forEachWeightedTerm { term, wdf in
      entries.append(Entry(term, at: bytes.count, wdf: wdf))
      bytes.append(contentsOf: term)
    }
    sort()
  }

  /// Sorts by the heads alone, which is quick, and then by the rest the few that are not in their order yet.
  private mutating func sort() {
    entries.sort { $0.head < $1.head }
    bytes.withUnsafeBufferPointer { bytes in
      for index in entries.indices.dropFirst() where entries[index].head == entries[index - 1].head {
        let entry = entries[index]
        var place = index
        while place > 0, Self.isBefore(entry, entries[place - 1], bytes) {
          entries[place] = entries[place - 1]
          place -= 1
        }
        entries[place] = entry
      }
    }
  }

  private static func isBefore(_ left: Entry, _ right: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    TermOrder.isBefore((left.head, left.term(bytes)), (right.head, right.term(bytes)))
  }

  /// Bytes of a term that Xapian does not take, a NUL counting as two; nil where there is none.
  func refused(longest: Int) -> Int? {
    let taken = bytes.withUnsafeBufferPointer { bytes in
      entries.first { entry in
        if entry.count == 0 || entry.count > longest { return true }
        return entry.count * 2 > longest && entry.count + entry.term(bytes).count { $0 == 0 } > longest
      }
    }
    return taken?.count
  }

  /// To be asked for when the terms are joined.
  var digest: TermDigest {
    bytes.withUnsafeBufferPointer { bytes in
      entries.reduce(into: TermDigest()) { digest, entry in digest.add(entry.term(bytes), wdf: entry.wdf) }
    }
  }

  /// Joins the terms.
  /// - Returns: the list as Xapian writes it, the sum of the wdfs and the greatest.
  mutating func encoded() -> ([UInt8], UInt32, UInt32) {
    join()
    guard !entries.isEmpty else { return ([], 0, 0) }
    let length = entries.reduce(UInt32(0)) { $0 &+ $1.wdf }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 2 * entries.count)
    out.append(number: UInt64(length))
    out.append(number: UInt64(entries.count))
    var last: Entry?
    bytes.withUnsafeBufferPointer { bytes in
      for entry in entries {
        var reused = 0
        if let last {
          while reused < min(last.count, entry.count), bytes[last.start + reused] == bytes[entry.start + reused] { reused += 1 }
          // A small wdf and the number of bytes that both have go into one byte.
          let packed = (Int(min(entry.wdf, 255)) + 1) * (last.count + 1) + reused
          out.append(UInt8(packed < 256 ? packed : reused))
          Self.append(entry, bytes, from: reused, &out)
          if packed >= 256 { out.append(number: UInt64(entry.wdf)) }
        } else {
          Self.append(entry, bytes, from: 0, &out)
          out.append(number: UInt64(entry.wdf))
        }
        last = entry
      }
    }
    return (out, length, entries.reduce(0) { max($0, $1.wdf) })
  }

  private static func append(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>, from: Int, _ out: inout [UInt8]) {
    out.append(UInt8(entry.count - from))
    out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[(entry.start + from)..<(entry.start + entry.count)]))
  }

  /// Makes one of those that are the same: their wdfs add up.
  private mutating func join() {
    bytes.withUnsafeBufferPointer { bytes in
      var kept = 0
      for index in entries.indices {
        if kept > 0, !Self.isBefore(entries[kept - 1], entries[index], bytes) {
          entries[kept - 1].wdf &+= entries[index].wdf
        } else {
          entries[kept] = entries[index]
          kept += 1
        }
      }
      entries.removeLast(entries.count - kept)
    }
  }
}
