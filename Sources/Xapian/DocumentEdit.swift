// A change of a document that is in a database, put together like a document: one run of bytes.

import CXapian

/// What to change in a document. The steps are done in their order.
public struct DocumentEdit: Sendable, Hashable {
  private(set) var code = ByteCode()

  public init() {}

  public var isEmpty: Bool { code.bytes.isEmpty }

  /// Takes a term out, if it is there.
  public mutating func removeTerm(_ term: [UInt8]) {
    code.append(command: Int(CX_DOCUMENT_REMOVE))
    code.append(string: term)
  }

  /// Puts a term in, with these positions (in words) and no others; `wdf` is for all of them together.
  public mutating func setTerm(_ term: [UInt8], positions: [UInt32] = [], wdf: UInt32) {
    removeTerm(term)
    addTerm(term, positions: positions, wdf: wdf)
  }

  /// Puts in a term that is not there.
  public mutating func addTerm(_ term: [UInt8], positions: [UInt32] = [], wdf: UInt32) {
    var added = Document()
    if positions.isEmpty { added.addTerm(term, wdf: wdf) } else { added.addPosting(term, positions: positions, wdf: wdf) }
    code.bytes += added.code.bytes
  }

  /// Sets the value of a slot; an empty value is no value.
  public mutating func setValue(slot: UInt32, _ value: [UInt8]) {
    code.append(command: Int(CX_DOCUMENT_VALUE))
    code.append(slot)
    code.append(string: value)
  }

  /// Sets the stored data.
  public mutating func setData(_ data: [UInt8]) {
    code.append(command: Int(CX_DOCUMENT_DATA))
    code.append(string: data)
  }
}
