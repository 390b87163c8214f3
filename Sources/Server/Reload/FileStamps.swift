// Which of a few files changed since the last look: their times, sizes and places on disk are remembered and compared.

import Glibc

/// Remembers how files looked.
package struct FileStamps: Sendable {
  private struct Stamp: Equatable, Sendable {
    var seconds: Int
    var nanoseconds: Int
    var size: Int
    /// Another file put in the place of the old one has another number.
    var inode: UInt64
  }

  private var stamps: [String: Stamp?] = [:]

  package init(files: [String]) { _ = changed(among: files) }

  /// The files that look different from the last time, that appeared or are gone. One that was not asked about before has not changed.
  package mutating func changed(among files: [String]) -> [String] {
    let old = stamps
    stamps = Dictionary(files.map { ($0, Self.stamp(of: $0)) }, uniquingKeysWith: { first, _ in first })
    return files.filter { file in old[file].map { $0 != stamps[file] } ?? false }
  }

  private static func stamp(of path: String) -> Stamp? {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    return Stamp(
      seconds: information.st_mtim.tv_sec, nanoseconds: information.st_mtim.tv_nsec, size: Int(information.st_size),
      inode: UInt64(information.st_ino))
  }
}
