/// What an open index may take for itself.
package struct IndexLimits: Sendable {
  /// Threads that answer queries.
  package var readers = 2
  /// Bytes of memory for decoded posting lists; 0 leaves matching to Xapian, nil goes by the passages (`PostingBudget`).
  package var postings: Int?
  /// Bytes of memory for results that may be asked for again; 0 keeps none.
  package var results = 0
  /// Standing queries at most.
  package var subscriptions = 10_000
  /// Documents that a query must touch for other cores to help with it.
  package var leastShared = 50_000

  /// Documents that a query must match for the best of them to be looked for without weighing the others.
  package var leastPruned = 8192

  /// Passages up to which an index is written anew, as a whole, for whatever is added; 0 leaves all writing to Xapian.
  package var writtenWhole = 100

  package init(readers: Int = 2) { self.readers = readers }
}
