// Writing the last commit of a database, or of several, into a new one with its blocks full and in order.

import CXapian

/// How a database is compacted.
public struct CompactionOptions: OptionSet, Sendable, Hashable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Keeps the document numbers instead of numbering anew without gaps; of several databases the ranges must not overlap.
  public static let keepNumbers = CompactionOptions(rawValue: UInt32(CX_COMPACT_KEEP_NUMBERS))
  /// Joins many databases in several passes, which is faster for more than three or so.
  public static let multipass = CompactionOptions(rawValue: UInt32(CX_COMPACT_MULTIPASS))
  /// Writes one file, which can only be read.
  public static let singleFile = CompactionOptions(rawValue: UInt32(CX_COMPACT_SINGLE_FILE))
}

extension DatabaseReading where Self: ~Copyable {
  /// Writes the database to a new, compact one at `path`; a writer must have committed.
  public func compact(to path: String, options: CompactionOptions = []) throws(XapianError) {
    let path = Array(path.utf8)
    try check { cx_compact(handle.pointer, path, path.count, options.rawValue, $0) }
  }
}

extension Database {
  /// Writes several databases, one after the other, to a new, compact one.
  public static func compact(_ paths: [String], to destination: String, options: CompactionOptions = []) throws(XapianError) {
    let destination = Array(destination.utf8)
    let joined = paths.flatMap { Array($0.utf8) }
    let lengths = paths.map { $0.utf8.count }
    try check {
      cx_compact_paths(joined, lengths, lengths.count, destination, destination.count, options.rawValue, $0)
    }
  }

  /// Reads a whole database through and returns how many faults it has.
  public static func faults(path: String) throws(XapianError) -> Int {
    let path = Array(path.utf8)
    var faults: UInt64 = 0
    try check { cx_check(path, path.count, &faults, $0) }
    return Int(clamping: faults)
  }
}
