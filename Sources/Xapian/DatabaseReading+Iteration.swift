// Walks over a whole database: terms, posting lists, value slots. Each walk is one crossing, and the closure that sees the rows must
// not use the database it walks.

import CXapian

/// How a walk over terms goes on.
public enum TermStep: Sendable, Hashable {
  case proceed
  case stop
  /// At the first term that is not before this one; at the next one where this one lies behind.
  case seek([UInt8])
}

/// The closure of a walk, where the C callback finds it.
private struct TermWalk {
  let body: (UnsafeBufferPointer<UInt8>) -> TermStep
}

extension DatabaseReading where Self: ~Copyable {
  /// Gives every term that begins with `prefix`, ascending, with its document frequency to `body`.
  public func forEachTerm(
    prefix: [UInt8] = [], _ body: (_ term: UnsafeBufferPointer<UInt8>, _ documentFrequency: UInt32) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_terms(handle.pointer, prefix, prefix.count, visitor, context, error)
    } each: {
      body($0.buffer, $0.count)
    }
  }

  /// All terms, ascending.
  public func terms() throws(XapianError) -> [[UInt8]] {
    var terms: [[UInt8]] = []
    try forEachTerm { term, _ in
      terms.append(Array(term))
      return .proceed
    }
    return terms
  }

  /// Gives terms that begin with `prefix`, ascending, from the first that is not before `from` on, to `body`, which says where to go
  /// next. Skipping costs a look into the tree of terms, whatever lies between.
  public func walkTerms(
    prefix: [UInt8] = [], from: [UInt8] = [], _ body: (_ term: UnsafeBufferPointer<UInt8>) -> TermStep
  ) throws(XapianError) {
    try check { error in
      withoutActuallyEscaping(body) { body in
        var walk = TermWalk(body: body)
        return withUnsafeMutablePointer(to: &walk) { walk in
          cx_terms_walk(
            handle.pointer, prefix, prefix.count, from, from.count,
            { context, item, walk in
              guard let context else { return Int32(CX_STOP) }
              switch context.assumingMemoryBound(to: TermWalk.self).pointee.body(item.pointee.buffer) {
              case .proceed: return Int32(CX_PROCEED)
              case .stop: return Int32(CX_STOP)
              case .seek(let term):
                cx_term_walk_seek(walk, term, term.count)
                return Int32(CX_PROCEED)
              }
            }, walk, error)
        }
      }
    }
  }

  /// Gives the postings of a term, ascending by document, to `body`. The empty term is in every document, with wdf 1.
  public func forEachPosting(
    of term: [UInt8], _ body: (_ document: UInt32, _ wdf: UInt32) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_postings(handle.pointer, term, term.count, visitor, context, error)
    } each: {
      body($0.number, $0.count)
    }
  }

  /// Gives the postings of a term that are among `documents`, which must ascend, to `body`, with the index into `documents`.
  public func forEachPosting(
    of term: [UInt8], among documents: [UInt32], _ body: (_ index: Int, _ wdf: UInt32) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_postings_among(handle.pointer, term, term.count, documents, documents.count, visitor, context, error)
    } each: {
      body(Int($0.number), $0.count)
    }
  }

  /// All postings of a term, copied out in one crossing: ascending documents, and their wdfs.
  public func postingList(of term: [UInt8]) throws(XapianError) -> (documents: [UInt32], wdfs: [UInt32]) {
    try collectNumbers { sink, context, error in cx_posting_list(handle.pointer, term, term.count, sink, context, error) }
  }

  /// All documents, ascending, and their lengths (the sums of their wdfs), in one crossing.
  public func documentLengths() throws(XapianError) -> (documents: [UInt32], lengths: [UInt32]) {
    try collectNumbers { sink, context, error in cx_document_lengths(handle.pointer, sink, context, error) }
  }

  /// The documents that have a term, ascending.
  public func postings(of term: [UInt8]) throws(XapianError) -> [UInt32] {
    var documents: [UInt32] = []
    try forEachPosting(of: term) { document, _ in
      documents.append(document)
      return .proceed
    }
    return documents
  }

  /// Gives the values of a slot, ascending by document, to `body`; documents without a value are left out.
  public func forEachValue(
    slot: UInt32, _ body: (_ document: UInt32, _ value: UnsafeBufferPointer<UInt8>) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_values(handle.pointer, slot, visitor, context, error)
    } each: {
      body($0.number, $0.buffer)
    }
  }

  /// Gives the values of a slot that are of `documents`, which must ascend, to `body`, with the index into `documents`.
  public func forEachValue(
    slot: UInt32, among documents: [UInt32], _ body: (_ index: Int, _ value: UnsafeBufferPointer<UInt8>) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_values_among(handle.pointer, slot, documents, documents.count, visitor, context, error)
    } each: {
      body(Int($0.number), $0.buffer)
    }
  }
}
