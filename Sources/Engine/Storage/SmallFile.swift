// Small files, of the system's and our own, that say one thing.
import Glibc

enum SmallFile {
  private static let most = 1 << 14

  /// What it says; nil where it cannot be opened.
  static func contents(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: most) { room, count in
      while count < room.count, let base = room.baseAddress {
        let got = read(file, base + count, room.count - count)
        if got <= 0 { return }
        count += got
      }
    }
  }
}
