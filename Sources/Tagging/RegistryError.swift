// What is wrong with the registry's files, all of it at once.

/// Everything wrong with the files of a registry.
package struct RegistryError: Error, Sendable, CustomStringConvertible {
  /// One thing wrong, at a place in a file.
  package struct Problem: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    /// 1-based; 0 when the whole file is meant.
    package var line: Int
    /// The key or value at fault, such as `actors.iran.kind`.
    package var key: String
    /// What is wrong and what was expected.
    package var message: String

    package var description: String {
      let place = line > 0 ? "\(file):\(line)" : file
      return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
  }

  package var problems: [Problem]

  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
