// What is kept of one document, or of many in one crossing: stored data, values, terms, positions.

import CXapian

extension DatabaseReading where Self: ~Copyable {
  /// The stored data of a document.
  public func documentData(_ document: UInt32) throws(XapianError) -> [UInt8] {
    try collect { sink, context, error in cx_document_data(handle.pointer, document, sink, context, error) }
  }

  /// Gives the stored data of many documents to `body`, with the index into `documents`, in their order.
  ///
  /// Throws at the first document that is not there. The bytes are borrowed; `body` must not use this database.
  public func withDocumentData(
    _ documents: [UInt32], _ body: (_ index: Int, _ data: UnsafeBufferPointer<UInt8>) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_documents_data(handle.pointer, documents, documents.count, visitor, context, error)
    } each: {
      body(Int($0.number), $0.buffer)
    }
  }

  /// A value of a document; empty when it has none in that slot.
  public func value(document: UInt32, slot: UInt32) throws(XapianError) -> [UInt8] {
    try collect { sink, context, error in cx_document_value(handle.pointer, document, slot, sink, context, error) }
  }

  /// Gives the terms of a document, ascending, with their wdf to `body`.
  public func forEachTerm(
    ofDocument document: UInt32, _ body: (_ term: UnsafeBufferPointer<UInt8>, _ wdf: UInt32) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_document_terms(handle.pointer, document, visitor, context, error)
    } each: {
      body($0.buffer, $0.count)
    }
  }

  /// The positions of a term in a document, ascending; empty when it has none there.
  public func positions(of term: [UInt8], in document: UInt32) throws(XapianError) -> [UInt32] {
    var positions: [UInt32] = []
    try visit { visitor, context, error in
      cx_positions(handle.pointer, document, term, term.count, visitor, context, error)
    } each: {
      positions.append($0.number)
      return .proceed
    }
    return positions
  }
}
