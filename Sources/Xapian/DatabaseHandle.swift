// What a reader and a writer share: the shim's handle. Its owner is the noncopyable struct around it, which frees it once.

/// The shim's handle of an open database, as seen by the code that both kinds of database share.
///
/// It does not own the handle and is of no use outside this module.
public struct DatabaseHandle {
  let pointer: OpaquePointer
}

/// What can be read from a database, be it open for reading or for writing.
///
/// A writer reads its own changes, committed or not. A database belongs to one thread at a time.
public protocol DatabaseReading: ~Copyable {
  var handle: DatabaseHandle { get }
}
