// Keeps a second daemon off an index: a lock on a file beside the database, which the kernel lets go of when the process ends, however
// it ends. The file holds the process id, so that the message can say who has it.
import Glibc

/// What opening or writing an index can run into.
package struct EngineError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable { case locked, unusable, failed }
  package var kind: Kind
  package var description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

struct IndexLock: ~Copyable {
  private let descriptor: Int32

  init(directory: String) throws(EngineError) {
    let path = directory + "/arasd.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw EngineError(
        .unusable, "cannot write in the index folder \(directory): \(String(cString: strerror(errno))); choose another with --index")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var buffer = [UInt8](repeating: 0, count: 32)
      let count = read(descriptor, &buffer, buffer.count)
      let owner = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).filter(\.isNumber)
      close(descriptor)
      throw EngineError(
        .locked,
        "the index \(directory) is in use by another arasd\(owner.isEmpty ? "" : " (process \(owner))"); stop that one, or give this one its own with --index"
      )
    }
    self.descriptor = descriptor
    _ = ftruncate(descriptor, 0)
    let text = Array("\(getpid())\n".utf8)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  deinit { close(descriptor) }
}
