// Matching in memory against Xapian's matcher: the same documents and the same weights for any query, before and after changes.
import TestSupport
import Testing
import Xapian

@testable import Engine

@Suite struct MatchingTests {
  let tree: TemporaryTree

  init() throws { tree = try TemporaryTree() }

  /// Writes random documents, and remembers what it touched as the index's writer does.
  final class Writing {
    private(set) var database: WritableDatabase
    var random: SeededRandom
    private(set) var changes: ChangeLog
    static let words = ["a", "b", "c", "d", "e", "f", "rare", "never"].map { Array($0.utf8) }

    init(path: String, seed: UInt64) throws {
      var made = try WritableDatabase(path: path, mode: .create)
      try made.commit()
      changes = ChangeLog(from: try made.revision)
      database = made
      random = SeededRandom(seed: seed)
    }

    func document() -> Document {
      var document = Document()
      for position in 1...UInt32.random(in: 1...30, using: &random) {
        let skewed = min(Int.random(in: 0..<7, using: &random), Int.random(in: 0..<7, using: &random))
        document.addPosting(Self.words[skewed], positions: [position], wdf: UInt32.random(in: 1...3, using: &random))
      }
      if Int.random(in: 0..<50, using: &random) == 0 { document.addPosting(Self.words[6], positions: [99], wdf: 1) }
      document.addTerm(Array("flag\(Int.random(in: 0..<3, using: &random))".utf8), wdf: 0)
      return document
    }

    func add(_ count: Int) throws {
      var touched: Set<UInt32> = []
      for _ in 0..<count { touched.insert(try database.add(document())) }
      try commit(touched)
    }

    /// Adds, replaces and deletes here and there.
    func change(_ count: Int) throws {
      var touched: Set<UInt32> = []
      for _ in 0..<count {
        let target = UInt32.random(in: 1...(try database.lastDocument), using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: touched.insert(try database.add(document()))
        case 1:
          try database.replace(target, with: document())
          touched.insert(target)
        default:
          do { try database.delete(target) } catch { guard error.isNotFound else { throw error } }
          touched.insert(target)
        }
      }
      try commit(touched)
    }

    private func commit(_ touched: Set<UInt32>) throws {
      try database.commit()
      changes.append(touched, revision: try database.revision)
    }

    func depth() -> Int { Int.random(in: 0...4, using: &random) }

    private func term() -> Query {
      Int.random(in: 0..<8, using: &random) == 0
        ? .term(Array("flag\(Int.random(in: 0..<3, using: &random))".utf8))
        : .term(Self.words[Int.random(in: 0..<8, using: &random)], wqf: UInt32.random(in: 1...2, using: &random))
    }

    /// - Parameter phrases: whether there may be any. Not within an `or` or beside an `andMaybe`: there Xapian weighs some that do not match
    ///   (see the article on what Xapian does).
    func query(depth: Int, phrases: Bool = true) -> Query {
      func one(phrases: Bool) -> Query { query(depth: depth - 1, phrases: phrases) }
      func several(phrases: Bool) -> [Query] { (0..<Int.random(in: 1...4, using: &random)).map { _ in one(phrases: phrases) } }
      guard depth > 0 else { return term() }
      switch Int.random(in: 0..<14, using: &random) {
      case 0, 1: return .and(several(phrases: phrases))
      case 2, 3, 4: return .or(several(phrases: false))
      case 5: return .andNot(one(phrases: phrases), one(phrases: true))
      case 6: return .andMaybe(one(phrases: phrases), one(phrases: false))
      case 7: return .filter(one(phrases: phrases), one(phrases: true))
      case 8: return .max(several(phrases: false))
      case 9:
        return .synonym(
          Self.words.shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random)).map { .term($0) })
      case 10: return .scale(one(phrases: phrases), [0, 0.4, 1, 2.5].randomElement(using: &random) ?? 1)
      case 11 where phrases: return .phrase([term(), term()], window: 3)
      case 12: return Bool.random(using: &random) ? .all : .none
      default: return term()
      }
    }
  }

  private func compare(_ query: Query, _ view: DatabaseView, _ changes: ChangeLog, _ cache: PostingCache, seed: UInt64) throws {
    let postings = PostingReader(view: view, revision: view.revision, changes: changes, cache: cache)
    for scheme in [WeightingScheme.bm25(k1: 1.2, b: 0.75), .bm25(k1: 2, k3: 0, b: 0), .ineB2(c: 1)] {
      for wantWeights in [true, false] {
        let about: Comment = "seed \(seed) \(query) \(scheme)"
        let matcher = MemoryMatcher(postings: postings, weighting: scheme, wantWeights: wantWeights, deadline: nil)
        let expected = try view.matches(query, wantWeights ? scheme : .boolean, wantWeights: wantWeights, deadline: nil)
        let found = try matcher.matches(query)
        try #require(found.documents == expected.documents, about)
        try #require(found.weights.count == expected.weights.count, about)
        for (own, xapians) in zip(found.weights, expected.weights) {
          try #require(abs(own - xapians) <= max(abs(own), abs(xapians)) * 1e-6, about)
        }
        var helped = postings
        helped.cores = SpareCores(3, leastDocuments: 0)
        let together = try MemoryMatcher(postings: helped, weighting: scheme, wantWeights: wantWeights, deadline: nil).matches(query)
        try #require(together == found, about)
        if wantWeights { try compareBest(query, matcher, found, about) }
      }
    }
  }

  /// The best alone are the first of all, and what is left out is counted.
  private func compareBest(_ query: Query, _ matcher: MemoryMatcher, _ found: Matches, _ about: Comment) throws {
    for (count, mask) in [(1, nil), (30, nil), (7, DocumentBits((0..<3000).filter { $0 % 7 < 3 }, rows: 3000)), (5000, nil)] {
      let kept = found.documents.indices.filter { mask?.contains(found.documents[$0]) ?? true }
      let least = kept.map { found.weights[$0] }.sorted(by: >).dropFirst(count - 1).first ?? -1
      let expected = kept.filter { found.weights[$0] >= least }
      let (best, all) = try matcher.best(count, of: query, among: mask)
      guard let all else {
        try #require(best.documents == kept.map { found.documents[$0] }, about)
        continue
      }
      try #require(all.documents == kept.map { found.documents[$0] }, about)
      try #require(best.documents == expected.map { found.documents[$0] }, "best \(count): \(about)")
      try #require(best.weights == expected.map { found.weights[$0] }, "best \(count): \(about)")
    }
  }

  @Test(arguments: [1, 2, UInt64.random(in: 3...999_999)])
  func findsAndWeighsAsXapianDoesBeforeAndAfterChanges(seed: UInt64) throws {
    let path = tree.path + "/db\(seed)"
    let writing = try Writing(path: path, seed: seed)
    // Half the seeds look for the best of whatever matches, the others of what matches much.
    let cache = PostingCache(budget: 1 << 22, leastPruned: seed % 2 == 1 ? 0 : 500)
    try writing.add(4500)
    let view = DatabaseView(part: try Database(path: path), of: nil, source: nil)
    for round in 0..<8 {
      for _ in 0..<12 {
        let query = writing.query(depth: writing.depth())
        try compare(query, view, writing.changes, cache, seed: seed)
      }
      switch round % 4 {
      case 0: try writing.add(3)
      case 1: try writing.change(40)
      // More than the log remembers of one commit and of several.
      case 2: try writing.change(1)
      default: for _ in 0..<3 { try writing.change(500) }
      }
      try view.reopen()
    }
    #expect(cache.bytes > 0)
  }

  /// A `max` with one part that can match is that part, and an `or` within it adds up again.
  @Test func whatCannotMatchIsLeftOutAsXapianLeavesItOut() throws {
    let writing = try Writing(path: tree.path + "/db", seed: 5)
    try writing.add(500)
    let view = DatabaseView(part: try Database(path: tree.path + "/db"), of: nil, source: nil)
    let cache = PostingCache(budget: 1 << 20)
    let words = Writing.words.map { Query.term($0) }
    let or = Query.or([words[0], words[1]])
    let nothing: [Query] = [
      .none, .andMaybe(.none, words[2]), .andNot(.none, words[2]), .filter(.none, words[2]), .filter(words[2], .none), .scale(.none, 2),
      .and([words[2], .none]), .or([.none]), .xor([.none]), .scale(.andMaybe(.and([.none]), words[2]), 2),
    ]
    for nothing in nothing {
      for query: Query in [
        .max([or, nothing]), .max([or, nothing, words[3]]), .max([.andMaybe(or, nothing), words[3]]),
        .max([.andNot(or, nothing), words[3]]),
        .max([.xor([or, nothing]), words[3]]), .max([.filter(or, nothing), or]),
      ] {
        try compare(query, view, writing.changes, cache, seed: 5)
      }
    }
  }

  @Test func whatTheLogHasForgottenIsReadAnew() throws {
    let path = tree.path + "/db"
    let writing = try Writing(path: path, seed: 4)
    try writing.add(100)
    let view = DatabaseView(part: try Database(path: path), of: nil, source: nil)
    let cache = PostingCache(budget: 1 << 20)
    try compare(.term(Writing.words[0]), view, writing.changes, cache, seed: 4)
    let known = view.revision
    try writing.add(15_000)
    try writing.add(15_000)
    #expect(writing.changes.touched(after: known, upTo: try writing.database.revision) == nil)
    try view.reopen()
    try compare(.term(Writing.words[0]), view, writing.changes, cache, seed: 4)
  }

  @Test func theBudgetHoldsAndTheLongUnusedGoesFirst() {
    let cache = PostingCache(budget: 40_000)
    func list(_ count: UInt32) -> PostingList? {
      PostingList(documents: Array(1...count), wdfs: Array(repeating: 1, count: Int(count)), revision: 1)
    }
    for number in UInt8(0)..<20 {
      if let list = list(700) { cache.keep(list, of: [number]) }
      _ = cache.list(of: [0])
      #expect(cache.bytes <= cache.budget)
    }
    #expect(cache.list(of: [0]) != nil)
    #expect(cache.list(of: [1]) == nil)
    #expect(cache.list(of: [19]) != nil)
    if let list = list(5000) { cache.keep(list, of: [99]) }
    #expect(cache.list(of: [99]) == nil)
  }

  @Test func aWdfThatDoesNotFitIsLeftToXapian() {
    #expect(PostingList(documents: [1], wdfs: [256], revision: 1) == nil)
    let list = PostingList(documents: [1, 5], wdfs: [1, 255], revision: 1)
    #expect(list?.wdfs == [1, 255])
    #expect(list?.updated(touched: [5], postings: [(5, 256)], revision: 2) == nil)
    #expect(list?.updated(touched: [1, 3], postings: [(3, 7)], revision: 2)?.documents == [3, 5])
  }
}
