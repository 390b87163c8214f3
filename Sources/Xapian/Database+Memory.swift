// A database of a few documents in memory, for asking queries of exactly these.

import CXapian

extension Database {
  /// Makes a database in memory of documents, numbered from 1 in their order, and of metadata.
  ///
  /// It has no revision, and `reopen()` changes nothing. A document costs some hundred bytes a term.
  public init(
    inMemory documents: some Sequence<Document>, metadata: [(key: [UInt8], value: [UInt8])] = []
  ) throws(XapianError) {
    var opened: OpaquePointer?
    try check { cx_database_open_memory(&opened, $0) }
    guard let opened else { throw XapianError(kind: .internalError, message: "no handle for an opened database") }
    do throws(XapianError) {
      var added: UInt32 = 0
      for document in documents {
        let code = document.code.bytes
        try check { cx_add_document(opened, code, code.count, 1, &added, $0) }
      }
      for (key, value) in metadata { try check { cx_set_metadata(opened, key, key.count, value, value.count, $0) } }
    } catch {
      cx_database_free(opened)
      throw error
    }
    handle = DatabaseHandle(pointer: opened)
  }
}
