import Client
import Glibc
import TestSupport

/// A file that is gone with its owner.
final class ScratchFile {
  let path: String

  init(bytes: [UInt8] = []) throws {
    path = try makeTemporaryFile()
    let descriptor = open(path, O_WRONLY)
    FileBytes.write(bytes, to: descriptor)
    close(descriptor)
  }

  convenience init(_ text: String) throws { try self.init(bytes: Array(text.utf8)) }

  var text: String { String(decoding: FileBytes.read(path) ?? [], as: UTF8.self) }

  deinit { unlink(path) }
}
