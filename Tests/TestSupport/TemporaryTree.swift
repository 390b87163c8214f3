import FileWatch
import Glibc

/// A folder of its own for one test, gone with it.
package final class TemporaryTree: Sendable {
  package let path: String
  package let root: TreeRoot

  package init() throws {
    path = try makeTemporaryFolder()
    root = TreeRoot(path)
  }

  deinit {
    remove([])
  }

  package func absolute(_ name: String) -> [UInt8] { root.absolute(BytePath(name)) }

  package func makeFolder(_ name: String) {
    _ = withCPath(absolute(name)) { mkdir($0, 0o755) }
  }

  /// Writes a file in one go, closing it.
  package func write(_ name: String, _ text: String = "text") {
    write(bytes: BytePath(name), text)
  }

  package func write(bytes name: BytePath, _ text: String) {
    let descriptor = withCPath(root.absolute(name)) { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
    precondition(descriptor >= 0, "\(SystemError(errno))")
    append(descriptor, text)
    close(descriptor)
  }

  /// Opens a file for writing in pieces.
  package func open_(_ name: String) -> Int32 {
    withCPath(absolute(name)) { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
  }

  package func append(_ descriptor: Int32, _ text: String) {
    let bytes = Array(text.utf8)
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  package func rename(_ old: String, _ new: String) {
    let to = absolute(new)
    _ = withCPath(absolute(old)) { old in withCPath(to) { Glibc.rename(old, $0) } }
  }

  package func link(_ name: String, to target: String) {
    _ = withCPath(absolute(name)) { symlink(target, $0) }
  }

  package func makePipe(_ name: String) {
    _ = withCPath(absolute(name)) { mkfifo($0, 0o644) }
  }

  package func delete(_ name: String) {
    _ = withCPath(absolute(name)) { unlink($0) }
  }

  /// Deletes a folder with all in it; the whole tree for an empty name.
  package func deleteFolder(_ name: String) {
    remove(Array(name.utf8))
  }

  private func remove(_ name: [UInt8]) {
    var status = stat()
    let path = root.absolute(BytePath(bytes: name))
    guard withCPath(path, { lstat($0, &status) }) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR, let stream = withCPath(path, { opendir($0) }) {
      while let entry = readdir(stream) {
        let start = UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0)
        let child = Array(UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
        if child != [46], child != [46, 46] { remove(BytePath(bytes: name).appending(child).bytes) }
      }
      closedir(stream)
      _ = withCPath(path) { rmdir($0) }
    } else {
      _ = withCPath(path) { unlink($0) }
    }
  }
}
