// Bytes as they arrive, cut into lines. A pure state: who reads feeds it and carries out what it says. Every byte is
// looked at once, however the stream is split, and no more than one longest line is ever held.

/// What the stream of bytes turned out to hold.
package enum Frame: Sendable, Equatable {
  /// One line, without its end.
  case line([UInt8])
  /// A line went past the limit. What follows cannot be told apart any more; nothing comes after this.
  case overlong
}

/// Cuts a stream of bytes into lines.
package struct LineFramer: Sendable {
  private let maxLine: Int
  private var partial: [UInt8] = []
  /// Nothing more comes: a line was too long, or the stream has ended.
  private(set) var isFinished = false

  /// A line may have `maxLine` bytes, its end not counted.
  package init(maxLine: Int) { self.maxLine = maxLine }

  /// Takes the next bytes of the stream and gives out the lines that they complete. Empty lines are passed over.
  package mutating func feed(_ bytes: UnsafeRawBufferPointer, _ give: (Frame) -> Void) {
    var start = 0
    while start < bytes.count, !isFinished {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let piece = UnsafeRawBufferPointer(rebasing: rest[..<(end ?? rest.count)])
      // One byte more than the limit may be the first half of a line end written as CR LF.
      let isOver = partial.count + piece.count > maxLine + 1
      if isOver {
        overflow(give)
        return
      }
      partial.append(contentsOf: piece)
      guard let end else { return }
      start += end + 1
      giveLine(give)
    }
  }

  /// The stream has ended; what stands after the last line end is a line too, for a peer that sends one request and no more.
  package mutating func finish(_ give: (Frame) -> Void) {
    guard !isFinished else { return }
    giveLine(give)
    isFinished = true
  }

  private mutating func giveLine(_ give: (Frame) -> Void) {
    if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
    guard partial.count <= maxLine else {
      overflow(give)
      return
    }
    let isBlank = partial.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let line = partial
    partial = []
    if !isBlank { give(.line(line)) }
  }

  private mutating func overflow(_ give: (Frame) -> Void) {
    isFinished = true
    partial = []
    give(.overlong)
  }
}
