// The filters of a request as bits over the documents. The query itself runs without those that a facet leaves out, so one run of it
// serves the hits, the totals and every facet, each with the filters that count for it; all others narrow the run.
import ArasAPI
import Tagging
import TextAnalysis

/// One field's filter: some of `any`, and all of `all`.
struct ResolvedFilter: Sendable {
  var field: FilterField
  var accepted: DocumentBits

  @inline(__always)
  func accepts(_ document: UInt32) -> Bool { accepted.contains(document) }
}

/// The values that a column's filter asks for, as bits by value: one look a value says which of its parts it meets.
struct WantedValues: Sendable {
  /// By value: bit 0 where it is one of `any`, and a bit for each of `all`.
  private var bits: [UInt64]
  private let whole: UInt64
  /// Parts of `all` that there are no bits for.
  private let rest: [Set<UInt32>]

  private static let most = 63

  init(any: Set<UInt32>, all: [Set<UInt32>]) {
    let parts = [any] + all.prefix(Self.most)
    rest = Array(all.dropFirst(Self.most))
    // A number that no value has stands for one that the index does not know.
    let known = parts.map { $0.filter { $0 < ArticleColumns.unnumbered } }
    bits = Array(repeating: 0, count: known.reduce(0) { max($0, Int($1.max() ?? 0) + 1) })
    var whole: UInt64 = 0
    for (part, values) in known.enumerated() {
      if part > 0 || !any.isEmpty { whole |= 1 << UInt64(part) }
      for value in values { bits[Int(value)] |= 1 << UInt64(part) }
    }
    self.whole = whole
  }

  @inline(__always)
  func accepts(_ values: UnsafeBufferPointer<UInt32>) -> Bool {
    var met: UInt64 = 0
    for value in values where Int(value) < bits.count { met |= bits[Int(value)] }
    return met & whole == whole && (rest.isEmpty || rest.allSatisfy { wanted in values.contains { wanted.contains($0) } })
  }
}

/// Resolves the filters of a request against one snapshot.
struct FilterResolver {
  let snapshot: Snapshot
  /// Documents of a value, looked up in the index as the query `field:value` is.
  let documents: (FilterField, String) throws -> [UInt32]
  let today: Int

  func resolve(_ filters: Filters, parameter: String) throws -> [ResolvedFilter] {
    try filters.entries.map { field, value in
      ResolvedFilter(
        field: field, accepted: try snapshot.filterBits.bits(key(field, value)) { try accepted(field, value, parameter) })
    }
  }

  private func key(_ field: FilterField, _ value: FilterValue, wholeArticles: Bool = false) -> FilterBits.Key {
    FilterBits.Key(field: field, value: value, today: field == .date ? today : 0, wholeArticles: wholeArticles)
  }

  private func accepted(_ field: FilterField, _ value: FilterValue, _ parameter: String) throws -> DocumentBits {
    let columns = snapshot.columns
    if field == .date {
      let any = try value.any.map { try days($0, parameter) }
      let all = try value.all.map { try days($0, parameter) }
      return columns.documents { article in
        guard let days = columns.days(ofArticle: article) else { return false }
        return (any.isEmpty || any.contains { $0.overlaps(days) }) && all.allSatisfy { $0.overlaps(days) }
      }
    }
    if let column = Field(rawValue: field.rawValue).flatMap({ FacetColumn($0) }),
      !(value.any + value.all).contains(where: { isBeyond($0, column) })
    {
      // A wanted value that the index does not have matches nothing: it keeps its place as an empty set or an impossible number.
      let any = value.any.reduce(into: Set<UInt32>()) { $0.formUnion(numbers($1, column)) }
      let wanted = WantedValues(
        any: value.any.isEmpty ? [] : any.isEmpty ? [UInt32.max] : any, all: value.all.map { numbers($0, column) })
      return columns.documents(column) { wanted.accepts($0) }
    }
    func bits(_ text: String) throws -> DocumentBits { DocumentBits(try documents(field, text), rows: columns.documentRows) }
    var accepted = value.any.isEmpty ? columns.documents { _ in true } : DocumentBits(rows: columns.documentRows)
    for text in value.any { accepted.formUnion(try bits(text)) }
    for text in value.all { accepted.formIntersection(try bits(text)) }
    return accepted
  }

  /// Documents of the articles of which any passage has an excluded value: the whole article is left out. Nil where nothing is excluded.
  func excluded(_ exclude: Filters) throws -> DocumentBits? {
    var excluded: DocumentBits?
    for (field, value) in exclude.entries {
      let documents = try snapshot.filterBits.bits(key(field, value, wholeArticles: true)) {
        snapshot.columns.spreadOverArticles(try accepted(field, value, "exclude"))
      }
      if excluded == nil { excluded = documents } else { excluded?.formUnion(documents) }
    }
    return excluded
  }

  private func days(_ text: String, _ parameter: String) throws(APIError) -> DayRange {
    switch DateExpression.read(text, today: today) {
    case .success(let range): return range
    case .failure(let fault): throw APIError.invalidParams("\"\(text)\": \(fault.message)", parameter: "\(parameter).date")
    }
  }

  /// The numbers of the values that a written value means in a field.
  func numbers(_ text: String, _ column: FacetColumn) -> Set<UInt32> {
    Set(ids(text, column).compactMap { snapshot.dictionary.number(of: $0, in: column) })
  }

  /// The value that a written one means where the index has none of its values.
  func absent(_ text: String, _ column: FacetColumn) -> String? {
    let ids = ids(text, column)
    return ids.contains { snapshot.dictionary.number(of: $0, in: column) != nil } ? nil : ids.first ?? text
  }

  /// Whether a value means more than its column can say: an actor that is a place or has places among its children, or is salient.
  private func isBeyond(_ text: String, _ column: FacetColumn) -> Bool {
    guard column == .actor || column == .place else { return false }
    return QueryValue(entity: text).isSalient
      || ids(text, column).contains { EntityValue.field(of: $0, askedFor: column.field, snapshot.registry) != column.field }
  }

  private func ids(_ text: String, _ column: FacetColumn) -> [String] {
    switch column {
    case .actor, .place, .topic:
      let value = QueryValue(entity: text)
      return EntityValue.ids(value.text, in: column.field, snapshot.registry, withChildren: value.withChildren)
    case .lang:
      return [Language(code: text).rawValue]
    case .source, .author, .keyword, .kind, .quality:
      if snapshot.dictionary.number(of: text, in: column) != nil { return [text] }
      let folded = Fold.folded(text)
      return snapshot.dictionary.values[column.rawValue].filter { Fold.folded($0) == folded }
    }
  }
}
