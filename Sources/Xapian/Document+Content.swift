// What a document holds, read back from the run of bytes that it is until it crosses.

import CXapian

/// The positions of a term in a document, decoded when they are asked for; good only within the call that it is given to.
public struct PositionRun {
  fileprivate var reader: CodeReader
  public let count: Int

  /// Calls `body` with each position, in the order in which they were added.
  public func forEach(_ body: (UInt32) -> Void) {
    var reader = reader
    var last: Int64 = 0
    for _ in 0..<count {
      let step = reader.number()
      last &+= Int64(bitPattern: step >> 1) ^ -Int64(bitPattern: step & 1)
      body(UInt32(truncatingIfNeeded: last))
    }
  }
}

extension Document {
  /// Reads terms and values in the order in which they were added; the bytes are lent for the call.
  public func forEach(
    term: (_ term: UnsafeBufferPointer<UInt8>, _ positions: PositionRun) -> Void,
    value: (_ slot: UInt32, _ value: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    code.bytes.withUnsafeBufferPointer { bytes in
      var reader = CodeReader(bytes: bytes)
      while let part = reader.part() {
        switch part {
        case .term(let bytes, _, let positions): term(bytes, positions)
        case .value(let slot, let bytes): value(slot, bytes)
        case .data: break
        }
      }
    }
  }
}

extension Document {
  /// Reads terms with positions alone, as they were added; the bytes are lent for the call.
  public func forEachPosting(_ body: (_ term: UnsafeBufferPointer<UInt8>, _ positions: PositionRun) -> Void) {
    code.bytes.withUnsafeBufferPointer { bytes in
      var reader = CodeReader(bytes: bytes)
      while !reader.isAtEnd {
        if reader.skipTerm() { continue }
        guard let part = reader.part() else { return }
        if case .term(let term, _, let positions) = part, positions.count > 0 { body(term, positions) }
      }
    }
  }

  /// Reads terms with their wdf, as they were added; the bytes are lent for the call.
  func forEachWeightedTerm(_ body: (_ term: UnsafeBufferPointer<UInt8>, _ wdf: UInt32) -> Void) {
    code.bytes.withUnsafeBufferPointer { bytes in
      var reader = CodeReader(bytes: bytes)
      while let part = reader.part() {
        if case .term(let bytes, let wdf, _) = part { body(bytes, wdf) }
      }
    }
  }
}

/// Reads what `ByteCode` writes. Past the end there are zeros.
private struct CodeReader {
  enum Part {
    case term(UnsafeBufferPointer<UInt8>, wdf: UInt32, PositionRun)
    case value(UInt32, UnsafeBufferPointer<UInt8>)
    case data
  }

  let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func number() -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { break }
      shift += 7
    }
    return number
  }

  private mutating func string() -> UnsafeBufferPointer<UInt8> {
    let count = Int(clamping: number())
    let end = at + min(count, bytes.count - at)
    defer { at = end }
    return UnsafeBufferPointer(rebasing: bytes[at..<end])
  }

  var isAtEnd: Bool { at >= bytes.count }

  /// Goes past the next command if it is a term without positions.
  mutating func skipTerm() -> Bool {
    guard at < bytes.count, Int(bytes[at]) == CX_DOCUMENT_TERM else { return false }
    at += 1
    skipNumber()
    _ = string()
    return true
  }

  /// The next command; nil at the end.
  mutating func part() -> Part? {
    guard at < bytes.count else { return nil }
    let command = Int(bytes[at])
    at += 1
    switch command {
    case CX_DOCUMENT_TERM:
      let wdf = UInt32(truncatingIfNeeded: number())
      return .term(string(), wdf: wdf, PositionRun(reader: self, count: 0))
    case CX_DOCUMENT_POSTINGS:
      let wdf = UInt32(truncatingIfNeeded: number())
      let term = string()
      let count = min(Int(clamping: number()), bytes.count - at)
      let run = PositionRun(reader: self, count: count)
      for _ in 0..<count { skipNumber() }
      return .term(term, wdf: wdf, run)
    case CX_DOCUMENT_VALUE:
      let slot = UInt32(truncatingIfNeeded: number())
      return .value(slot, string())
    case CX_DOCUMENT_DATA:
      _ = string()
      return .data
    default: return nil
    }
  }

  private mutating func skipNumber() {
    while at < bytes.count {
      at += 1
      if bytes[at - 1] & 0x80 == 0 { return }
    }
  }
}
