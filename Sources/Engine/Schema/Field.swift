// The field table: the one place that knows which fields there are, how each is indexed and under which prefix. Indexing, the query
// parser, the planner and the documentation read it; nothing else spells a prefix.
import ArasAPI
import TextAnalysis

/// A field of the query language.
package enum Field: String, CaseIterable, Sendable {
  case title, text, heading, actor, place, topic, source, author, keyword, lang, quality, kind, path, id, date

  /// How a field's values are indexed and asked for.
  package enum Kind: Sendable {
    /// Words with positions: phrases and wildcards work in it.
    case words
    /// One term a value, compared after folding; `field:"Rovshan Mammadli"` is one value.
    case value
    /// Words and whole values: `author:mammadli` and `author:"Rovshan Mammadli"` both work.
    case wordsAndValue
    /// An entry of the registry, by id, label or alias; a positional operand.
    case entity
    /// A day or a range of days.
    case date
    /// A glob over paths.
    case path
  }

  package var kind: Kind {
    switch self {
    case .title, .text, .heading: .words
    case .actor, .place, .topic: .entity
    case .source, .author, .keyword: .wordsAndValue
    case .lang, .quality, .kind, .id: .value
    case .path: .path
    case .date: .date
    }
  }

  /// Whether `field:a..b` means the values from a to b. (Of dates it means days.)
  var hasRanges: Bool { (kind == .value || kind == .wordsAndValue) && self != .id }

  /// A value as it stands in the index: ids and paths are compared as they are; other values fold.
  func folded(_ text: String) -> [UInt8] {
    switch self {
    case .id, .path: Array(text.utf8)
    case .lang: Array(Language(code: text).rawValue.utf8)
    default: Fold.folded(text)
    }
  }

  /// Prefix of the field's values (whole values, entity ids, paths). Upper case, so that it never runs into a folded value.
  var valuePrefix: String {
    switch self {
    case .title: "XTI"
    case .text: ""
    case .heading: "XHE"
    case .actor: "XA"
    case .place: "XP"
    case .topic: "XT"
    case .source: "XSO"
    case .author: "XAU"
    case .keyword: "XKW"
    case .lang: "L"
    case .quality: "XQ"
    case .kind: "XK"
    case .path: "P"
    case .id: "Q"
    case .date: "D"
    }
  }

  /// Prefix of the words of the field, for fields that have words of their own.
  var wordPrefix: String? {
    switch self {
    case .title: "S"
    case .heading: "H"
    case .source: "XSOW"
    case .author: "A"
    case .keyword: "K"
    default: nil
    }
  }

  /// Other spellings that the query language takes for this field.
  var aliases: [String] {
    switch self {
    case .source: ["publisher", "site"]
    case .lang: ["language"]
    case .text: ["body"]
    case .kind: ["format", "type"]
    case .keyword: ["keywords", "tag"]
    case .author: ["by", "authors"]
    default: []
    }
  }

  /// The field that a written name means, whatever its case.
  package static func named(_ name: some StringProtocol) -> Field? { byName[name.lowercased()] }

  private static let byName: [String: Field] = {
    var names: [String: Field] = [:]
    for field in allCases {
      names[field.rawValue] = field
      for alias in field.aliases { names[alias] = field }
    }
    return names
  }()
}

/// Prefixes and slots that belong to no field of the query language.
enum Schema {
  /// Raised whenever what is written for an article changes; an index of another version is built anew.
  static let version = 7

  /// Lower-cased written forms (diacritics kept) of all words, without positions: `=word`, wildcards, fuzzy words.
  static let exactPrefix = "W"
  /// Folded forms, only of words that folding changes: wildcards and fuzzy words find `Türkiye` by `turki*`.
  static let foldedPrefix = "F"
  /// `XHAS` + field name: the passage has a value in that field (`author:*`).
  static let presencePrefix = "XHAS"
  /// Passages in which the actor is salient.
  static let salientPrefix = "XAS"

  /// + term of a word or of a written form: the passage has it in its title or heading, but not in its body (`text:` leaves it out).
  static func outsideBodyTerm(_ term: some Collection<UInt8>) -> [UInt8] { Term.value("XN", term) }

  static let dateFromSlot: UInt32 = 0
  static let dateToSlot: UInt32 = 1
  /// Everything that the columns hold of a passage and of its article, as written by `PassageColumns.encoded`.
  static let columnsSlot: UInt32 = 2
  /// Digest of the document's terms: see `KnownDocuments`.
  static let termsSlot: UInt32 = 3
  static let slots = [dateFromSlot, dateToSlot, columnsSlot, termsSlot]

  /// Words of the heading stand this many positions after the body, those of the title twice as many: no phrase and no window of
  /// words reaches from one into the other.
  static let positionGap: UInt32 = 10_000

  /// From here on stand actors that a passage has without naming them, a gap apart.
  static let farPosition: UInt32 = 100_000_000

  /// What an occurrence in the title or in the heading counts, in occurrences in the body.
  static let titleWeight: UInt32 = 2
  static let headingWeight: UInt32 = 1

  /// Longest term that Xapian takes is 245 bytes; a longer value is cut here and ends in its hash.
  static let longestTerm = 200
  /// Xapian refuses to look longer ones up.
  static let longestXapianTerm = 245
}

/// Terms of values.
enum Term {
  static func value(_ prefix: String, _ folded: some Collection<UInt8>) -> [UInt8] {
    var term = Array(prefix.utf8)
    if folded.count + term.count <= Schema.longestTerm {
      term.append(contentsOf: folded)
    } else {
      let hash = StableHash.text(of: Array(folded))
      var kept = Array(folded.prefix(Schema.longestTerm - term.count - hash.utf8.count))
      while let last = kept.last, last & 0xC0 == 0x80 || last >= 0xC0 { kept.removeLast() }
      term.append(contentsOf: kept)
      term.append(contentsOf: hash.utf8)
    }
    return term
  }

  static func presence(_ field: Field) -> [UInt8] { Array((Schema.presencePrefix + field.rawValue).utf8) }

  static func entity(_ field: Field, _ id: String) -> [UInt8] { value(field.valuePrefix, id.utf8) }
}
