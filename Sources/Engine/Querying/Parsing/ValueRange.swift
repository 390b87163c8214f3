// `author:a..f`: the values of a field from one to another. They are compared folded, byte by byte; an end takes in whatever begins
// like it, as a year takes in its days.

struct ValueRange: Sendable {
  /// Folded; empty = open.
  let from: [UInt8]
  let to: [UInt8]

  init(_ field: Field, from: String, to: String) {
    self.from = from.isEmpty ? [] : field.folded(from)
    self.to = to.isEmpty ? [] : field.folded(to)
  }

  /// Whether the first end does not come after the last.
  var isForward: Bool { !to.lexicographicallyPrecedes(from) || from.starts(with: to) }

  /// Whether a folded value comes after all that are in the range.
  func isPast(_ value: some Collection<UInt8>) -> Bool {
    !to.isEmpty && to.lexicographicallyPrecedes(value) && !value.starts(with: to)
  }
}
