// Passages by some of them: all of a few, of many a part that is spread over them, by which what is so of them is estimated.
import TextAnalysis
import Xapian

struct SampledPassages: Sendable {
  /// Ascending.
  let some: [UInt32]
  /// How many they are, estimated where only some were looked for.
  let count: Int
  /// Whether `some` are all of them.
  let isWhole: Bool
  /// Whether `some` are known to have all of the words, and not the rarest of them alone.
  var areKnown = true
  /// Passages outside of which there are none, ascending; nil where these are too many to know.
  let bounds: [UInt32]?

  /// Up to so many are kept, all of them.
  static let most = 500
  /// Passages that are kept of more.
  static let mostOfMany = 240

  /// - Parameter all: ascending.
  init(_ all: [UInt32]) {
    isWhole = all.count <= Self.most
    some = isWhole ? all : Self.spread(all, Self.mostOfMany)
    count = all.count
    bounds = all
  }

  init(some: [UInt32], ofAbout count: Int, within bounds: [UInt32]?) {
    self.some = Self.spread(some, Self.mostOfMany)
    self.count = count
    isWhole = false
    self.bounds = bounds
  }

  /// Some of many, spread evenly.
  static func spread(_ documents: [UInt32], _ most: Int) -> [UInt32] {
    documents.count <= most ? documents : (0..<most).map { documents[$0 * documents.count / most] }
  }
}

/// Finds the passages that have some words without reading all postings of those that are in many.
struct PassageSampler {
  let postings: PostingReader
  let columns: Columns

  private var view: DatabaseView { postings.view }

  /// A word in so many passages, and at least in a tenth of all, is looked for in a few of all passages: its postings take long to read.
  private static let everywhere = 50_000
  private static let everywhereShare = 10
  /// Passages of one word that are looked at for other words: as many as a sample needs, then as many as can be.
  private static let mostLookedAt = [1000, 3000]
  /// Passages from which on a sample will do.
  private static let enough = 100
  /// Postings that are read in the time that one is looked up.
  private static let readPerLookUp = 50

  /// The passages that have a term of each of some words, or may have: few passages of the rarest word are not looked up in the others,
  /// and none in words that are nearly everywhere.
  func passages(_ words: [[[UInt8]]]) throws(XapianError) -> SampledPassages {
    let ordered = words.map { (terms: $0, count: self.count($0)) }.sorted { $0.count < $1.count }
    guard let rarest = ordered.first, rarest.count > 0 else { return SampledPassages([]) }
    let own = try passages(ofOne: rarest.terms, count: rarest.count)
    let isWhole = own.some.count == own.count
    let most = own.some.count <= SampledPassages.most ? 0 : columns.passageCount / Self.everywhereShare
    let others = ordered.dropFirst().filter { $0.count < most }.map(\.terms)
    if others.isEmpty {
      var found = isWhole ? SampledPassages(own.some) : SampledPassages(some: own.some, ofAbout: own.count, within: nil)
      found.areKnown = ordered.count == 1
      return found
    }
    var found = SampledPassages([])
    for most in Self.mostLookedAt {
      let looked = SampledPassages.spread(own.some, most)
      let left = try having(others, among: looked)
      let share = left.count * own.count / max(1, looked.count)
      found =
        looked.count == own.count
        ? SampledPassages(left) : SampledPassages(some: left, ofAbout: share, within: isWhole ? own.some : nil)
      if left.count >= Self.enough || looked.count == own.some.count { break }
    }
    found.areKnown = others.count == ordered.count - 1
    return found
  }

  /// - Returns: the passages of a word, or some of them where it is nearly everywhere, and how many there are.
  private func passages(ofOne terms: [[UInt8]], count: Int) throws(XapianError) -> (some: [UInt32], count: Int) {
    let rows = columns.documentRows
    if count >= Self.everywhere, count >= columns.passageCount / Self.everywhereShare {
      let looked = min(rows, SampledPassages.mostOfMany * rows / count)
      let spread = (0..<looked).map { UInt32(1 + $0 * (rows - 1) / looked) }
      return (try having(terms, among: spread), min(count, columns.passageCount))
    }
    let all = try documents(terms)
    return (all, all.count)
  }

  /// The passages that have any of some terms.
  func documents(_ terms: [[UInt8]]) throws(XapianError) -> [UInt32] {
    var all: [UInt32] = []
    for term in terms { all = Self.union(all, try documents(of: term)) }
    return all
  }

  private func documents(of term: [UInt8]) throws(XapianError) -> [UInt32] {
    if let known = postings.cache.list(of: term), known.revision == postings.revision { return known.documents }
    return try view.postings(of: term)
  }

  /// Postings of a word, at least as many as it has passages.
  func count(_ terms: [[UInt8]]) -> Int { terms.reduce(0) { $0 + Int(view.frequency($1)) } }

  /// Those of some passages that have a term of each of some words.
  func having(_ words: [[[UInt8]]], among documents: [UInt32]) throws(XapianError) -> [UInt32] {
    var left = documents
    for terms in words where !left.isEmpty { left = try having(terms, among: left) }
    return left
  }

  /// Those of some passages that have any of some terms.
  func having(_ terms: [[UInt8]], among documents: [UInt32]) throws(XapianError) -> [UInt32] {
    var having: [UInt32] = []
    for term in terms { having = Self.union(having, try self.having(term, among: documents)) }
    return having
  }

  private func having(_ term: [UInt8], among documents: [UInt32]) throws(XapianError) -> [UInt32] {
    if let known = postings.cache.list(of: term), known.revision == postings.revision { return Self.common(documents, known.documents) }
    if Int(view.frequency(term)) <= Self.readPerLookUp * documents.count { return Self.common(documents, try view.postings(of: term)) }
    return try view.postings(of: term, among: documents).map(\.document)
  }

  // MARK: Ascending lists

  /// - Parameter many: longer than the other, as a rule.
  static func common(_ few: [UInt32], _ many: [UInt32]) -> [UInt32] {
    var found: [UInt32] = []
    var from = 0
    many.withUnsafeBufferPointer { many in
      for document in few {
        // Ever longer steps, then halves: the next is mostly near.
        var step = 1
        while from + step < many.count, many[from + step] < document { step *= 2 }
        var high = min(many.count, from + step + 1)
        while from < high {
          let middle = (from + high) / 2
          if many[middle] < document { from = middle + 1 } else { high = middle }
        }
        if from < many.count, many[from] == document { found.append(document) }
      }
    }
    return found
  }

  private static func union(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    if a.isEmpty { return b }
    if b.isEmpty { return a }
    var both: [UInt32] = []
    both.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if j == b.count || i < a.count && a[i] <= b[j] {
        if j < b.count, a[i] == b[j] { j += 1 }
        both.append(a[i])
        i += 1
      } else {
        both.append(b[j])
        j += 1
      }
    }
    return both
  }
}
