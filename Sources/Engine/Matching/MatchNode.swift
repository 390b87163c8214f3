// The parts of a query as they are matched in memory, one kind of operator each.

/// A part of a query. Windows are asked for in ascending order.
class MatchNode {
  /// Least document, not before this one, that may match; `MatchNode.end` when there is none.
  func next(from document: UInt32) -> UInt32 { Self.end }

  /// Adds what matches in the window that begins at `base`, and its scores.
  func add(_ base: UInt32, to window: MatchWindow) {}

  /// So many documents match at the most: operands that match few are looked at first.
  var size: Int { 0 }

  /// Keeps what this node matches of a window that begins at `base`, and adds its scores; `scratch` is overwritten.
  func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    fill(base, scratch)
    window.intersect(scratch)
  }

  /// Everything that matches, with the scores if there are any, where that can be told without going through windows.
  func allAtOnce() -> (documents: [UInt32], scores: [Float])? { nil }

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
  /// A weight, and what damps it by document.
  typealias Weighing = (weight: TermWeight, damping: LengthDamping)

  private let list: PostingList
  /// Nil when only matching is asked for.
  private let weighing: Weighing?
  private var cursor = DocumentCursor()

  init(_ list: PostingList, _ weighing: Weighing?) {
    self.list = list
    self.weighing = weighing
  }

  override var size: Int { list.documents.count }
  override func next(from document: UInt32) -> UInt32 { cursor.seek(document, list.documents) }

  override func add(_ base: UInt32, to window: MatchWindow) {
    _ = cursor.seek(base, list.documents)
    let start = cursor.index
    list.documents.withUnsafeBufferPointer { documents in
      guard let (weight, damping) = weighing else {
        var index = start
        while index < documents.count, documents[index] &- base < MatchWindow.size {
          window.set(Int(documents[index] &- base))
          index += 1
        }
        return
      }
      list.wdfs.withUnsafeBufferPointer { wdfs in
        damping.values.withUnsafeBufferPointer { damping in
          var index = start
          while index < documents.count {
            let document = documents[index]
            let place = document &- base
            guard place < MatchWindow.size else { break }
            window.set(Int(place))
            window.scores[Int(place)] += Double(weight.score(wdf: Float(wdfs[index]), damping: damping[Int(document)]))
            index += 1
          }
        }
      }
    }
  }

  /// A window with few matches left is looked up match by match.
  override func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    guard window.count * Self.sparse < list.documents.count / max(1, Int(list.documents.last ?? 0) / MatchWindow.size) else {
      return super.narrow(window, base, scratch)
    }
    for word in 0..<MatchWindow.words where window.bits[word] != 0 {
      var left = window.bits[word]
      while left != 0 {
        let place = word * 64 + left.trailingZeroBitCount
        left &= left - 1
        let document = base + UInt32(place)
        if cursor.seek(document, list.documents) != document {
          window.unset(place)
        } else if let (weight, damping) = weighing {
          window.scores[place] += Double(weight.score(wdf: Float(list.wdfs[cursor.index]), damping: damping.values[Int(document)]))
        }
      }
    }
  }

  /// Looking a document up costs as much as going past so many.
  private static let sparse = 6

  override func allAtOnce() -> (documents: [UInt32], scores: [Float])? {
    guard let (weight, damping) = weighing else { return (list.documents, []) }
    let count = list.documents.count
    let scores = [Float](unsafeUninitializedCapacity: count) { scores, initialized in
      list.documents.withUnsafeBufferPointer { documents in
        list.wdfs.withUnsafeBufferPointer { wdfs in
          damping.values.withUnsafeBufferPointer { damping in
            for index in 0..<count {
              scores[index] = weight.score(wdf: Float(wdfs[index]), damping: damping[Int(documents[index])])
            }
          }
        }
      }
      initialized = count
    }
    return (list.documents, scores)
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
    let start = cursor.index
    documents.withUnsafeBufferPointer { documents in
      weights.withUnsafeBufferPointer { weights in
        var index = start
        while index < documents.count, documents[index] &- base < MatchWindow.size {
          let place = Int(documents[index] &- base)
          window.set(place)
          if !weights.isEmpty { window.scores[place] += Double(weights[index]) }
          index += 1
        }
      }
    }
  }

  override func allAtOnce() -> (documents: [UInt32], scores: [Float])? { weights.isEmpty ? nil : (documents, weights) }
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
      window.set(place)
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
      part.narrow(own, base, other)
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

/// The first part, where the documents are among some.
final class MaskedNode: MatchNode {
  private let main: MatchNode
  private let mask: DocumentBits
  private let own = MatchWindow()

  init(_ main: MatchNode, _ mask: DocumentBits) {
    self.main = main
    self.mask = mask
  }

  override var size: Int { main.size }

  override func next(from document: UInt32) -> UInt32 {
    var wanted = document
    while true {
      let next = main.next(from: wanted)
      if next == Self.end || hasAny(MatchWindow.base(of: next)) { return next }
      wanted = MatchWindow.base(of: next) + UInt32(MatchWindow.size)
    }
  }

  private func hasAny(_ base: UInt32) -> Bool {
    let words = mask.words.dropFirst(Int(base) / 64).prefix(MatchWindow.words)
    return words.contains { $0 != 0 }
  }

  override func add(_ base: UInt32, to window: MatchWindow) {
    main.fill(base, own)
    mask.words.withUnsafeBufferPointer { own.keep($0.dropFirst(Int(base) / 64)) }
    window.unite(own)
  }
}

/// Any of some terms, weighed as if they were one.
final class SynonymNode: MatchNode {
  private let lists: [PostingList]
  private let weighing: TermNode.Weighing
  private let lengths: DocumentLengths
  private var cursors: [DocumentCursor]
  private var wdfs = [UInt32](repeating: 0, count: MatchWindow.size)
  private let own = MatchWindow()

  init(_ lists: [PostingList], _ weighing: TermNode.Weighing, _ lengths: DocumentLengths) {
    self.lists = lists
    self.weighing = weighing
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
    for (list, cursor) in zip(lists, cursors) {
      list.documents.withUnsafeBufferPointer { documents in
        var index = cursor.index
        while index < documents.count, documents[index] &- base < MatchWindow.size {
          let place = Int(documents[index] &- base)
          own.set(place)
          wdfs[place] += UInt32(list.wdfs[index])
          index += 1
        }
      }
    }
    let (weight, damping) = weighing
    own.forEach { place in
      let document = Int(base) + place
      // A word that stands for several has no more occurrences than the document words.
      let wdf = min(wdfs[place], lengths.lengths[document])
      own.scores[place] = Double(weight.score(wdf: Float(wdf), damping: damping.values[document]))
      wdfs[place] = 0
    }
    window.unite(own)
  }
}
