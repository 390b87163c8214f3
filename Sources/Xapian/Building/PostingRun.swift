// The postings of some thousands of documents: gathered in the order of the documents, turned by a counting sort into that of the terms, and
// put on the disk until they are joined with others. Xapian's own inverter keeps a tree of terms with a tree of documents each, at two
// microseconds a posting.

/// Gathers postings.
struct PostingCollector {
  private var terms = TermNumbers()
  /// By posting: number of the term and wdf.
  private var termNumbers: [UInt32] = []
  private var wdfs: [UInt32] = []
  /// By document.
  private var documents: [UInt32] = []
  private var lengths: [UInt32] = []
  /// By document: where its postings end.
  private var ends: [Int] = []
  /// By term: its postings, and the sum of their wdfs.
  private var counts: [UInt32] = []
  private var sums: [UInt64] = []

  /// Postings of one run: some 100 MB while they are turned round.
  static let mostPostings = 5_000_000

  var isEmpty: Bool { documents.isEmpty }
  var isFull: Bool { termNumbers.count >= Self.mostPostings }

  /// Adds a document, of a number greater than those before.
  mutating func add(_ document: UInt32, _ laidOut: LaidOutDocument) {
    LaidOutDocument.forEachTerm(laidOut.terms) { term, wdf in
      let number = terms.number(of: term)
      if number == counts.count {
        counts.append(0)
        sums.append(0)
      }
      counts[number] += 1
      sums[number] += UInt64(wdf)
      termNumbers.append(UInt32(number))
      wdfs.append(wdf)
    }
    documents.append(document)
    lengths.append(laidOut.length)
    ends.append(termNumbers.count)
  }

  /// Writes the run to a file, and forgets it.
  mutating func write(to file: GlassFile) throws(XapianError) {
    var starts: [Int] = []
    starts.reserveCapacity(counts.count + 1)
    var next = 0
    for count in counts {
      starts.append(next)
      next += Int(count)
    }
    var byTerm = [(document: UInt32, wdf: UInt32)](repeating: (0, 0), count: next)
    var cursors = starts
    var posting = 0
    for (index, document) in documents.enumerated() {
      while posting < ends[index] {
        let term = Int(termNumbers[posting])
        byTerm[cursors[term]] = (document, wdfs[posting])
        cursors[term] += 1
        posting += 1
      }
    }
    var out = RunWriter(file)
    try out.write(term: UnsafeBufferPointer(start: nil, count: 0), sum: 0, zip(documents, lengths).map { ($0, $1) }[...])
    for term in terms.sorted() {
      let postings = byTerm[starts[term]..<(starts[term] + Int(counts[term]))]
      try terms.withTerm(term) { name in Result { () throws(XapianError) in try out.write(term: name, sum: sums[term], postings) } }.get()
    }
    try out.end()
    removeAll()
  }

  private mutating func removeAll() {
    terms.removeAll()
    termNumbers.removeAll(keepingCapacity: true)
    wdfs.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
  }
}

/// Writes terms with their postings: the length of the name plus one, and the name; how many documents, and the sum of the wdfs; the pieces,
/// each with its first document plus one, how much greater its last is, and how many bytes it has; 0 behind the last.
private struct RunWriter {
  private let file: GlassFile
  private var offset = 0
  private var bytes: [UInt8] = []
  private var piece: [UInt8] = []

  private static let bufferSize = 1 << 20
  /// Bytes of a piece, about: small ones fill chunks better.
  private static let pieceSize = 300

  init(_ file: GlassFile) { self.file = file }

  mutating func write(
    term: UnsafeBufferPointer<UInt8>, sum: UInt64, _ postings: ArraySlice<(document: UInt32, wdf: UInt32)>
  ) throws(XapianError) {
    bytes.append(number: UInt64(term.count) + 1)
    bytes.append(contentsOf: term)
    bytes.append(number: UInt64(postings.count))
    bytes.append(number: sum)
    var first: UInt32 = 0
    var last: UInt32 = 0
    piece.removeAll(keepingCapacity: true)
    for (document, wdf) in postings {
      if piece.count > Self.pieceSize { flush(first, last) }
      if piece.isEmpty { first = document } else { piece.append(number: UInt64(document - last - 1)) }
      piece.append(number: UInt64(wdf))
      last = document
    }
    if !piece.isEmpty { flush(first, last) }
    bytes.append(0)
    if bytes.count > Self.bufferSize { try write() }
  }

  private mutating func flush(_ first: UInt32, _ last: UInt32) {
    bytes.append(number: UInt64(first) + 1)
    bytes.append(number: UInt64(last - first))
    bytes.append(number: UInt64(piece.count))
    bytes += piece
    piece.removeAll(keepingCapacity: true)
  }

  private mutating func write() throws(XapianError) {
    try file.write(bytes, at: offset)
    offset += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes what is left, and that no more terms come.
  mutating func end() throws(XapianError) {
    bytes.append(0)
    try write()
  }
}

/// Reads a run back.
struct RunPostings: PostingSource {
  private let file: GlassFile
  /// A stretch of the file, and how much of it was read.
  private var bytes: [UInt8] = []
  private var at = 0
  private var offset = 0
  private(set) var term: [UInt8]?
  private(set) var totals: (documents: UInt64, wdfs: UInt64) = (0, 0)

  private static let bufferSize = 256 << 10
  /// More than any name or piece has with all that goes with it.
  private static let longest = 4096

  init(_ file: GlassFile) throws(XapianError) {
    self.file = file
    try begin()
  }

  /// Makes sure that the next name or piece lies in the buffer as a whole.
  private mutating func fill() throws(XapianError) {
    guard bytes.count - at < Self.longest else { return }
    bytes.removeFirst(at)
    at = 0
    let more = try file.read(Self.bufferSize, at: offset)
    offset += more.count
    bytes += more
  }

  private mutating func begin() throws(XapianError) {
    try fill()
    let found: ([UInt8], UInt64, UInt64, Int)? = bytes.withUnsafeBufferPointer { bytes in
      var input = GlassCursor(UnsafeBufferPointer(rebasing: bytes[at...]))
      let length = Int(clamping: input.number())
      guard length > 0 else { return nil }
      return (Array(input.bytes(length - 1)), input.number(), input.number(), input.at)
    }
    term = found?.0
    totals = (found?.1 ?? 0, found?.2 ?? 0)
    at += found?.3 ?? 0
  }

  mutating func take(_ body: (PostingPiece) throws(XapianError) -> Void) throws(XapianError) {
    guard term != nil else { return }
    while true {
      try fill()
      let start = at
      let read = try bytes.withUnsafeBufferPointer { bytes throws(XapianError) -> (Int, Bool) in
        var input = GlassCursor(UnsafeBufferPointer(rebasing: bytes[start...]))
        let first = input.number()
        guard first > 0 else { return (input.at, false) }
        let last = first - 1 + input.number()
        let piece = input.string()
        if input.failed { throw XapianError(kind: .databaseCorrupt, message: "a run of postings cannot be read back") }
        try body(PostingPiece(first: UInt32(first - 1), last: UInt32(last), bytes: piece))
        return (input.at, true)
      }
      at += read.0
      if !read.1 { break }
    }
    try begin()
  }
}
