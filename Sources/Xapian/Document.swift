// A document on its way into a database: one run of bytes, put together here and taken apart by the shim, so that a document crosses
// once however many terms it has.

import CXapian

/// A document to add to a database.
///
/// Terms may come in any order. The same term may come again: wdfs add up and positions join. A term may have up to 245 bytes, a NUL
/// byte counting as two; an empty or a longer term is refused when the document is written.
public struct Document: Sendable, Hashable {
  private(set) var code = ByteCode()

  public init() {}

  /// How many bytes the document takes to cross: a measure of its size.
  public var byteCount: Int { code.bytes.count }

  /// Empties the document, keeping its memory for the next.
  public mutating func removeAll() {
    code.bytes.removeAll(keepingCapacity: true)
  }

  /// Makes room for a document of about that many bytes.
  public mutating func reserveCapacity(_ byteCount: Int) {
    code.bytes.reserveCapacity(byteCount)
  }

  /// Adds a term without positions; `wdf` 0 makes it one that adds nothing to the document's length.
  public mutating func addTerm(_ term: UnsafeBufferPointer<UInt8>, wdf: UInt32 = 1) {
    addTerm(prefix: [], term, wdf: wdf)
  }

  /// Adds a term without positions.
  public mutating func addTerm(_ term: [UInt8], wdf: UInt32 = 1) {
    code.append(command: CX_DOCUMENT_TERM)
    code.append(wdf)
    code.append(string: term)
  }

  /// Adds a term without positions, made of a prefix and a word.
  public mutating func addTerm(prefix: [UInt8], _ word: UnsafeBufferPointer<UInt8>, wdf: UInt32 = 1) {
    guard prefix.count + word.count <= CommandBytes.longestString else {
      code.append(command: CX_DOCUMENT_TERM)
      code.append(wdf)
      code.append(prefix: prefix, string: word)
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: CommandBytes.capacity) { room in
      var command = CommandBytes(room, command: CX_DOCUMENT_TERM)
      command.append(UInt64(wdf))
      command.append(prefix: prefix, string: word)
      code.bytes.append(contentsOf: command.bytes)
    }
  }

  /// Adds a term with positions, in words; `wdf` is for all of them together, whatever their number.
  public mutating func addPosting(_ term: UnsafeBufferPointer<UInt8>, positions: UnsafeBufferPointer<UInt32>, wdf: UInt32) {
    addPosting(prefix: [], term, positions: positions, wdf: wdf)
  }

  /// Adds a term with positions.
  public mutating func addPosting(_ term: [UInt8], positions: [UInt32], wdf: UInt32) {
    term.withUnsafeBufferPointer { term in
      positions.withUnsafeBufferPointer { addPosting(prefix: [], term, positions: $0, wdf: wdf) }
    }
  }

  /// Adds a term with positions, made of a prefix and a word.
  public mutating func addPosting(
    prefix: [UInt8], _ word: UnsafeBufferPointer<UInt8>, positions: UnsafeBufferPointer<UInt32>, wdf: UInt32
  ) {
    guard prefix.count + word.count <= CommandBytes.longestString, positions.count <= CommandBytes.mostNumbers else {
      code.append(command: CX_DOCUMENT_POSTINGS)
      code.append(wdf)
      code.append(prefix: prefix, string: word)
      code.append(count: positions.count)
      Self.forEachStep(positions) { code.append($0) }
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: CommandBytes.capacity) { room in
      var command = CommandBytes(room, command: CX_DOCUMENT_POSTINGS)
      command.append(UInt64(wdf))
      command.append(prefix: prefix, string: word)
      command.append(UInt64(positions.count))
      Self.forEachStep(positions) { command.append($0) }
      code.bytes.append(contentsOf: command.bytes)
    }
  }

  /// The distance of each position from the one before, with its sign in the lowest bit.
  @inline(__always)
  private static func forEachStep(_ positions: UnsafeBufferPointer<UInt32>, _ body: (UInt64) -> Void) {
    var last: Int64 = 0
    for position in positions {
      let step = Int64(position) - last
      body(UInt64(bitPattern: (step << 1) ^ (step >> 63)))
      last = Int64(position)
    }
  }

  /// Sets the value of a slot; an empty value is no value.
  public mutating func setValue(slot: UInt32, _ value: [UInt8]) {
    code.append(command: CX_DOCUMENT_VALUE)
    code.append(slot)
    code.append(string: value)
  }

  /// Sets the stored data.
  public mutating func setData(_ data: [UInt8]) {
    code.append(command: CX_DOCUMENT_DATA)
    code.append(string: data)
  }
}
