// Tags that searches have and the database does not have yet: how the postings of some terms differ from those that it says. An edit of
// the registry is seen when this is published; writing it takes several times as long.
import Xapian

/// One of the terms that a passage's tags are, where it becomes another.
struct TermChange: Sendable, Equatable {
  var term: [UInt8]
  /// Its wdf in the database, and from now on; nil where the passage has no such term.
  var before: UInt32?
  var now: UInt32?
}

/// Immutable; each snapshot has its own.
final class FreshTags: Sendable {
  /// What becomes of the postings of one term.
  struct Postings: Sendable {
    fileprivate static let gone = UInt32.max

    /// Ascending.
    fileprivate(set) var documents: [UInt32] = []
    /// By document: its wdf, or `gone`.
    fileprivate var wdfs: [UInt32] = []
    /// What is to be added to the frequencies of the term.
    fileprivate(set) var moreDocuments = 0
    fileprivate(set) var moreOccurrences = 0
  }

  private let byTerm: [[UInt8]: Postings]

  static let none = FreshTags([])

  var isEmpty: Bool { byTerm.isEmpty }

  /// - Parameter passages: each once.
  init(_ passages: [(document: UInt32, changes: [TermChange])]) {
    var byTerm: [[UInt8]: Postings] = [:]
    for (document, changes) in passages.sorted(by: { $0.document < $1.document }) {
      for change in changes {
        byTerm[change.term, default: Postings()].append(document, change)
      }
    }
    self.byTerm = byTerm
  }

  /// How the postings of a term differ; nil where they do not.
  @inline(__always)
  func postings(of term: [UInt8]) -> Postings? { byTerm.isEmpty ? nil : byTerm[term] }
}

extension FreshTags.Postings {
  fileprivate mutating func append(_ document: UInt32, _ change: TermChange) {
    documents.append(document)
    wdfs.append(change.now ?? Self.gone)
    moreDocuments += (change.now == nil ? 0 : 1) - (change.before == nil ? 0 : 1)
    moreOccurrences += Int(change.now ?? 0) - Int(change.before ?? 0)
  }

  /// Puts the postings that the database has in order with these.
  /// - Parameter postings: ascending.
  func merged(
    with postings: some Sequence<(document: UInt32, wdf: UInt32)>, _ body: (_ document: UInt32, _ wdf: UInt32) -> Void
  ) {
    var next = 0
    for (document, wdf) in postings {
      while next < documents.count, documents[next] < document {
        if wdfs[next] != Self.gone { body(documents[next], wdfs[next]) }
        next += 1
      }
      if next < documents.count, documents[next] == document {
        if wdfs[next] != Self.gone { body(document, wdfs[next]) }
        next += 1
      } else {
        body(document, wdf)
      }
    }
    for rest in next..<documents.count where wdfs[rest] != Self.gone { body(documents[rest], wdfs[rest]) }
  }

  /// Those of some documents, which ascend, that are among them.
  func among(_ wanted: [UInt32]) -> Self {
    var found = Self()
    var next = 0
    for document in wanted {
      while next < documents.count, documents[next] < document { next += 1 }
      if next < documents.count, documents[next] == document {
        found.documents.append(document)
        found.wdfs.append(wdfs[next])
      }
    }
    return found
  }
}
