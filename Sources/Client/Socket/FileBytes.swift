// Reading and writing file descriptors by bytes, so that the client needs no Foundation.
import Glibc

/// Reads files and descriptors.
package enum FileBytes {
  /// The folder that relative paths start from; `/` where it is gone.
  package static var currentDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// Makes the path of a file that is there absolute, since the daemon works in another folder; any other path is left as it
  /// was typed, for the daemon to look up among the paths that it shows.
  package static func absoluteIfPresent(_ path: String) -> String {
    guard let full = realpath(path, nil) else { return path }
    defer { free(full) }
    return String(cString: full)
  }

  /// Returns a regular file's content, nil where it cannot be read.
  package static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      guard let count = read(from: descriptor, into: &bytes) else { return nil }
      if count == 0 { return bytes }
    }
  }

  /// Writes a file anew; what was there before stays until the new content is there in full. A device or a pipe is written to.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(ClientError) {
    let target = absoluteIfPresent(path)
    var status = stat()
    let isSpecial = stat(target, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let written = isSpecial ? target : target + ".new"
    let descriptor = open(written, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    var isDone = descriptor >= 0 && write(bytes, to: descriptor)
    var reason = errno
    if descriptor >= 0 { close(descriptor) }
    if isDone, !isSpecial, rename(written, target) != 0 {
      isDone = false
      reason = errno
    }
    guard isDone else {
      if !isSpecial { unlink(written) }
      throw .configuration("\(path) cannot be written: \(String(cString: strerror(reason)))")
    }
  }

  /// Appends what one `read` gives; returns the number of bytes, 0 at the end, nil after an error.
  package static func read(from descriptor: Int32, into bytes: inout [UInt8]) -> Int? {
    withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 16) { chunk in
      while true {
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return nil }
        bytes.append(contentsOf: chunk[..<count])
        return count
      }
    }
  }

  /// Writes everything; returns false where the other side does not take it.
  @discardableResult
  package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
    let done: Bool? = bytes.withContiguousStorageIfAvailable { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
    return done ?? Array(bytes).withUnsafeBytes { writeAll($0, to: descriptor) }
  }

  private static func writeAll(_ buffer: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
