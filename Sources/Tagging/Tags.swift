// What tagging takes and gives: passages in, mentions and topics with their evidence out.

import TextAnalysis

/// One passage as the tagger reads it.
package struct TaggingPassage: Sendable {
  package var words: WordStream
  package var text: [UInt8]
  package var heading: WordStream?
  package var language: Language
  /// Set where the passage is not read again; it has no words then.
  package var known: KnownTags?

  package init(words: WordStream, text: [UInt8], heading: WordStream? = nil, language: Language, known: KnownTags? = nil) {
    self.known = known
    self.words = words
    self.text = text
    self.heading = heading
    self.language = language
  }
}

/// One place in a passage where an actor is named.
package struct Mention: Sendable, Hashable {
  /// Index in `Registry.actors`.
  package var actor: Int32
  /// Bytes in the passage's text, without a possessive ending.
  package var start: Int32
  package var end: Int32
  /// Indices into the passage's words, both included.
  package var firstWord: Int32
  package var lastWord: Int32
  /// The name of the registry that was found, as written there.
  package var alias: String
  /// name, demonym, metonym, acronym, surname, weak, native.
  package var rule: String
}

/// One piece of evidence for a topic.
package struct TopicEvidence: Sendable, Hashable {
  /// Bytes in the passage's text, or in its heading when `inHeading`.
  package var start: Int32
  package var end: Int32
  /// The rule as written in the registry.
  package var rule: String
  /// What it added to the score.
  package var weight: Float
  package var inHeading: Bool
  /// The word stands in the article's title alone, and the offsets are those of the title.
  package var inTitle = false
  /// A word of the trained layer, not a rule.
  package var isTrained = false
}

/// One topic of a passage with its evidence.
package struct TopicMatch: Sendable, Hashable {
  /// Index in `Registry.topics`.
  package var topic: Int32
  package var score: Float
  package var matches: [TopicEvidence]
}

/// The tags of one passage, mentions in the order of the text.
package struct PassageTags: Sendable, Hashable {
  package var mentions: [Mention] = []
  package var topics: [TopicMatch] = []
}

/// One actor of an article.
package struct ArticleActor: Sendable, Hashable {
  package var actor: Int32
  /// Mentions in title, headings and passages.
  package var mentions: Int32
  /// Named in the title or a heading, in the first sentence, or twice.
  package var isSalient: Bool
}

/// One topic of an article.
package struct ArticleTopic: Sendable, Hashable {
  package var topic: Int32
  package var score: Float
}

/// The tags of an article: of each passage in order, and of the whole.
package struct ArticleTags: Sendable, Hashable {
  package var passages: [PassageTags] = []
  /// Mentions in the title, with offsets into the title.
  package var titleMentions: [Mention] = []
  /// By number of mentions, most first.
  package var actors: [ArticleActor] = []
  /// By score, best first.
  package var topics: [ArticleTopic] = []
}
