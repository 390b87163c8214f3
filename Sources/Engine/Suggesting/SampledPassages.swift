// Passages by some of them: all of a few, of many a part that is spread over them, by which what is so of them is estimated.
import TextAnalysis
import Xapian

struct SampledPassages: Sendable {
  /// Ascending.
  var some: [UInt32]
  /// All of them.
  var count: Int

  /// Passages that are kept of many.
  static let most = 500

  var isWhole: Bool { some.count == count }

  init(_ documents: [UInt32]) {
    some = Self.spread(documents, Self.most)
    count = documents.count
  }

  init(some: [UInt32], of count: Int) {
    self.some = some
    self.count = count
  }

  /// Some of many, spread evenly.
  static func spread(_ documents: [UInt32], _ most: Int) -> [UInt32] {
    documents.count <= most ? documents : (0..<most).map { documents[$0 * documents.count / most] }
  }
}

extension WordCompleter {
  /// A word in so many passages, and at least in a tenth of all, is looked for in a few of all passages: its postings take long to read.
  private static let everywhere = 50_000
  /// A word in so many passages at most is looked for in all of them.
  private static let fewEnough = 1000

  /// The passages that have a term of each of some words.
  func passages(_ words: [[[UInt8]]]) throws(XapianError) -> SampledPassages {
    if words.count == 1, words[0].count == 1, let found = try commonPassages(words[0][0]) { return found }
    return SampledPassages(try documents(words))
  }

  /// The passages that have a term which is nearly everywhere; nil when it is not.
  private func commonPassages(_ term: [UInt8]) throws(XapianError) -> SampledPassages? {
    let count = Int(surroundings.view.frequency(term))
    let rows = columns.documentRows
    guard count >= Self.everywhere, count >= columns.passageCount / 10, count > 0 else { return nil }
    let looked = min(rows, SampledPassages.most * rows / count)
    let some = (0..<looked).map { UInt32(1 + $0 * (rows - 1) / looked) }
    return SampledPassages(some: try surroundings.view.postings(of: term, among: some).map(\.document), of: count)
  }

  /// The passages that have a term of each of some words, ascending.
  func documents(_ words: [[[UInt8]]]) throws(XapianError) -> [UInt32] {
    let query = Query.and(words.map { QueryPlanner.alternatives($0) })
    return try MemoryMatcher(postings: postings, weighting: .boolean, wantWeights: false, deadline: nil).matches(query).documents
  }

  /// Those of some passages that have a term of each of some words.
  func having(_ words: [[[UInt8]]], among documents: [UInt32]) throws(XapianError) -> [UInt32] {
    var left = documents
    for terms in words where !terms.isEmpty && !left.isEmpty {
      var having: Set<UInt32> = []
      for term in terms { having.formUnion(try surroundings.view.postings(of: term, among: left).map(\.document)) }
      left = left.filter { having.contains($0) }
    }
    return left
  }

  /// Those of some passages, which have the words, in which they stand one right behind the other.
  func standing(_ words: [[[UInt8]]], among documents: [UInt32]) throws(XapianError) -> [UInt32] {
    guard let phrase = Phrase(words.map { QueryPlanner.alternatives($0) }, window: words.count) else { return [] }
    return try surroundings.view.documents(of: phrase, among: documents).documents
  }

  /// How often words stand one right behind the other.
  /// - Parameters:
  ///   - rest: words that are in the same passage.
  ///   - passages: those that have all but the last of the words, and the rest.
  func count(
    of words: [[[UInt8]]], _ rest: [[[UInt8]]], in passages: SampledPassages
  ) throws(XapianError) -> CountMemory.Count {
    var candidates = passages.some
    var isWhole = passages.isWhole
    if !isWhole, let last = words.last, last.reduce(0, { $0 + Int(surroundings.view.frequency($1)) }) <= Self.fewEnough {
      var found: Set<UInt32> = []
      for term in last { found.formUnion(try surroundings.view.postings(of: term)) }
      candidates = try having(words.dropLast() + rest, among: found.sorted())
      isWhole = true
    }
    let found = try standing(words, among: candidates)
    if isWhole { return .init(articles: articles(found), passages: found.count) }
    return .init(articles: nil, passages: found.count * passages.count / max(1, candidates.count))
  }
}
