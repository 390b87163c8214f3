// What comes out of running a query: every match, or a page of the best.

/// Every match of a query, ascending by document.
public struct Matches: Sendable, Hashable {
  public var documents: [UInt32]
  /// One for each document; empty when weights were not asked for.
  public var weights: [Float]
  /// Whether the deadline passed: then these are the matches found before.
  public var timedOut: Bool

  public init(documents: [UInt32] = [], weights: [Float] = [], timedOut: Bool = false) {
    self.documents = documents
    self.weights = weights
    self.timedOut = timedOut
  }
}

/// A hit of a page.
public struct PageHit: Sendable, Hashable {
  public var document: UInt32
  public var weight: Double
}

/// The best matches of a query from some rank on, and how many there are.
public struct Page: Sendable, Hashable {
  /// Best first; equal hits ascend by document.
  public var hits: [PageHit]
  /// Between these two, and most likely `estimated`, lies the number of matches.
  public var lowerBound: Int
  public var estimated: Int
  public var upperBound: Int
  /// The greatest weight among the matches looked at.
  public var maxAttained: Double
  /// The greatest weight that any document could have.
  public var maxPossible: Double
}

/// What hits of a page are ordered by.
public enum PageOrder: Sendable, Hashable {
  case relevance
  case value(slot: UInt32, descending: Bool)
  case valueThenRelevance(slot: UInt32, descending: Bool)
  case relevanceThenValue(slot: UInt32, descending: Bool)
}
