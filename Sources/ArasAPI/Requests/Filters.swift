// Filters narrow a search by fields of the articles: `filters` keeps what matches, `exclude` leaves it out.

/// Is a field that can be filtered by.
package enum FilterField: String, Sendable, CaseIterable, Hashable {
  case actor, place, topic, source, author, keyword, lang, date, kind, quality, path, id
}

/// Is what one field is asked for: one of `any`, and each of `all`.
package struct FilterValue: Sendable, Hashable {
  package var any: [String]
  package var all: [String]

  package init(any: [String] = [], all: [String] = []) {
    self.any = any
    self.all = all
  }

  package var isEmpty: Bool { any.isEmpty && all.isEmpty }
}

/// Is the set of fields filtered by, in a fixed order; a field without values is not in it.
package struct Filters: Sendable, Hashable {
  private var values: [FilterField: FilterValue] = [:]

  package init() {}

  package subscript(field: FilterField) -> FilterValue? {
    get { values[field] }
    set { values[field] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
  }

  package var isEmpty: Bool { values.isEmpty }

  /// The fields in use with their values, in the order of `FilterField`.
  package var entries: [(field: FilterField, value: FilterValue)] {
    FilterField.allCases.compactMap { field in values[field].map { (field, $0) } }
  }
}

extension Filters: JSONWritable {
  /// Reads `{"actor": ["iran"], "topic": {"all": ["trade"]}}`; `name` is the parameter's name, for messages.
  package init(parameters: JSONValue, at name: String) throws(APIError) {
    let reader = try ParameterReader(parameters, known: FilterField.allCases.map(\.rawValue), at: name)
    for field in FilterField.allCases {
      guard let value = reader.value(field.rawValue) else { continue }
      switch value {
      case .array: self[field] = FilterValue(any: try reader.strings(field.rawValue))
      case .object:
        let lists = try ParameterReader(value, known: ["any", "all"], at: "\(name).\(field.rawValue)")
        self[field] = FilterValue(any: try lists.strings("any"), all: try lists.strings("all"))
      default: throw reader.mismatch(field.rawValue, expected: "a list of strings or {\"all\": [...]}", found: value)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      for (field, value) in entries {
        if value.all.isEmpty {
          writer.field(field.rawValue, value.any)
        } else {
          writer.key(field.rawValue)
          writer.object {
            if !value.any.isEmpty { $0.field("any", value.any) }
            $0.field("all", value.all)
          }
        }
      }
    }
  }
}
