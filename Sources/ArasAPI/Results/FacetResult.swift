// The values of a field over a result, with exact counts. A list that was cut says how much it left out.

package enum FacetStatus: String, Sendable, JSONWritable, JSONReadable {
  case selected
  case available
}

/// Is one value of a facet.
package struct FacetValue: Sendable, Equatable {
  /// What to filter by; for dates the interval as `2023`, `2023-Q3`, `2023-09`, `2023-W36` or `2023-09-05`.
  package var id: String
  package var label: String
  /// In the facet's unit.
  package var count: Int
  package var passages: Int
  /// Of `count`, where the actor or place is salient and not only mentioned; nil for other fields.
  package var salient: Int?
  /// The value's share of the result over its share of the whole index.
  package var lift: Double
  package var status: FacetStatus

  package init(id: String, label: String, count: Int, passages: Int, salient: Int? = nil, lift: Double, status: FacetStatus = .available) {
    self.id = id
    self.label = label
    self.count = count
    self.passages = passages
    self.salient = salient
    self.lift = lift
    self.status = status
  }
}

extension FacetValue: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("label", label)
      $0.field("count", count)
      $0.field("passages", passages)
      $0.fieldIfPresent("salient", salient)
      $0.field("lift", lift)
      $0.field("status", status)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      label: try json.read("label"),
      count: try json.read("count"),
      passages: try json.read("passages"),
      salient: try json.read("salient"),
      lift: try json.read("lift"),
      status: try json.read("status", default: .available))
  }
}

/// Is a facet of a result.
package struct FacetResult: Sendable, Equatable {
  package var unit: Unit
  package var mode: FacetMode
  package var exact: Bool
  /// Different values, shown or not.
  package var distinct: Int
  /// Articles (or passages) without any value.
  package var missing: Int
  /// The counts of the values that are not shown, added up.
  package var other: Int
  /// The step that was used; for the date facet alone.
  package var interval: DateInterval?
  package var values: [FacetValue]

  package init(
    unit: Unit, mode: FacetMode, exact: Bool = true, distinct: Int, missing: Int, other: Int, interval: DateInterval? = nil,
    values: [FacetValue] = []
  ) {
    self.unit = unit
    self.mode = mode
    self.exact = exact
    self.distinct = distinct
    self.missing = missing
    self.other = other
    self.interval = interval
    self.values = values
  }
}

extension FacetResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("unit", unit)
      $0.field("mode", mode)
      $0.field("exact", exact)
      $0.field("distinct", distinct)
      $0.field("missing", missing)
      $0.field("other", other)
      $0.fieldIfPresent("interval", interval)
      $0.field("values", values)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      unit: try json.read("unit"),
      mode: try json.read("mode"),
      exact: try json.read("exact", default: true),
      distinct: try json.read("distinct"),
      missing: try json.read("missing"),
      other: try json.read("other"),
      interval: try json.read("interval"),
      values: try json.read("values", default: []))
  }
}

/// Holds the facets of a result in the order they were asked for.
package struct FacetList: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var field: FacetField
    package var result: FacetResult
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  package subscript(field: FacetField) -> FacetResult? {
    get { entries.first { $0.field == field }?.result }
    set {
      let index = entries.firstIndex { $0.field == field }
      switch (index, newValue) {
      case (let index?, let result?): entries[index].result = result
      case (let index?, nil): entries.remove(at: index)
      case (nil, let result?): entries.append(Entry(field: field, result: result))
      case (nil, nil): break
      }
    }
  }
}

extension FacetList: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object { for entry in entries { $0.field(entry.field.rawValue, entry.result) } }
  }

  /// Reads the facets this side knows; others are passed over.
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let members = json.members else { throw JSONMismatch(expected: "an object", found: json) }
    self.init()
    for member in members {
      guard let field = FacetField(rawValue: member.key) else { continue }
      do {
        self[field] = try FacetResult(json: member.value)
      } catch {
        throw error.under(member.key)
      }
    }
  }
}
