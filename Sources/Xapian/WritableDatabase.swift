// A database open for writing. There is one writer at a time, held apart by a lock on the files.

import CXapian

/// How a database is opened for writing.
public enum WritableMode: Sendable, Hashable {
  /// Opens what is there, makes a new one when nothing is.
  case createOrOpen
  /// Makes a new one, in the place of what is there.
  case createOrOverwrite
  /// Makes a new one; throws `databaseCreate` when there is one.
  case create
  /// Opens what is there; throws `databaseNotFound` (or `databaseOpening`) when nothing is.
  case open

  fileprivate var code: Int32 {
    switch self {
    case .createOrOpen: Int32(CX_CREATE_OR_OPEN)
    case .createOrOverwrite: Int32(CX_CREATE_OR_OVERWRITE)
    case .create: Int32(CX_CREATE)
    case .open: Int32(CX_OPEN)
    }
  }
}

/// A database open for writing.
///
/// Xapian commits on its own after 10,000 changed documents, unless a transaction is open. When the value goes away, changes outside a
/// transaction are committed and a failure of that is lost: call `commit()` or `close()`.
public struct WritableDatabase: ~Copyable, DatabaseReading {
  public let handle: DatabaseHandle

  /// Opens the database at `path` and takes its lock; throws an error that is `isLocked` when another writer has it.
  ///
  /// With `unsynced` a commit does not wait for the disk: faster, for a database that can be built again.
  public init(path: String, mode: WritableMode = .createOrOpen, unsynced: Bool = false) throws(XapianError) {
    let path = Array(path.utf8)
    var opened: OpaquePointer?
    try check { cx_database_open_writable(path, path.count, mode.code, unsynced ? 1 : 0, &opened, $0) }
    guard let opened else { throw XapianError(kind: .internalError, message: "no handle for an opened database") }
    handle = DatabaseHandle(pointer: opened)
  }

  deinit {
    cx_database_free(handle.pointer)
  }

  /// Commits (outside a transaction) and gives the lock back; any use from then on throws `databaseClosed`.
  public mutating func close() throws(XapianError) {
    try check { cx_database_close(handle.pointer, $0) }
  }

  // MARK: Documents

  /// Adds a document and returns its number, the highest so far.
  /// - Parameter placed: whether the positions of its terms are kept.
  @discardableResult
  public mutating func add(_ document: Document, placed: Bool = true) throws(XapianError) -> UInt32 {
    var added: UInt32 = 0
    let code = document.code.bytes
    try check { cx_add_document(handle.pointer, code, code.count, placed ? 1 : 0, &added, $0) }
    return added
  }

  /// Puts a document in the place of another, which need not exist.
  /// - Parameter placed: whether the positions of its terms are kept.
  public mutating func replace(_ number: UInt32, with document: Document, placed: Bool = true) throws(XapianError) {
    let code = document.code.bytes
    try check { cx_replace_document(handle.pointer, number, code, code.count, placed ? 1 : 0, $0) }
  }

  /// Puts a document in the place of all that have `term`, and returns its number: the lowest of theirs, or a new one.
  @discardableResult
  public mutating func replace(term: [UInt8], with document: Document) throws(XapianError) -> UInt32 {
    var replaced: UInt32 = 0
    let code = document.code.bytes
    try check { cx_replace_by_term(handle.pointer, term, term.count, code, code.count, &replaced, $0) }
    return replaced
  }

  /// Changes a document; throws an error that is `isNotFound` when there is none. What the edit does not name is not written again.
  public mutating func edit(_ number: UInt32, _ edit: DocumentEdit) throws(XapianError) {
    let code = edit.code.bytes
    try check { cx_edit_document(handle.pointer, number, code, code.count, $0) }
  }

  /// Deletes a document; throws an error that is `isNotFound` when there is none.
  public mutating func delete(_ number: UInt32) throws(XapianError) {
    try check { cx_delete_document(handle.pointer, number, $0) }
  }

  /// Deletes every document that has `term`.
  public mutating func delete(term: [UInt8]) throws(XapianError) {
    try check { cx_delete_by_term(handle.pointer, term, term.count, $0) }
  }

  // MARK: Metadata, spellings, synonyms

  /// Sets the metadata of a key; an empty value removes it.
  public mutating func setMetadata(_ key: [UInt8], _ value: [UInt8]) throws(XapianError) {
    try check { cx_set_metadata(handle.pointer, key, key.count, value, value.count, $0) }
  }

  /// Adds to the frequency of a word of the spelling dictionary.
  public mutating func addSpelling(_ word: [UInt8], frequency: UInt32 = 1) throws(XapianError) {
    try check { cx_change_spelling(handle.pointer, word, word.count, Int64(frequency), $0) }
  }

  /// Takes from the frequency of a word of the spelling dictionary; at 0 the word goes.
  public mutating func removeSpelling(_ word: [UInt8], frequency: UInt32 = 1) throws(XapianError) {
    try check { cx_change_spelling(handle.pointer, word, word.count, -Int64(frequency), $0) }
  }

  /// Makes `synonym` a synonym of `term`, but not the other way round.
  public mutating func addSynonym(_ synonym: [UInt8], of term: [UInt8]) throws(XapianError) {
    try check { cx_change_synonym(handle.pointer, term, term.count, synonym, synonym.count, 1, $0) }
  }

  public mutating func removeSynonym(_ synonym: [UInt8], of term: [UInt8]) throws(XapianError) {
    try check { cx_change_synonym(handle.pointer, term, term.count, synonym, synonym.count, 0, $0) }
  }

  public mutating func removeSynonyms(of term: [UInt8]) throws(XapianError) {
    try check { cx_clear_synonyms(handle.pointer, term, term.count, $0) }
  }

  // MARK: Commits

  /// Makes the changes so far durable and visible to readers that reopen.
  ///
  /// When it throws, the changes since the last commit are lost.
  public mutating func commit() throws(XapianError) {
    try check { cx_commit(handle.pointer, $0) }
  }

  /// Begins a transaction: until it ends nothing is committed, not even by Xapian on its own.
  ///
  /// With `flushed` the changes before it are committed now and those in it when it ends; without, it only keeps its changes together.
  public mutating func beginTransaction(flushed: Bool = true) throws(XapianError) {
    let step = flushed ? CX_TRANSACTION_BEGIN : CX_TRANSACTION_BEGIN_UNFLUSHED
    try check { cx_transaction(handle.pointer, Int32(step), $0) }
  }

  public mutating func commitTransaction() throws(XapianError) {
    try check { cx_transaction(handle.pointer, Int32(CX_TRANSACTION_COMMIT), $0) }
  }

  /// Ends the transaction and takes its changes back.
  public mutating func cancelTransaction() throws(XapianError) {
    try check { cx_transaction(handle.pointer, Int32(CX_TRANSACTION_CANCEL), $0) }
  }
}
