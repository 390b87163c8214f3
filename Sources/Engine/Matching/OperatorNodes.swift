// What puts parts of a query together.

/// Any of its parts: the scores of those that match add up.
final class OrNode: MatchNode {
  private let parts: [MatchNode]

  init(_ parts: [MatchNode]) { self.parts = parts }

  override var size: Int { parts.reduce(0) { $0 + $1.size } }
  override func next(from document: UInt32) -> UInt32 { parts.reduce(Self.end) { min($0, $1.next(from: document)) } }

  override func add(_ base: UInt32, to window: MatchWindow) {
    for part in parts where MatchWindow.base(of: part.next(from: base)) == base { part.add(base, to: window) }
  }

  override func add(_ base: UInt32, among wanted: MatchWindow, to window: MatchWindow) {
    for part in parts where MatchWindow.base(of: part.next(from: base)) == base { part.add(base, among: wanted, to: window) }
  }

  override func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    scratch.clear()
    add(base, among: window, to: scratch)
    window.intersect(scratch)
  }

  override func copy() -> MatchNode { OrNode(parts.map { $0.copy() }) }
  override var blocks: BlockNode? { parts.blocks.map { AnyBlocks($0) } }
}

/// Any of its parts: the greatest of their scores counts.
final class MaxNode: NarrowingNode {
  private let parts: [MatchNode]
  private lazy var other = MatchWindow()

  init(_ parts: [MatchNode]) { self.parts = parts }

  override var size: Int { parts.reduce(0) { $0 + $1.size } }
  override func next(from document: UInt32) -> UInt32 { parts.reduce(Self.end) { min($0, $1.next(from: document)) } }

  override func fill(_ base: UInt32, _ window: MatchWindow) {
    window.clear()
    for part in parts where MatchWindow.base(of: part.next(from: base)) == base {
      part.fill(base, other)
      window.uniteGreatest(other)
    }
  }

  override func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    scratch.clear()
    for part in parts where MatchWindow.base(of: part.next(from: base)) == base {
      other.clear()
      part.add(base, among: window, to: other)
      scratch.uniteGreatest(other)
    }
    window.intersect(scratch)
  }

  override func copy() -> MatchNode { MaxNode(parts.map { $0.copy() }) }
  override var blocks: BlockNode? { parts.blocks.map { GreatestBlocks($0) } }
}

/// All of its parts.
final class AndNode: NarrowingNode {
  /// Those that match few documents first.
  private let parts: [MatchNode]
  private lazy var other = MatchWindow()

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

  override func fill(_ base: UInt32, _ window: MatchWindow) {
    guard let first = parts.first else { return window.clear() }
    first.fill(base, window)
    for part in parts.dropFirst() {
      if window.isEmpty { return }
      part.narrow(window, base, other)
    }
  }

  override func copy() -> MatchNode { AndNode(parts.map { $0.copy() }) }
  override var blocks: BlockNode? { parts.blocks.map { AllBlocks($0) } }
}

/// The first part, with what another one does to it.
final class BesideNode: NarrowingNode {
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
  private lazy var other = MatchWindow()

  init(_ main: MatchNode, _ rule: Rule, _ beside: MatchNode) {
    self.main = main
    self.rule = rule
    self.beside = beside
  }

  override var size: Int { rule == .filter ? min(main.size, beside.size) : main.size }
  override func next(from document: UInt32) -> UInt32 { main.next(from: document) }

  override func fill(_ base: UInt32, _ window: MatchWindow) {
    main.fill(base, window)
    if window.isEmpty { return }
    beside.fill(base, other)
    switch rule {
    case .filter: window.keep(other, matching: true)
    case .without: window.keep(other, matching: false)
    case .maybe: window.addScores(other)
    }
  }

  override func copy() -> MatchNode { BesideNode(main.copy(), rule, beside.copy()) }

  override var blocks: BlockNode? {
    guard let main = main.blocks, let beside = beside.blocks else { return nil }
    return BesideBlocks(main, rule, beside)
  }
}

/// The first part, where the documents are among some.
final class MaskedNode: NarrowingNode {
  private let main: MatchNode
  private let mask: DocumentBits

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

  override func fill(_ base: UInt32, _ window: MatchWindow) {
    main.fill(base, window)
    mask.words.withUnsafeBufferPointer { window.keep($0.dropFirst(Int(base) / 64)) }
  }

  override func copy() -> MatchNode { MaskedNode(main.copy(), mask) }
  override var blocks: BlockNode? { main.blocks.map { MaskedBlocks($0, mask) } }
}

extension [MatchNode] {
  /// Those of all; nil where one has none.
  fileprivate var blocks: [BlockNode]? {
    let all = compactMap(\.blocks)
    return all.count == count ? all : nil
  }
}
