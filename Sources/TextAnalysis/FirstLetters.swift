/// The letters of a to z that some index terms begin with.
package struct FirstLetters: Sendable {
  private var bits: UInt32 = 0

  package init(of terms: some Sequence<[UInt8]>) {
    for term in terms {
      if let first = term.first, (0x61...0x7A).contains(first) { bits |= 1 << UInt32(first - 0x61) }
    }
  }

  /// Where no terms are looked for.
  package static let none = FirstLetters(of: EmptyCollection())

  /// - Parameter letter: what is none of a to z is in every set.
  @inline(__always)
  func contains(_ letter: UInt8) -> Bool {
    let place = letter &- 0x61
    return place >= 26 || bits >> UInt32(place) & 1 != 0
  }
}
