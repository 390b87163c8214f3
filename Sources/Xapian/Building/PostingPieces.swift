// Postings as they lie in the table: for each document what it is further than the one before, and its wdf (or, in the list of lengths, its
// length). A piece is a run of them that can be copied behind another as it is.

/// A run of postings, encoded: the wdf of the first document, then pairs of a distance less one and a wdf.
struct PostingPiece {
  var first: UInt32
  var last: UInt32
  var bytes: UnsafeBufferPointer<UInt8>
}

/// Gathers the pieces of one term after the other into chunks, and writes these to the table.
struct ChunkWriter {
  private let table: TableWriter
  private var term: [UInt8] = []
  /// Documents, and the sum of their wdfs; Xapian has 0 for both in the list of lengths.
  private var totals: (UInt64, UInt64) = (0, 0)
  private var bytes: [UInt8] = []
  private var first: UInt32 = 0
  private var last: UInt32 = 0
  private var isFirstChunk = true
  private var entry: [UInt8] = []
  private var key: [UInt8] = []

  /// Bytes of a chunk, about: what Xapian aims at, too. Four fill a block.
  static let chunkSize = 1980

  init(_ table: TableWriter) { self.table = table }

  /// Begins a term. The pieces that follow are its own, ascending.
  mutating func begin(_ term: [UInt8], documents: UInt64, wdfs: UInt64) {
    self.term = term
    totals = term.isEmpty ? (0, 0) : (documents, wdfs)
    isFirstChunk = true
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func append(_ piece: PostingPiece) throws(XapianError) {
    if !bytes.isEmpty, bytes.count + piece.bytes.count > Self.chunkSize { try write(isLast: false) }
    if bytes.isEmpty { first = piece.first } else { bytes.append(number: UInt64(piece.first - last - 1)) }
    bytes.append(contentsOf: piece.bytes)
    last = piece.last
  }

  mutating func end() throws(XapianError) {
    if !bytes.isEmpty { try write(isLast: true) }
  }

  private mutating func write(isLast: Bool) throws(XapianError) {
    key.removeAll(keepingCapacity: true)
    entry.removeAll(keepingCapacity: true)
    if isFirstChunk {
      GlassKey.append(postingsOf: term, to: &key)
      entry.append(number: totals.0)
      entry.append(number: totals.1)
      entry.append(number: UInt64(first - 1))
    } else {
      GlassKey.append(postingsOf: term, from: first, to: &key)
    }
    entry.append(UInt8(ascii: isLast ? "1" : "0"))
    entry.append(number: UInt64(last - first))
    entry += bytes
    let (table, key) = (table, key)
    try entry.withUnsafeBufferPointer { bytes throws(XapianError) in try table.append(key, bytes) }
    isFirstChunk = false
    bytes.removeAll(keepingCapacity: true)
  }
}

/// What gives terms, ascending, with their postings.
protocol PostingSource {
  /// The term that it stands at; nil at the end. The empty one is the list of lengths.
  var term: [UInt8]? { get }
  /// Documents of that term, and the sum of their wdfs.
  var totals: (documents: UInt64, wdfs: UInt64) { get }
  /// Gives the pieces of the term that it stands at, and goes to the next.
  mutating func take(_ body: (PostingPiece) throws(XapianError) -> Void) throws(XapianError)
}

/// The postings of a table that is there.
struct TablePostings: PostingSource {
  private var table: TableReader
  private(set) var term: [UInt8]?
  private(set) var totals: (documents: UInt64, wdfs: UInt64) = (0, 0)

  /// - Parameter table: stands at the first entry of postings; nil where it has none.
  init(_ table: TableReader?) throws(XapianError) {
    guard let table else {
      self.table = TableReader.empty
      return
    }
    self.table = table
    try begin()
  }

  /// Reads the head of the first chunk, which the table stands at.
  private mutating func begin() throws(XapianError) {
    let (term, _) = try Self.name(table.key)
    self.term = term
    totals = table.value.withUnsafeBufferPointer { bytes in
      var input = GlassCursor(bytes)
      return (input.number(), input.number())
    }
  }

  mutating func take(_ body: (PostingPiece) throws(XapianError) -> Void) throws(XapianError) {
    guard let term else { return }
    var isFirst = true
    var first: UInt32 = 0
    repeat {
      let value = table.value
      if !isFirst { first = try Self.name(table.key).1 ?? 0 }
      try value.withUnsafeBufferPointer { bytes throws(XapianError) in
        var input = GlassCursor(bytes)
        if isFirst {
          _ = input.number()
          _ = input.number()
          first = input.number32() &+ 1
        }
        _ = input.byte()
        let last = first &+ input.number32()
        if input.failed { throw XapianError(kind: .databaseCorrupt, message: "postings cannot be understood") }
        try body(PostingPiece(first: first, last: last, bytes: input.rest))
      }
      isFirst = false
      guard try table.next() else {
        self.term = nil
        return
      }
    } while try isContinued(term)
    try begin()
  }

  private func isContinued(_ term: [UInt8]) throws(XapianError) -> Bool {
    let (name, first) = try Self.name(table.key)
    return first != nil && name == term
  }

  /// The term of a key, and for a later chunk the document that it begins with.
  private static func name(_ key: [UInt8]) throws(XapianError) -> ([UInt8], UInt32?) {
    var term: [UInt8] = []
    var at = 0
    if key.starts(with: GlassKey.lengths) {
      at = 2
    } else {
      while at < key.count {
        let byte = key[at]
        at += 1
        if byte == 0 {
          guard at < key.count, key[at] == 0xFF else { break }
          at += 1
        }
        term.append(byte)
      }
    }
    guard at < key.count else { return (term, nil) }
    let first = key.withUnsafeBufferPointer { bytes in
      var input = GlassCursor(UnsafeBufferPointer(rebasing: bytes[at...]))
      let number = input.sortable()
      return input.failed ? nil : number
    }
    guard let first else { throw XapianError(kind: .databaseCorrupt, message: "a key of postings cannot be understood") }
    return (term, first)
  }
}

/// Writes the postings of several sources, of which each has greater documents than the one before, into one table.
func join(_ sources: inout [any PostingSource], into table: TableWriter) throws(XapianError) {
  var chunks = ChunkWriter(table)
  while true {
    var least: [UInt8]?
    for source in sources {
      guard let term = source.term else { continue }
      if least.map({ TermOrder.isBefore(term, $0) }) ?? true { least = term }
    }
    guard let term = least else { return }
    var documents: UInt64 = 0
    var wdfs: UInt64 = 0
    for source in sources where source.term == term {
      documents += source.totals.documents
      wdfs += source.totals.wdfs
    }
    chunks.begin(term, documents: documents, wdfs: wdfs)
    for index in sources.indices where sources[index].term == term {
      try sources[index].take { piece throws(XapianError) in try chunks.append(piece) }
    }
    try chunks.end()
  }
}
