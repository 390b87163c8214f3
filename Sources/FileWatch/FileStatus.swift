// What the system says of a file, without opening it.
import Glibc

/// What stands under a name.
package enum FileKind: Sendable, Hashable {
  case file, directory, link, fifo, socket, device

  /// A word for people.
  package var label: String {
    switch self {
    case .file: "a file"
    case .directory: "a folder"
    case .link: "a symbolic link"
    case .fifo: "a named pipe"
    case .socket: "a socket"
    case .device: "a device"
    }
  }
}

/// The part of `stat` that tells whether a file is still the one that was read.
package struct FileStatus: Sendable, Hashable {
  package var kind: FileKind
  package var size: Int64
  /// Time of the last change of content, nanoseconds since 1970.
  package var modified: Int64
  /// Time of the last change of content or of attributes, nanoseconds since 1970.
  package var changed: Int64
  package var device: UInt64
  package var inode: UInt64
  package var linkCount: Int

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .link
    case S_IFIFO: kind = .fifo
    case S_IFSOCK: kind = .socket
    default: kind = .device
    }
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    linkCount = Int(status.st_nlink)
  }

  /// Of a path; a link is followed only when asked.
  package static func of(path: [UInt8], following: Bool = false) -> Result<FileStatus, SystemError> {
    var status = stat()
    let result = withCPath(path) { following ? stat($0, &status) : lstat($0, &status) }
    return result == 0 ? .success(FileStatus(status)) : .failure(SystemError(errno))
  }

  /// Of an open file.
  package static func of(descriptor: Int32) -> Result<FileStatus, SystemError> {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? .success(FileStatus(status)) : .failure(SystemError(errno))
  }
}

/// An error number of the system.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  package var code: Int32

  package init(_ code: Int32) {
    self.code = code
  }

  /// Whether it says that there is nothing of that name.
  package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

  package var description: String {
    switch code {
    case EACCES, EPERM: "permission denied"
    case ELOOP: "a loop of symbolic links"
    case ENAMETOOLONG: "the path is longer than the system allows"
    case ENOENT: "no such file"
    default: strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
  }
}

/// Gives the bytes of a path to a call that wants a C string.
package func withCPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (path + [0]).withUnsafeBufferPointer { buffer in
    buffer.withMemoryRebound(to: CChar.self) { characters in
      // The buffer holds at least the final NUL, so it has an address.
      guard let address = characters.baseAddress else { preconditionFailure("an array of one byte has an address") }
      return body(address)
    }
  }
}

/// The path with every link resolved.
package func resolvedPath(_ path: [UInt8]) -> Result<[UInt8], SystemError> {
  guard let resolved = withCPath(path, { realpath($0, nil) }) else { return .failure(SystemError(errno)) }
  defer { free(resolved) }
  return .success(Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))))
}
