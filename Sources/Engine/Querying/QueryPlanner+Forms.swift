// Written forms: what wildcards and fuzzy words stand for.
import TextAnalysis
import Xapian

extension QueryPlanner {
  /// What a beginning stands for.
  struct Forms {
    /// With the prefixes of their kinds, the most frequent first.
    var terms: [[UInt8]]
    /// Whether some were left out.
    var isCut: Bool
  }

  /// Terms of the written and of the folded forms that begin like a word, the most frequent first; `=word*` asks for written forms only.
  mutating func formsBeginning(_ stream: WordStream, _ i: Int, _ word: QueryWord) -> Forms {
    let exact = Array(stream.exact(i))
    let folded = Array(stream.folded(i))
    var forms = expansions.terms(beginning: Array(Schema.exactPrefix.utf8) + exact)
    if !word.isExact {
      if exact != folded { forms += expansions.terms(beginning: Array(Schema.exactPrefix.utf8) + folded) }
      forms += expansions.terms(beginning: Array(Schema.foldedPrefix.utf8) + folded)
    }
    let found = forms.count
    let terms = mostFrequent(forms, word.rendered, word.range)
    return Forms(terms: terms, isCut: terms.count < found)
  }

  /// The most frequent of the terms that something stands for, as many as it may stand for.
  mutating func mostFrequent(_ found: [Expansions.Found], _ what: String, _ range: Range<Int>) -> [[UInt8]] {
    let count = expansions.take(found.count, most: Self.mostExpansions)
    if count < found.count {
      warn("too_many_expansions", range, "\(what) stands for \(found.count) words; only the \(count) most frequent are searched")
    }
    return found.sorted { ($1.frequency, $0.term.count) < ($0.frequency, $1.term.count) }.prefix(count).map(\.term)
  }

  /// The forms within the distance of a fuzzy word, the nearest first; `=word~1` asks for written forms only.
  mutating func formsNear(_ stream: WordStream, _ i: Int, _ word: QueryWord) -> [CloseForm] {
    let close = expansions.forms(
      near: Array(word.isExact ? stream.exact(i) : stream.folded(i)), distance: word.distance,
      prefixes: word.isExact ? [Schema.exactPrefix] : [Schema.exactPrefix, Schema.foldedPrefix])
    let count = expansions.take(close.count, most: Self.mostExpansions)
    if count < close.count {
      warn("too_many_expansions", word.range, "\(word.rendered) stands for \(close.count) words; only the \(count) closest are searched")
    }
    return Array(close.prefix(count))
  }

  /// Whether a word is longer than what may be changed in it.
  func isFuzzy(_ stream: WordStream, _ i: Int, _ word: QueryWord) -> Bool {
    word.distance > 0 && String(decoding: stream.folded(i), as: UTF8.self).unicodeScalars.count > word.distance
  }

  /// Recognises what begins like a word, or where some of that was left out, the rest of it.
  static func beginning(_ stream: WordStream, _ i: Int, _ word: QueryWord, _ forms: Forms) -> WordMatcher {
    if word.isExact || forms.isCut { return matcher(ofForms: forms.terms) }
    return WordMatcher(prefix: Array(stream.folded(i)))
  }

  static func matcher(of close: [CloseForm]) -> WordMatcher { matcher(ofForms: close.map(\.term)) }

  private static func matcher(ofForms terms: [[UInt8]]) -> WordMatcher {
    var matcher = WordMatcher()
    let exact = Array(Schema.exactPrefix.utf8)
    for term in terms {
      if term.starts(with: exact) {
        matcher.exacts.insert(Array(term.dropFirst(exact.count)))
      } else {
        matcher.folds.insert(Array(term.dropFirst(Schema.foldedPrefix.utf8.count)))
      }
    }
    return matcher
  }
}
