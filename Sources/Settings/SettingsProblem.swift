// What is wrong with a configuration, said so that it can be repaired at once: where, which key, what was expected, and
// the valid key that comes nearest to an unknown one. All problems of a load are collected and reported together.

/// One thing that is wrong with the configuration.
package struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
  /// The configuration file, or the environment variable or option that holds the wrong value.
  package var origin: String
  /// The line in the configuration file, from 1; nil where the origin has no lines.
  package var line: Int?
  /// The setting, as `section.key`; empty when the file as a whole is meant.
  package var key: String
  /// What was found and what was expected.
  package var message: String
  /// The valid key nearest to an unknown one.
  package var nearest: String?

  package init(origin: String, line: Int? = nil, key: String, message: String, nearest: String? = nil) {
    self.origin = origin
    self.line = line
    self.key = key
    self.message = message
    self.nearest = nearest
  }

  package var description: String {
    var text = origin
    if let line { text += ":\(line)" }
    text += ": "
    if !key.isEmpty { text += "\(key): " }
    text += message
    if let nearest { text += "; did you mean \(nearest)?" }
    return text
  }
}

/// The configuration cannot be used; holds every problem found, in the order of the files.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
  package var problems: [SettingsProblem]

  package init(_ problems: [SettingsProblem]) { self.problems = problems }

  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Finds the candidate with the smallest edit distance to `name`, if one is near enough to be a slip of the keyboard.
func nearest(to name: String, among candidates: [String]) -> String? {
  let wanted = Array(name.lowercased())
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(wanted, Array(candidate.lowercased()))
    if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(2, wanted.count / 2) else { return nil }
  return best.name
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let substituted = diagonal + (x == y ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
    }
  }
  return row[b.count]
}
