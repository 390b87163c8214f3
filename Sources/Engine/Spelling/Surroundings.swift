// What stands with what in the index, asked in a few bounded look-ups.
import TextAnalysis
import Xapian

struct Surroundings {
  let view: DatabaseView
  let analyzer: Analyzer
  /// Languages of the index, the most frequent first.
  let languages: [Language]

  /// Matches after which counting ends and estimating begins.
  private static let enough = 200

  /// The index terms that a written form has in the index, the most frequent first.
  func terms(_ form: [UInt8]) -> [[UInt8]] {
    let stream = analyzer.analyze(form, language: .undetermined)
    guard stream.count == 1 else { return [] }
    return terms(stream, 0).map(\.term)
  }

  /// Passages that have the form of a word, with or without its diacritics; at least so many.
  func formCount(_ stream: WordStream, _ i: Int) -> UInt32 {
    let forms = [
      Term.value(Schema.exactPrefix, stream.exact(i)), Term.value(Schema.exactPrefix, stream.folded(i)),
      Term.value(Schema.foldedPrefix, stream.folded(i)),
    ]
    return forms.map { view.frequency($0) }.max() ?? 0
  }

  /// The terms of a word of a query, with the passages of each.
  func terms(_ stream: WordStream, _ i: Int) -> [(term: [UInt8], count: UInt32)] {
    analyzer.queryTerms(for: stream, at: i, languages: languages)
      .map { ($0, view.frequency($0)) }.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
  }

  /// Passages that have two words.
  struct Meeting {
    /// Those that are looked at.
    fileprivate(set) var documents: [UInt32] = []
    /// All of them, estimated where they are many.
    fileprivate(set) var count = 0
  }

  /// Passages that have both words.
  func together(_ a: [[UInt8]], _ b: [[UInt8]]) -> Meeting {
    guard !a.isEmpty, !b.isEmpty else { return Meeting() }
    let found = view.firstMatches(.and([QueryPlanner.alternatives(a), QueryPlanner.alternatives(b)]), upTo: Self.enough)
    return Meeting(documents: found.documents, count: found.count)
  }

  /// Passages in which a word stands right before another.
  /// - Parameter meeting: of the two.
  /// - Returns: no more than they are together in.
  func beside(_ left: [[UInt8]], _ right: [[UInt8]], among meeting: Meeting) -> Int {
    guard !meeting.documents.isEmpty,
      let phrase = Phrase([QueryPlanner.alternatives(left), QueryPlanner.alternatives(right)], window: 2)
    else { return 0 }
    return view.count(of: phrase, among: meeting.documents) * meeting.count / meeting.documents.count
  }

  func beside(_ left: [[UInt8]], _ right: [[UInt8]]) -> Int { beside(left, right, among: together(left, right)) }
}
