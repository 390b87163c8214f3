// Bytes as they arrive, to lines. Each byte is looked at once for its line feed and moved at most twice, however small
// the pieces are that a long line comes in.

/// Collects bytes and gives whole lines.
package struct LineBuffer: Sendable {
  private var bytes: [UInt8] = []
  /// Where the next line begins.
  private var start = 0
  /// Up to where there is no line feed after `start`.
  private var scanned = 0

  package init() {}

  /// Bytes held that are not a whole line yet, or not taken.
  package var count: Int { bytes.count - start }

  /// Appends bytes by `fill`.
  package mutating func append<Result>(_ fill: (inout [UInt8]) -> Result) -> Result {
    if start > 0, start >= bytes.count / 2 {  // What is moved is never more than what was taken.
      bytes.removeSubrange(..<start)
      scanned -= start
      start = 0
    }
    return fill(&bytes)
  }

  /// Takes the next line, without its line feed and a carriage return before it; nil where none is whole.
  package mutating func next() -> [UInt8]? {
    guard let feed = bytes[scanned...].firstIndex(of: 0x0A) else {
      scanned = bytes.count
      return nil
    }
    var end = feed
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    let line = Array(bytes[start..<end])
    start = feed + 1
    scanned = start
    return line
  }

  /// Takes what is left after the last line feed, nil where nothing is.
  package mutating func rest() -> [UInt8]? {
    guard start < bytes.count else { return nil }
    let line = Array(bytes[start...])
    start = bytes.count
    scanned = start
    return line
  }
}
