// Results as one JSON object a line, for tools that read line by line: each line is one hit, facet value or entry, as
// it stands in the result.
import ArasAPI

/// Renders results as lines of JSON.
package enum NDJSON {
  /// A line per element of the list `key`.
  package static func elements(of value: JSONValue, key: String) -> [UInt8] {
    (value[key]?.array ?? []).flatMap { $0.jsonBytes + [0x0A] }
  }

  /// A line per facet value, with the facet's name before its members.
  package static func facets(_ value: JSONValue) -> [UInt8] {
    var out: [UInt8] = []
    for facet in value["facets"]?.members ?? [] {
      for element in facet.value["values"]?.array ?? [] {
        out += JSONValue.object([JSONMember("facet", .string(facet.key))] + (element.members ?? [])).jsonBytes + [0x0A]
      }
    }
    return out
  }
}
