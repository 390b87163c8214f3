// Keys and values beside the documents, and the two dictionaries that Xapian keeps: spellings and synonyms.

import CXapian

extension DatabaseReading where Self: ~Copyable {
  /// The metadata of a key; empty when there is none.
  public func metadata(_ key: [UInt8]) throws(XapianError) -> [UInt8] {
    try collect { sink, context, error in cx_metadata(handle.pointer, key, key.count, sink, context, error) }
  }

  /// Gives all metadata whose key begins with `prefix`, ascending, to `body`.
  public func forEachMetadata(
    prefix: [UInt8] = [], _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_metadata_entries(handle.pointer, prefix, prefix.count, visitor, context, error)
    } each: {
      body($0.buffer, $0.secondBuffer)
    }
  }

  /// The word of the spelling dictionary that is nearest to `word`; empty when none is within `maxDistance` edits.
  public func spellingSuggestion(_ word: [UInt8], maxDistance: UInt32 = 2) throws(XapianError) -> [UInt8] {
    try collect { sink, context, error in
      cx_spelling_suggestion(handle.pointer, word, word.count, maxDistance, sink, context, error)
    }
  }

  /// Gives the words of the spelling dictionary, ascending, with their frequency to `body`.
  public func forEachSpelling(
    _ body: (_ word: UnsafeBufferPointer<UInt8>, _ frequency: UInt32) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_spellings(handle.pointer, visitor, context, error)
    } each: {
      body($0.buffer, $0.count)
    }
  }

  /// The words of the spelling dictionary, ascending, with their frequency.
  public func spellings() throws(XapianError) -> [(word: [UInt8], frequency: UInt32)] {
    var spellings: [(word: [UInt8], frequency: UInt32)] = []
    try forEachSpelling { word, frequency in
      spellings.append((Array(word), frequency))
      return .proceed
    }
    return spellings
  }

  /// The synonyms of a term, ascending.
  public func synonyms(of term: [UInt8]) throws(XapianError) -> [[UInt8]] {
    var synonyms: [[UInt8]] = []
    try visit { visitor, context, error in
      cx_synonyms(handle.pointer, term, term.count, visitor, context, error)
    } each: {
      synonyms.append(Array($0.buffer))
      return .proceed
    }
    return synonyms
  }

  /// Gives every term that has synonyms and begins with `prefix`, ascending, to `body`.
  public func forEachSynonymKey(
    prefix: [UInt8] = [], _ body: (_ term: UnsafeBufferPointer<UInt8>) -> Continuation
  ) throws(XapianError) {
    try visit { visitor, context, error in
      cx_synonym_keys(handle.pointer, prefix, prefix.count, visitor, context, error)
    } each: {
      body($0.buffer)
    }
  }
}
