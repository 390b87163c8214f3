// The parts of a query as they are matched in memory, one kind of operator each.

/// A part of a query. Windows are asked for in ascending order.
class MatchNode {
  /// Least document, not before this one, that may match; `MatchNode.end` when there is none.
  func next(from document: UInt32) -> UInt32 { Self.end }

  /// Adds what matches in the window that begins at `base`, and its scores.
  func add(_ base: UInt32, to window: MatchWindow) {}

  /// About how many documents match: operands that match few are looked at first.
  var size: Int { 0 }

  static let end = UInt32.max

  /// The matches of this node alone, in a window of the caller's.
  final func fill(_ base: UInt32, _ window: MatchWindow) {
    window.clear()
    if MatchWindow.base(of: next(from: base)) == base { add(base, to: window) }
  }
}

/// A cursor over ascending documents.
struct DocumentCursor {
  private(set) var index = 0

  /// Moves to the first document that is not before one; strides double, so that a long way costs its logarithm.
  @inline(__always)
  mutating func seek(_ document: UInt32, _ documents: [UInt32]) -> UInt32 {
    documents.withUnsafeBufferPointer { documents in
      guard index < documents.count else { return MatchNode.end }
      if documents[index] >= document { return documents[index] }
      var stride = 1
      var low = index
      while low + stride < documents.count, documents[low + stride] < document {
        low += stride
        stride *= 2
      }
      var high = min(low + stride, documents.count)
      low += 1
      while low < high {
        let middle = low + (high - low) / 2
        if documents[middle] < document { low = middle + 1 } else { high = middle }
      }
      index = low
      return low < documents.count ? documents[low] : MatchNode.end
    }
  }
}

final class TermNode: MatchNode {
  private let list: PostingList
  /// Nil when only matching is asked for.
  private let weight: TermWeight?
  private let lengths: DocumentLengths
  private var cursor = DocumentCursor()

  init(_ list: PostingList, _ weight: TermWeight?, _ lengths: DocumentLengths) {
    self.list = list
    self.weight = weight
    self.lengths = lengths
  }

  override var size: Int { list.documents.count }
  override func next(from document: UInt32) -> UInt32 { cursor.seek(document, list.documents) }

  override func add(_ base: UInt32, to window: MatchWindow) {
    _ = cursor.seek(base, list.documents)
    let end = UInt64(base) + UInt64(MatchWindow.size)
    list.documents.withUnsafeBufferPointer { documents in
      var index = cursor.index
      guard let weight else {
        while index < documents.count, documents[index] < end {
          let place = Int(documents[index] &- base)
          window.bits[place >> 6] |= 1 << UInt64(place & 63)
          index += 1
        }
        return
      }
      list.wdfs.withUnsafeBufferPointer { wdfs in
        lengths.lengths.withUnsafeBufferPointer { lengths in
          while index < documents.count, documents[index] < end {
            let document = documents[index]
            let place = Int(document &- base)
            window.bits[place >> 6] |= 1 << UInt64(place & 63)
            window.scores[place] += weight.score(wdf: Double(wdfs[index]), length: lengths[Int(document)])
            index += 1
          }
        }
      }
    }
  }
}

/// Documents that were found in another way, with their weights where they have any.
final class FoundNode: MatchNode {
  private let documents: [UInt32]
  private let weights: [Float]
  private var cursor = DocumentCursor()

  init(_ documents: [UInt32], _ weights: [Float]) {
    self.documents = documents
    self.weights = weights
  }

  override var size: Int { documents.count }
  override func next(from document: UInt32) -> UInt32 { cursor.seek(document, documents) }

  override func add(_ base: UInt32, to window: MatchWindow) {
    _ = cursor.seek(base, documents)
    let end = UInt64(base) + UInt64(MatchWindow.size)
    var index = cursor.index
    while index < documents.count, documents[index] < end {
      let place = Int(documents[index] &- base)
      window.bits[place >> 6] |= 1 << UInt64(place & 63)
      if !weights.isEmpty { window.scores[place] += Double(weights[index]) }
      index += 1
    }
  }
}

/// Every document.
final class EveryNode: MatchNode {
  private let lengths: DocumentLengths

  init(_ lengths: DocumentLengths) { self.lengths = lengths }

  override var size: Int { lengths.count }

  override func next(from document: UInt32) -> UInt32 {
    var document = Int(document)
    while document < lengths.lengths.count {
      if lengths.lengths[document] != DocumentLengths.absent { return UInt32(document) }
      document += 1
    }
    return Self.end
  }

  override func add(_ base: UInt32, to window: MatchWindow) {
    let end = min(Int(base) + MatchWindow.size, lengths.lengths.count)
    guard Int(base) < end else { return }
    for place in 0..<(end - Int(base)) where lengths.lengths[Int(base) + place] != DocumentLengths.absent {
      window.bits[place >> 6] |= 1 << UInt64(place & 63)
    }
  }
}

/// Any of its parts: the scores of those that match add up.
final class OrNode: MatchNode {
  private let parts: [MatchNode]

  init(_ parts: [MatchNode]) { self.parts = parts }

  override var size: Int { parts.reduce(0) { $0 + $1.size } }
  override func next(from document: UInt32) -> UInt32 { parts.reduce(Self.end) { min($0, $1.next(from: document)) } }

  override func add(_ base: UInt32, to window: MatchWindow) {
    for part in parts where MatchWindow.base(of: part.next(from: base)) == base { part.add(base, to: window) }
  }
}

/// Any of its parts: the greatest of their scores counts.
final class MaxNode: MatchNode {
  private let parts: [MatchNode]
  private let own = MatchWindow()
  private let other = MatchWindow()

  init(_ parts: [MatchNode]) { self.parts = parts }

  override var size: Int { parts.reduce(0) { $0 + $1.size } }
  override func next(from document: UInt32) -> UInt32 { parts.reduce(Self.end) { min($0, $1.next(from: document)) } }

  override func add(_ base: UInt32, to window: MatchWindow) {
    own.clear()
    for part in parts where MatchWindow.base(of: part.next(from: base)) == base {
      part.fill(base, other)
      own.uniteGreatest(other)
    }
    window.unite(own)
  }
}

/// All of its parts.
final class AndNode: MatchNode {
  /// Those that match few documents first.
  private let parts: [MatchNode]
  private let own = MatchWindow()
  private let other = MatchWindow()

  init(_ parts: [MatchNode]) { self.parts = parts.sorted { $0.size < $1.size } }

  override var size: Int { parts.first?.size ?? 0 }

  /// Windows in which every part has something.
  override func next(from document: UInt32) -> UInt32 {
    var wanted = document
    while true {
      let start = wanted
      for part in parts {
        let next = part.next(from: wanted)
        if next == Self.end { return Self.end }
        if MatchWindow.base(of: next) > MatchWindow.base(of: wanted) { wanted = MatchWindow.base(of: next) }
      }
      if wanted == start { return wanted }
    }
  }

  override func add(_ base: UInt32, to window: MatchWindow) {
    guard let first = parts.first else { return }
    first.fill(base, own)
    for part in parts.dropFirst() {
      if own.isEmpty { return }
      part.fill(base, other)
      own.intersect(other)
    }
    window.unite(own)
  }
}

/// The first part, with what another one does to it.
final class BesideNode: MatchNode {
  enum Rule {
    /// Documents that the other matches too.
    case filter
    /// Documents that the other does not match.
    case without
    /// All, with the other's scores added where it matches.
    case maybe
  }

  private let main: MatchNode
  private let beside: MatchNode
  private let rule: Rule
  private let own = MatchWindow()
  private let other = MatchWindow()

  init(_ main: MatchNode, _ rule: Rule, _ beside: MatchNode) {
    self.main = main
    self.rule = rule
    self.beside = beside
  }

  override var size: Int { rule == .filter ? min(main.size, beside.size) : main.size }
  override func next(from document: UInt32) -> UInt32 { main.next(from: document) }

  override func add(_ base: UInt32, to window: MatchWindow) {
    main.fill(base, own)
    if own.isEmpty { return }
    beside.fill(base, other)
    switch rule {
    case .filter: own.keep(other, matching: true)
    case .without: own.keep(other, matching: false)
    case .maybe: own.addScores(other)
    }
    window.unite(own)
  }
}

/// Any of some terms, weighed as if they were one.
final class SynonymNode: MatchNode {
  private let lists: [PostingList]
  private let weight: TermWeight
  private let lengths: DocumentLengths
  private var cursors: [DocumentCursor]
  private var wdfs = [UInt32](repeating: 0, count: MatchWindow.size)
  private let own = MatchWindow()

  init(_ lists: [PostingList], _ weight: TermWeight, _ lengths: DocumentLengths) {
    self.lists = lists
    self.weight = weight
    self.lengths = lengths
    cursors = lists.map { _ in DocumentCursor() }
  }

  override var size: Int { lists.reduce(0) { $0 + $1.documents.count } }

  override func next(from document: UInt32) -> UInt32 {
    var next = Self.end
    for index in lists.indices { next = min(next, cursors[index].seek(document, lists[index].documents)) }
    return next
  }

  override func add(_ base: UInt32, to window: MatchWindow) {
    own.clear()
    let end = UInt64(base) + UInt64(MatchWindow.size)
    for (list, cursor) in zip(lists, cursors) {
      var index = cursor.index
      while index < list.documents.count, list.documents[index] < end {
        let place = Int(list.documents[index] &- base)
        own.bits[place >> 6] |= 1 << UInt64(place & 63)
        wdfs[place] += UInt32(list.wdfs[index])
        index += 1
      }
    }
    lengths.lengths.withUnsafeBufferPointer { lengths in
      own.forEach { place in
        let length = lengths[Int(base) + place]
        own.scores[place] = weight.score(wdf: Double(min(wdfs[place], length)), length: length)
        wdfs[place] = 0
      }
    }
    window.unite(own)
  }
}
