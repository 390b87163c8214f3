// Running a query. The query crosses as its code and becomes a tree of Xapian's within the same call, on the thread that runs it.

import CXapian

extension DatabaseReading where Self: ~Copyable {
  /// Every match of a query, ascending by document.
  ///
  /// Without `wantWeights` no weight is computed, whatever the scheme. `deadline` is a time of CLOCK_MONOTONIC in nanoseconds, looked at
  /// first and then every 1024 matches.
  public func matches(
    _ query: Query, weighting: WeightingScheme = .boolean, wantWeights: Bool = false, deadline: UInt64? = nil
  ) throws(XapianError) -> Matches {
    let code = try query.encoded()
    var weighting = weighting.parameters
    // 0 means none to the shim; the first nanosecond after boot has passed just as well.
    let deadline = deadline.map { max($0, 1) } ?? 0
    var timedOut: Int32 = 0
    var matches = Matches()
    try withUnsafeMutablePointer(to: &matches) { matches throws(XapianError) in
      try check { error in
        cx_matches(
          handle.pointer, code, code.count, &weighting, wantWeights ? 1 : 0, deadline,
          { context, documents, weights, count in
            guard let context else { return }
            let matches = context.assumingMemoryBound(to: Matches.self)
            matches.pointee.documents = Array(UnsafeBufferPointer(start: documents, count: documents == nil ? 0 : count))
            matches.pointee.weights = Array(UnsafeBufferPointer(start: weights, count: weights == nil ? 0 : count))
          }, matches, &timedOut, error)
      }
    }
    matches.timedOut = timedOut != 0
    return matches
  }

  /// The `count` best matches from rank `first` (0 is the best) on.
  ///
  /// The bounds are exact when `checkAtLeast` is at least the number of matches; looking at more costs time.
  public func page(
    _ query: Query, weighting: WeightingScheme = .bm25(), first: Int = 0, count: Int, checkAtLeast: Int = 0,
    order: PageOrder = .relevance
  ) throws(XapianError) -> Page {
    let code = try query.encoded()
    var weighting = weighting.parameters
    var request = CXPageRequest()
    request.first = UInt32(clamping: first)
    request.count = UInt32(clamping: count)
    request.check_at_least = UInt32(clamping: checkAtLeast)
    request.setOrder(order)
    var bounds = CXBounds()
    var hits: [PageHit] = []
    try withUnsafeMutablePointer(to: &hits) { hits throws(XapianError) in
      try check { error in
        cx_page(
          handle.pointer, code, code.count, &weighting, &request, &bounds,
          { context, found, count in
            guard let context, let found else { return }
            context.assumingMemoryBound(to: [PageHit].self).pointee = UnsafeBufferPointer(start: found, count: count).map {
              PageHit(document: $0.document, weight: $0.weight)
            }
          }, hits, error)
      }
    }
    return Page(
      hits: hits, lowerBound: Int(bounds.lower), estimated: Int(bounds.estimated), upperBound: Int(bounds.upper),
      maxAttained: bounds.attained, maxPossible: bounds.possible)
  }

  /// The terms of a query that a document has, in the query's order.
  public func matchingTerms(_ query: Query, document: UInt32) throws(XapianError) -> [[UInt8]] {
    let code = try query.encoded()
    var terms: [[UInt8]] = []
    try visit { visitor, context, error in
      cx_matching_terms(handle.pointer, code, code.count, document, visitor, context, error)
    } each: {
      terms.append(Array($0.buffer))
      return .proceed
    }
    return terms
  }
}

extension CXPageRequest {
  fileprivate mutating func setOrder(_ order: PageOrder) {
    switch order {
    case .relevance:
      self.order = Int32(CX_ORDER_RELEVANCE)
    case .value(let slot, let descending):
      setOrder(CX_ORDER_VALUE, slot: slot, descending: descending)
    case .valueThenRelevance(let slot, let descending):
      setOrder(CX_ORDER_VALUE_THEN_RELEVANCE, slot: slot, descending: descending)
    case .relevanceThenValue(let slot, let descending):
      setOrder(CX_ORDER_RELEVANCE_THEN_VALUE, slot: slot, descending: descending)
    }
  }

  private mutating func setOrder(_ order: Int, slot: UInt32, descending: Bool) {
    self.order = Int32(order)
    self.slot = slot
    self.descending = descending ? 1 : 0
  }
}
