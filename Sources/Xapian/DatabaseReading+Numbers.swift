// Numbers about a whole database and its terms.

import CXapian

/// How large a database is.
public struct DatabaseStatistics: Sendable, Hashable {
  public var documentCount: Int
  /// The highest document number ever given out.
  public var lastDocument: UInt32
  /// The mean document length, in words (wdf).
  public var averageLength: Double
  public var totalLength: UInt64
  public var hasPositions: Bool
}

extension DatabaseReading where Self: ~Copyable {
  /// How large the database is.
  public func statistics() throws(XapianError) -> DatabaseStatistics {
    var numbers = CXStatistics()
    try check { cx_statistics(handle.pointer, &numbers, $0) }
    return DatabaseStatistics(
      documentCount: Int(numbers.document_count), lastDocument: numbers.last_document, averageLength: numbers.average_length,
      totalLength: numbers.total_length, hasPositions: numbers.has_positions != 0)
  }

  public var documentCount: Int {
    get throws(XapianError) { try statistics().documentCount }
  }

  /// The highest document number ever given out; 0 in an empty database.
  public var lastDocument: UInt32 {
    get throws(XapianError) { try statistics().lastDocument }
  }

  /// The mean document length, in words (wdf).
  public var averageLength: Double {
    get throws(XapianError) { try statistics().averageLength }
  }

  /// The number of the commit that this handle sees.
  public var revision: UInt64 {
    get throws(XapianError) {
      var revision: UInt64 = 0
      try check { cx_revision(handle.pointer, &revision, $0) }
      return revision
    }
  }

  /// The UUID given to the database when it was made; a compacted copy has one of its own.
  public var uuid: String {
    get throws(XapianError) {
      let bytes = try collect { sink, context, error in cx_uuid(handle.pointer, sink, context, error) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// In how many documents a term is; 0 when in none.
  public func documentFrequency(of term: [UInt8]) throws(XapianError) -> UInt32 {
    try frequencies(of: term).document
  }

  /// How often a term is in all documents together: the sum of its wdfs.
  public func collectionFrequency(of term: [UInt8]) throws(XapianError) -> UInt32 {
    try frequencies(of: term).collection
  }

  /// Both at once: in how many documents a term is, and the sum of its wdfs.
  public func frequencies(of term: [UInt8]) throws(XapianError) -> (document: UInt32, collection: UInt32) {
    var document: UInt32 = 0
    var collection: UInt32 = 0
    try check { cx_term_frequencies(handle.pointer, term, term.count, &document, &collection, $0) }
    return (document, collection)
  }

  /// The length of a document: the sum of its wdfs.
  public func documentLength(_ document: UInt32) throws(XapianError) -> UInt32 {
    var length: UInt32 = 0
    try check { cx_document_length(handle.pointer, document, &length, $0) }
    return length
  }
}
