// Whether the tables of a database are in order.

import CXapian

extension Database {
  /// Reads a whole database through and returns how many faults it has.
  public static func faults(path: String) throws(XapianError) -> Int {
    let path = Array(path.utf8)
    var faults: UInt64 = 0
    try check { cx_check(path, path.count, &faults, $0) }
    return Int(clamping: faults)
  }
}
