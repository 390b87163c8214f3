// Runs a query over decoded posting lists. Xapian stays the truth: what is not understood here (values, other schemes) is a part of the
// query that Xapian matches, and the tests hold the two to the same documents and weights.
import Xapian

struct MemoryMatcher {
  let postings: PostingReader
  let weighting: WeightingScheme
  let wantWeights: Bool
  /// CLOCK_MONOTONIC, nanoseconds.
  let deadline: UInt64?

  /// Every match of a query, ascending by document.
  /// - Parameter mask: only matches among these; nil for all.
  func matches(_ query: Query, among mask: DocumentBits? = nil) throws(XapianError) -> Matches {
    let (root, lengths, timedOut) = try root(of: query, among: mask)
    return matches(of: root, lengths, timedOut)
  }

  /// Every match of a query; of one that much matches only the best, and which documents match.
  /// - Parameter count: of the best that are wanted; documents that weigh as much as the last of them come, too.
  func best(_ count: Int, of query: Query, among mask: DocumentBits? = nil) throws(XapianError) -> (Matches, all: DocumentBits?) {
    let (root, lengths, timedOut) = try root(of: query, among: mask)
    guard wantWeights, !timedOut, root.size >= postings.cache.leastPruned, let blocks = root.blocks else {
      return (matches(of: root, lengths, timedOut), nil)
    }
    let best = BestMatches(count, of: blocks, rows: lengths.lengths.count, deadline: deadline)
    return (best.matches, best.all)
  }

  private func root(
    of query: Query, among mask: DocumentBits?
  ) throws(XapianError) -> (root: MatchNode, lengths: DocumentLengths, timedOut: Bool) {
    var timedOut = false
    let lengths = try postings.lengths()
    let root = try node(query, 1, wantWeights, lengths, &timedOut)
    return (mask.map { MaskedNode(root, $0) } ?? root, lengths, timedOut)
  }

  private func matches(of root: MatchNode, _ lengths: DocumentLengths, _ timedOut: Bool) -> Matches {
    if let (documents, scores) = root.allAtOnce(), wantWeights == !scores.isEmpty {
      return Matches(documents: documents, weights: scores, timedOut: timedOut)
    }
    let runs = runs(of: root, lengths)
    var all = runs.first?.matches ?? Matches()
    for run in runs.dropFirst() {
      all.documents += run.matches.documents
      all.weights += run.matches.weights
    }
    all.timedOut = timedOut || runs.contains { $0.matches.timedOut }
    return all
  }

  // MARK: Going through the documents

  /// Matches of a node among documents that follow each other.
  private struct Run: @unchecked Sendable {
    /// Gone through by one thread, from the beginning to the end. That is what makes a run sendable.
    let node: MatchNode
    let documents: Range<UInt32>
    var matches = Matches()

    /// The run with its matches.
    func gone(wantWeights: Bool, _ deadline: UInt64?) -> Run {
      var run = self
      var timedOut = false
      var weights: [Float] = []
      let room = min(node.size, documents.count)
      run.matches.documents = [UInt32](unsafeUninitializedCapacity: room) { found, count in
        weights = [Float](unsafeUninitializedCapacity: wantWeights ? room : 0) { weights, weighed in
          MemoryMatcher.forEachWindow(of: node, among: documents) { base, window in
            if let deadline, Clock.now >= deadline {
              timedOut = true
              return false
            }
            window.forEach { place in
              found[count] = base + UInt32(truncatingIfNeeded: place)
              if wantWeights { weights[count] = Float(window.scores[place]) }
              count += 1
            }
            return true
          }
          weighed = wantWeights ? count : 0
        }
      }
      run.matches.weights = weights
      run.matches.timedOut = timedOut
      return run
    }
  }

  /// Runs are begun by whoever is ready first: several a core even out what lies between them.
  private static let runsToShare: UInt32 = 4

  /// The matches of a node, in runs one behind the other.
  private func runs(of root: MatchNode, _ lengths: DocumentLengths) -> [Run] {
    let rows = UInt32(clamping: lengths.lengths.count)
    let (wantWeights, deadline) = (wantWeights, deadline)
    guard let cores = postings.cores, cores.areWorth(root.size) else {
      return [Run(node: root, documents: 0..<rows).gone(wantWeights: wantWeights, deadline)]
    }
    let step = MatchWindow.base(of: rows / Self.runsToShare) + UInt32(MatchWindow.size)
    let runs = stride(from: 0, to: rows, by: Int(step)).map { first in
      Run(node: first == 0 ? root : root.copy(), documents: first..<min(rows, first + step))
    }
    return cores.begin(runs.count) { runs[$0].gone(wantWeights: wantWeights, deadline) }.parts()
  }

  /// Everything that a part of the query matches.
  private static func documents(of node: MatchNode) -> [UInt32] {
    var documents: [UInt32] = []
    forEachWindow(of: node, among: 0..<UInt32.max) { base, window in
      window.forEach { documents.append(base + UInt32($0)) }
      return true
    }
    return documents
  }

  /// Calls with each window in which a node matches something, until the body says so.
  /// - Parameter range: begins and ends where windows do.
  private static func forEachWindow(of node: MatchNode, among range: Range<UInt32>, _ body: (UInt32, MatchWindow) -> Bool) {
    let window = MatchWindow()
    var document = node.next(from: range.lowerBound)
    while document < range.upperBound {
      let base = MatchWindow.base(of: document)
      node.fill(base, window)
      guard body(base, window), base <= UInt32.max - UInt32(2 * MatchWindow.size) else { return }
      document = node.next(from: base + UInt32(MatchWindow.size))
    }
  }

  // MARK: From a query to its nodes

  /// - Parameters:
  ///   - factor: of the weights.
  ///   - weighed: whether scores are wanted of this part.
  private func node(
    _ query: Query, _ factor: Double, _ weighed: Bool, _ lengths: DocumentLengths, _ timedOut: inout Bool
  ) throws(XapianError) -> MatchNode {
    switch query {
    case .none: return OrNode([])
    case .all: return EveryNode(lengths)
    case .term(let term, _) where term.isEmpty: return EveryNode(lengths)
    case .term(let term, let occurrences):
      guard let list = try postings.list(of: term) else { break }
      guard weighed, factor > 0 else { return TermNode(list, nil) }
      guard let weighing = weighing(frequency: list.frequency, occurrences: occurrences, factor: factor, lengths) else { break }
      return TermNode(list, weighing)
    case .scale(let inner, let own): return try node(inner, factor * own, weighed, lengths, &timedOut)
    case .or(let parts): return OrNode(try nodes(parts, factor, weighed, lengths, &timedOut))
    case .max:
      guard case .max(let parts) = Self.plain(query) else { return try node(Self.plain(query), factor, weighed, lengths, &timedOut) }
      let nodes = try nodes(Self.alternatives(parts), factor, weighed, lengths, &timedOut)
      return weighed ? MaxNode(nodes) : OrNode(nodes)
    case .and(let parts) where !parts.isEmpty: return AndNode(try nodes(parts, factor, weighed, lengths, &timedOut))
    case .andNot(let main, let beside):
      return BesideNode(
        try node(main, factor, weighed, lengths, &timedOut), .without, try node(beside, 0, false, lengths, &timedOut))
    case .filter(let main, let beside):
      return BesideNode(
        try node(main, factor, weighed, lengths, &timedOut), .filter, try node(beside, 0, false, lengths, &timedOut))
    case .andMaybe(let main, let beside):
      let main = try node(main, factor, weighed, lengths, &timedOut)
      return weighed ? BesideNode(main, .maybe, try node(beside, factor, true, lengths, &timedOut)) : main
    case .synonym(let parts):
      guard weighed, factor > 0 else { return OrNode(try nodes(parts, 0, false, lengths, &timedOut)) }
      if let node = try synonym(parts, factor, lengths) { return node }
    case .documents(let documents): return FoundNode(documents, [])
    case .valueAtMost, .valueAtLeast:
      if postings.view.hasPlacesOfItsOwn, let days = DayNode(query, postings.view.columns) { return days }
    case .phrase(let operands, let window) where operands.count > 1 && postings.view.hasPlacesOfItsOwn:
      guard let phrase = Phrase(operands, window: window) else { return OrNode([]) }
      let found = try postings.list(of: phrase, deadline: deadline) { among throws(XapianError) in
        let words = AndNode(try nodes(operands, 0, false, lengths, &timedOut))
        return Self.documents(of: among.map { AndNode([words, FoundNode($0, [])]) } ?? words)
      }
      timedOut = timedOut || found.timedOut
      let matching = FoundNode(found.documents, [])
      guard weighed, factor > 0 else { return matching }
      return AndNode([matching] + (try nodes(operands, factor, true, lengths, &timedOut)))
    default: break
    }
    return try found(query, factor, weighed, &timedOut)
  }

  private func nodes(
    _ parts: [Query], _ factor: Double, _ weighed: Bool, _ lengths: DocumentLengths, _ timedOut: inout Bool
  ) throws(XapianError) -> [MatchNode] {
    var nodes: [MatchNode] = []
    for part in parts { nodes.append(try node(part, factor, weighed, lengths, &timedOut)) }
    return nodes
  }

  /// The alternatives of a `max` as Xapian has them: an `or` directly within it is spread out, and so is what Xapian takes for one, an
  /// operator with a single operand.
  private static func alternatives(_ parts: [Query]) -> [Query] {
    parts.flatMap { part -> [Query] in
      switch plain(part) {
      case .none: []
      case .or(let inner): alternatives(inner)
      case let other: [other]
      }
    }
  }

  /// A query as Xapian makes it: without operators that do nothing, and without what cannot match.
  private static func plain(_ query: Query) -> Query {
    switch query {
    case .or(let parts), .max(let parts), .xor(let parts):
      let left = parts.map(plain).filter { $0 != .none }
      if left.count < 2 { return left.first ?? .none }
      if case .max = query { return .max(left) }
      if case .xor = query { return .xor(left) }
      return .or(left)
    case .and(let parts):
      let left = parts.map(plain)
      if left.isEmpty || left.contains(.none) { return .none }
      return left.count == 1 ? left[0] : .and(left)
    case .andNot(let main, let beside), .andMaybe(let main, let beside):
      let main = plain(main)
      return main == .none || plain(beside) == .none ? main : query
    case .filter(let main, let beside): return plain(main) == .none || plain(beside) == .none ? .none : query
    case .scale(let inner, _): return plain(inner) == .none ? .none : query
    default: return query
    }
  }

  /// - Returns: nil when an alternative is not a term.
  private func synonym(_ parts: [Query], _ factor: Double, _ lengths: DocumentLengths) throws(XapianError) -> MatchNode? {
    var terms: [[UInt8]] = []
    for part in parts {
      guard case .term(let term, _) = part, !term.isEmpty else { return nil }
      terms.append(term)
    }
    func weighing(_ frequency: Int) -> TermNode.Weighing? {
      self.weighing(frequency: frequency, occurrences: 1, factor: factor, lengths)
    }
    if let list = try postings.list(ofAny: terms, lengths) { return weighing(list.frequency).map { TermNode(list, $0) } }
    var lists: [PostingList] = []
    for term in terms {
      guard let list = try postings.list(of: term) else { return nil }
      if !list.documents.isEmpty { lists.append(list) }
    }
    return weighing(Self.estimate(lists.map(\.documents.count), of: lengths.count)).map { SynonymNode(lists, $0, lengths) }
  }

  /// - Returns: nil for a scheme that is left to Xapian.
  private func weighing(frequency: Int, occurrences: UInt32, factor: Double, _ lengths: DocumentLengths) -> TermNode.Weighing? {
    guard let weight = TermWeight(weighting, frequency: frequency, occurrences: occurrences, factor: factor, lengths),
      let damping = lengths.damping(weighting)
    else { return nil }
    return (weight, damping)
  }

  /// How many documents Xapian takes any of some terms to be in: the two rarest are joined first, as if they were independent of each
  /// other (`OrPostList` of 1.4).
  static func estimate(_ frequencies: [Int], of count: Int) -> Int {
    guard count > 0 else { return 0 }
    var left = frequencies.sorted(by: >)
    while left.count > 1, let rarest = left.popLast(), let rare = left.popLast() {
      let joined = Int(Double(rarest) + Double(rare) - Double(rarest) * Double(rare) / Double(count) + 0.5)
      left.insert(joined, at: left.partitioningIndex { $0 < joined })
    }
    return left.first ?? 0
  }

  /// A part of the query that Xapian matches.
  private func found(_ query: Query, _ factor: Double, _ weighed: Bool, _ timedOut: inout Bool) throws(XapianError) -> MatchNode {
    let weighed = weighed && factor > 0
    let matches = try postings.view.matches(
      weighed && factor != 1 ? .scale(query, factor) : query, weighed ? weighting : .boolean, wantWeights: weighed, deadline: deadline)
    timedOut = timedOut || matches.timedOut
    return FoundNode(matches.documents, matches.weights)
  }
}
