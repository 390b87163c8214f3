// What a text must have for its tags to be others under a new registry than under the old one. It is worked out from what is compiled,
// so that whatever decides a tag is looked at: names and the capitals they need, masks, titles, kinds and families of actors, rules
// and thresholds of topics, and the order in which the registry has them, which decides between equals.

import TextAnalysis

/// Forms that a word of a text may have.
package struct SoughtForm: Sendable, Hashable {
  package enum Extent: Sendable, Hashable {
    case whole
    /// Itself, or with an Azerbaijani or Turkish ending behind it.
    case withEndings
    /// Anything that begins so.
    case beginning
  }

  /// Folded.
  package var form: [UInt8]
  package var extent: Extent
}

/// What stands in every text that a part of a change can touch: for each word one of its forms.
package struct Trace: Sendable, Hashable {
  package var words: [[SoughtForm]]
  /// Languages of the passages in which it matters; empty for all.
  package var languages: [String] = []
  /// Index of a word that has to begin with a capital.
  package var capital: Int?
}

package struct TagChange: Sendable {
  /// A text without any of them keeps its tags.
  package let traces: [Trace]
  /// Whether any text may be touched.
  package let touchesAll: Bool
  /// By ids of actors that came, went, or whose circumstances are others: the ids of all above them, before and after.
  package let families: [String: Set<String>]
  /// Ids of the topics whose trained layer is another, or counts otherwise: beside the texts that have the traces, those are touched that
  /// have such a topic, and those that such a layer gives it.
  package let trained: Set<String>
  private let endings: FormTable

  /// Languages in which endings are stripped from the words of texts.
  package static let strippedLanguages = ["az", "tr"]

  /// Above this it is quicker to tag everything again.
  private static let mostTraces = 20_000

  package init(from old: Registry, to new: Registry) {
    var comparison = RegistryComparison(old, new)
    comparison.run()
    touchesAll = comparison.touchesAll || comparison.traces.count > Self.mostTraces
    families = comparison.families
    trained = comparison.trained
    traces = touchesAll ? [] : Array(comparison.traces)
    endings = new.names.endings
  }

  package var isEmpty: Bool { traces.isEmpty && trained.isEmpty && !touchesAll }

  /// Whether the bytes are an ending that Azerbaijani and Turkish words have, or nothing.
  package func isEnding(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.isEmpty || endings.find(bytes) >= 0 }
}
