// Strict reading of a request's parameters: an unknown name, a wrong type or a value out of range is refused, and the
// refusal names the parameter and what would have been right.

/// Reads the members of one object of parameters.
package struct ParameterReader: Sendable {
  private let object: JSONValue
  /// What stands before a member's name in messages: "" at the top, "filters." below.
  private let prefix: String

  /// Checks that `parameters` is an object (or null, for none) and that it holds nothing but `known` names, each once.
  package init(_ parameters: JSONValue, known: [String], at path: String = "") throws(APIError) {
    prefix = path.isEmpty ? "" : path + "."
    switch parameters {
    case .null where path.isEmpty, .array([]) where path.isEmpty: object = .object([])
    case .object(let members):
      object = parameters
      var seen: Set<String> = []
      for member in members {
        let name = prefix + member.key
        guard known.contains(member.key) else {
          guard let nearest = NearestName.of(member.key, among: known) else {
            throw APIError.invalidParams("unknown parameter \"\(name)\"; there are none here", parameter: name)
          }
          throw APIError.invalidParams(
            "unknown parameter \"\(name)\"; did you mean \"\(prefix + nearest)\"?", parameter: name, nearest: prefix + nearest)
        }
        guard seen.insert(member.key).inserted else {
          throw APIError.invalidParams("parameter \"\(name)\" is given twice", parameter: name, nearest: name)
        }
      }
    default:
      let name = path.isEmpty ? "params" : path
      throw APIError.invalidParams("\"\(name)\" must be an object, not \(parameters.typeName)", parameter: name, nearest: name)
    }
  }

  package func value(_ name: String) -> JSONValue? { object[name] }

  package func mismatch(_ name: String, expected: String, found: JSONValue) -> APIError {
    let name = prefix + name
    return .invalidParams("\"\(name)\" must be \(expected), not \(found.typeName)", parameter: name, nearest: name)
  }

  package func bool(_ name: String, default fallback: Bool) throws(APIError) -> Bool {
    guard let value = object[name] else { return fallback }
    guard let bool = value.bool else { throw mismatch(name, expected: "a boolean", found: value) }
    return bool
  }

  package func string(_ name: String, default fallback: String) throws(APIError) -> String {
    guard let value = object[name] else { return fallback }
    guard let string = value.string else { throw mismatch(name, expected: "a string", found: value) }
    return string
  }

  package func requiredString(_ name: String) throws(APIError) -> String {
    guard object[name] != nil else {
      throw APIError.invalidParams("parameter \"\(prefix + name)\" is missing", parameter: prefix + name, nearest: prefix + name)
    }
    return try string(name, default: "")
  }

  package func int(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(APIError) -> Int {
    guard let value = object[name] else { return fallback }
    guard let int = value.int else { throw mismatch(name, expected: "an integer", found: value) }
    guard range.contains(int) else {
      let bounds = range.upperBound == .max ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      throw APIError.invalidParams("\"\(prefix + name)\" must be \(bounds), not \(int)", parameter: prefix + name, nearest: prefix + name)
    }
    return int
  }

  package func strings(_ name: String) throws(APIError) -> [String] {
    guard let value = object[name] else { return [] }
    guard let list = value.array else { throw mismatch(name, expected: "a list of strings", found: value) }
    var strings: [String] = []
    for element in list {
      guard let string = element.string else { throw mismatch(name, expected: "a list of strings", found: element) }
      strings.append(string)
    }
    return strings
  }

  /// Reads one of an enumeration's words; a wrong one is answered with the nearest right one.
  package func choice<T: RawRepresentable & CaseIterable>(
    _ name: String, default fallback: T
  ) throws(APIError) -> T where T.RawValue == String {
    guard let value = object[name] else { return fallback }
    guard let string = value.string else { throw mismatch(name, expected: "a string", found: value) }
    guard let choice = T(rawValue: string) else {
      let words = T.allCases.map(\.rawValue)
      let nearest = NearestName.of(string, among: words)
      throw APIError.invalidParams(
        "\"\(prefix + name)\" must be one of \(words.joined(separator: ", ")), not \"\(string)\"",
        parameter: prefix + name, nearest: nearest)
    }
    return choice
  }
}
