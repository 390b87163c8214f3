// What the query planner leaves for highlighting: which words of a passage matched, said in the terms of the analysis, so that index,
// query and marks cannot disagree.

/// Recognises one word of a query among the analysed words of a passage.
struct WordMatcher: Sendable, Hashable {
  /// Index terms: any of them.
  var terms: Set<[UInt8]> = []
  /// Exact forms: any of them (`=word`, fuzzy words).
  var exacts: Set<[UInt8]> = []
  /// Folded forms: any of them (fuzzy words).
  var folds: Set<[UInt8]> = []
  /// Beginning of the exact or the folded form (`word*`).
  var prefix: [UInt8]?
}

indirect enum MarkRule: Sendable, Hashable {
  case word(WordMatcher)
  /// Words one after the other, or within `slop` more words in any order.
  case phrase([WordMatcher], slop: Int)
  case near([MarkRule], distance: Int, ordered: Bool)
  /// Mentions of any of these actors and places.
  case entity(Set<String>)
  case any([MarkRule])
}
