// JSON values to typed results, for the side that receives them. Members that it does not know are passed over, so that
// a daemon may say more than this client understands.

/// Says that a value can be read from JSON.
package protocol JSONReadable {
  init(json: JSONValue) throws(JSONMismatch)
}

/// Says which part of a received value is not what was expected.
package struct JSONMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// The way to the part, as in `hits[2].article.id`.
  package var path: String
  package var expected: String
  package var found: String

  package init(expected: String, found: JSONValue) {
    path = ""
    self.expected = expected
    self.found = found.typeName
  }

  package var description: String { "\(path.isEmpty ? "the value" : path): expected \(expected), found \(found)" }

  func under(_ step: String) -> JSONMismatch {
    var copy = self
    copy.path = path.isEmpty ? step : path.hasPrefix("[") ? step + path : step + "." + path
    return copy
  }
}

extension JSONValue {
  /// Reads a member; a missing one is read as null.
  package func read<T: JSONReadable>(_ key: String, as type: T.Type = T.self) throws(JSONMismatch) -> T {
    guard case .object = self else { throw JSONMismatch(expected: "an object", found: self) }
    do {
      return try T(json: self[key] ?? .null)
    } catch {
      throw error.under(key)
    }
  }

  /// Reads a member, or takes the default where it is missing.
  package func read<T: JSONReadable>(_ key: String, default value: T) throws(JSONMismatch) -> T {
    guard case .object = self else { throw JSONMismatch(expected: "an object", found: self) }
    return self[key] == nil ? value : try read(key, as: T.self)
  }
}

extension String: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let value = json.string else { throw JSONMismatch(expected: "a string", found: json) }
    self = value
  }
}

extension Bool: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let value = json.bool else { throw JSONMismatch(expected: "a boolean", found: json) }
    self = value
  }
}

extension Int: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let value = json.int else { throw JSONMismatch(expected: "an integer", found: json) }
    self = value
  }
}

extension UInt64: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let value = json.int, value >= 0 else { throw JSONMismatch(expected: "an integer from 0", found: json) }
    self = UInt64(value)
  }
}

extension Double: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let value = json.double else { throw JSONMismatch(expected: "a number", found: json) }
    self = value
  }
}

extension JSONValue: JSONReadable {
  package init(json: JSONValue) { self = json }
}

extension Optional: JSONReadable where Wrapped: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    self = json.isNull ? nil : try Wrapped(json: json)
  }
}

extension Array: JSONReadable where Element: JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let values = json.array else { throw JSONMismatch(expected: "a list", found: json) }
    self.init()
    reserveCapacity(values.count)
    for (i, value) in values.enumerated() {
      do {
        append(try Element(json: value))
      } catch {
        throw error.under("[\(i)]")
      }
    }
  }
}

extension JSONReadable where Self: RawRepresentable, RawValue == String {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let value = Self(rawValue: try String(json: json)) else { throw JSONMismatch(expected: "a known word", found: json) }
    self = value
  }
}
