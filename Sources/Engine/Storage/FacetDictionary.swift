// Facet values by number. A value gets its number once and keeps it as long as the index lives; the numbers are what columns hold.

/// The fields that have numbered values.
enum FacetColumn: Int, CaseIterable, Sendable {
  case actor, place, topic, source, author, keyword, lang, kind, quality

  var field: Field {
    switch self {
    case .actor: .actor
    case .place: .place
    case .topic: .topic
    case .source: .source
    case .author: .author
    case .keyword: .keyword
    case .lang: .lang
    case .kind: .kind
    case .quality: .quality
    }
  }

  /// Whether the value belongs to the passage; the others belong to its article.
  var isOfPassage: Bool {
    switch self {
    case .actor, .place, .topic, .lang: true
    default: false
    }
  }

  /// Whether values may stand below others.
  var hasParents: Bool { self == .actor || self == .place || self == .topic }

  init?(_ field: Field) {
    guard let found = Self.allCases.first(where: { $0.field == field }) else { return nil }
    self = found
  }
}

struct FacetDictionary: Sendable {
  private(set) var values: [[String]] = FacetColumn.allCases.map { _ in [] }
  private var numbers: [[String: UInt32]] = FacetColumn.allCases.map { _ in [:] }

  func number(of value: String, in field: FacetColumn) -> UInt32? { numbers[field.rawValue][value] }

  func value(_ number: UInt32, in field: FacetColumn) -> String { values[field.rawValue][Int(number)] }

  func count(in field: FacetColumn) -> Int { values[field.rawValue].count }

  /// The number of a value, and whether it is new and has to be written down.
  mutating func intern(_ value: String, in field: FacetColumn) -> (number: UInt32, isNew: Bool) {
    if let known = numbers[field.rawValue][value] { return (known, false) }
    let number = UInt32(values[field.rawValue].count)
    values[field.rawValue].append(value)
    numbers[field.rawValue][value] = number
    return (number, true)
  }

  /// Key of a value in the metadata of the database; keys sort by number.
  static func key(_ field: FacetColumn, _ number: UInt32) -> [UInt8] {
    Array("V\(field.field.rawValue)/\(CalendarDay.padded(Int(number), 10))".utf8)
  }

  static func keyPrefix(_ field: FacetColumn) -> [UInt8] { Array("V\(field.field.rawValue)/".utf8) }
}
