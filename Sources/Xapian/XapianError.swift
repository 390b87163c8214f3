// What can go wrong in Xapian, as one Swift error: its kind is Xapian's own type of error, and properties say what a caller
// can do about it.
import Glibc

/// An error that Xapian reported.
public struct XapianError: Error, Sendable, Hashable {
  /// The type of an error in Xapian; the raw value is Xapian's own code of it plus one, up to `databaseClosed`.
  public enum Kind: Int32, Sendable, Hashable, CaseIterable {
    case assertion = 1
    case invalidArgument = 2
    case invalidOperation = 3
    case unimplemented = 4
    case database = 5
    case databaseCorrupt = 6
    case databaseCreate = 7
    case databaseLock = 8
    case databaseModified = 9
    case databaseOpening = 10
    case databaseVersion = 11
    case documentNotFound = 12
    case featureUnavailable = 13
    case internalError = 14
    case network = 15
    case networkTimeout = 16
    case queryParser = 17
    case serialisation = 18
    case range = 19
    case wildcard = 20
    case databaseNotFound = 21
    case databaseClosed = 22
    /// Memory ran out.
    case outOfMemory = 100
    /// An exception of the C++ library that is no error of Xapian's.
    case standardException = 101
    /// An exception of a type that this version does not know.
    case unknownException = 102
  }

  public let kind: Kind
  /// Xapian's words.
  public let message: String
  /// Where it happened, in Xapian's words (a file, a host); often empty.
  public let context: String
  /// The system's reason (`errno`) in words; empty when there is none.
  public let systemReason: String

  public init(kind: Kind, message: String, context: String = "", systemReason: String = "") {
    self.kind = kind
    self.message = message
    self.context = context
    self.systemReason = systemReason
  }

  /// Says of a call of the system's that has just failed why it did, as `errno` has it.
  public init(ofSystem message: String, context: String = "") {
    self.init(kind: .database, message: message, context: context, systemReason: String(cString: strerror(errno)))
  }

  /// Whether the reader fell behind the writer: reopen the database and do it again.
  public var isRetriable: Bool { kind == .databaseModified }

  /// Whether to do it again on the database as it is after reopening it.
  /// - Parameter isNewer: whether there was a newer commit. A reader that fell behind may miss a document that it has just found, and says no more.
  public func isRetriable(onNewer isNewer: Bool) -> Bool { isRetriable || isNewer && isNotFound }

  /// Whether another writer has the database open.
  public var isLocked: Bool { kind == .databaseLock }

  /// Whether the files cannot be trusted or understood: the index must be built again.
  public var isCorruption: Bool { kind == .databaseCorrupt || kind == .databaseVersion }

  /// Whether the document asked for is not there.
  public var isNotFound: Bool { kind == .documentNotFound }

  /// Whether it took too long.
  public var isTimeout: Bool { kind == .networkTimeout }
}

extension XapianError: CustomStringConvertible {
  public var description: String {
    var text = "Xapian: \(kind): \(message)"
    if !systemReason.isEmpty { text += " (\(systemReason))" }
    if !context.isEmpty { text += " [\(context)]" }
    return text
  }
}
