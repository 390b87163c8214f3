// The words of passages, counted: what the first hits are looked at by. Those that were read stay here within a budget of memory, the same
// for all readers, and follow the commits.
import Synchronization
import TextAnalysis
import Xapian

/// The words of one passage.
struct TermVector: Sendable {
  struct Entry: Sendable {
    var term: UInt32
    /// Occurrences in the body and heading.
    var own: UInt16
    /// Occurrences in the title.
    var title: UInt16
  }

  /// Ascending by term.
  var entries: [Entry]
  /// Length in Xapian's sense.
  var rawLength: UInt32

  /// Occurrences of a term, with the title's or without.
  func count(of term: UInt32, withTitle: Bool) -> UInt32 {
    let index = entries.partitioningIndex { $0.term >= term }
    guard index < entries.count, entries[index].term == term else { return 0 }
    return entries[index].count(withTitle: withTitle)
  }

  var bytes: Int { entries.count * MemoryLayout<Entry>.stride + 64 }
}

extension TermVector.Entry {
  /// A word of the title counts as often as it does in the index.
  @inline(__always)
  func count(withTitle: Bool) -> UInt32 { UInt32(own) + (withTitle ? UInt32(title) * Schema.titleWeight : 0) }
}

/// Numbers of terms. They mean something only beside the vectors that were made with them.
final class TermNumbering: Sendable {
  private let numbers = Mutex(TermNumbers())

  func number(of term: [UInt8]) -> UInt32? { numbers.withLock { $0.known(term).map { UInt32($0) } } }
  func term(_ number: UInt32) -> [UInt8] { numbers.withLock { Array($0[Int(number)]) } }
  func withNumbers<Result>(_ body: (inout TermNumbers) -> Result) -> Result { numbers.withLock { body(&$0) } }
}

final class TermVectorCache: Sendable {
  private struct State {
    var numbering = TermNumbering()
    var vectors: [UInt32: TermVector] = [:]
    var bytes = 0
    /// What is kept is so in this revision.
    var revision: UInt64 = 0
    var frequencies: [[UInt8]: Frequencies] = [:]
  }

  /// What a term has in the whole index.
  struct Frequencies: Sendable {
    var documents: UInt32
    var occurrences: UInt32
  }

  private let state = Mutex(State())
  /// Bytes.
  private let budget: Int

  private static let mostFrequencies = 100_000

  init(budget: Int) { self.budget = budget }

  var bytes: Int { state.withLock { $0.bytes } }

  /// The words of some documents, in their order, and the numbers that they are told by.
  func vectors(
    of documents: [UInt32], _ view: DatabaseView, _ analyzer: Analyzer, revision: UInt64, _ changes: ChangeLog
  ) throws(XapianError) -> (vectors: [TermVector], numbering: TermNumbering) {
    let (known, numbering, isCurrent) = state.withLock { state in
      Self.advance(&state, to: revision, changes)
      let isCurrent = state.revision == revision
      return (documents.map { isCurrent ? state.vectors[$0] : nil }, state.numbering, isCurrent)
    }
    let missing = documents.indices.filter { known[$0] == nil }
    var vectors = known.map { $0 ?? TermVector(entries: [], rawLength: 0) }
    guard !missing.isEmpty else { return (vectors, numbering) }
    let read = try TermVectorReader(view: view, analyzer: analyzer).vectors(of: missing.map { documents[$0] }, numbering)
    for (index, vector) in zip(missing, read) { vectors[index] = vector }
    if isCurrent {
      state.withLock { state in
        guard state.revision == revision, state.numbering === numbering else { return }
        for index in missing where state.vectors.updateValue(vectors[index], forKey: documents[index]) == nil {
          state.bytes += vectors[index].bytes
        }
        // Beginning anew is cheap, and rare with room for tens of thousands of passages.
        if state.bytes > budget { Self.clear(&state) }
      }
    }
    return (vectors, numbering)
  }

  /// What a term has in the index at a revision.
  func frequencies(of term: [UInt8], _ view: DatabaseView, revision: UInt64, _ changes: ChangeLog) throws(XapianError) -> Frequencies {
    let known = state.withLock { state in
      Self.advance(&state, to: revision, changes)
      return state.revision == revision ? state.frequencies[term] : nil
    }
    if let known { return known }
    let (documents, occurrences) = try view.termFacts(term)
    let found = Frequencies(documents: documents, occurrences: occurrences)
    state.withLock { state in
      guard state.revision == revision else { return }
      if state.frequencies.count >= Self.mostFrequencies { state.frequencies.removeAll(keepingCapacity: true) }
      state.frequencies[term] = found
    }
    return found
  }

  private static func advance(_ state: inout State, to revision: UInt64, _ changes: ChangeLog) {
    guard revision > state.revision else { return }
    state.frequencies.removeAll(keepingCapacity: true)
    if let touched = changes.touched(after: state.revision, upTo: revision) {
      for document in touched { state.bytes -= state.vectors.removeValue(forKey: document)?.bytes ?? 0 }
    } else {
      clear(&state)
    }
    state.revision = revision
  }

  private static func clear(_ state: inout State) {
    state.vectors.removeAll()
    state.numbering = TermNumbering()
    state.bytes = 0
  }
}
