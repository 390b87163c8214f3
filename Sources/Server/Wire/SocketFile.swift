// The Unix socket as a file: its folder, what an earlier daemon left at its path, its permissions, and its end.

import Glibc
import Synchronization

/// Why the socket cannot be opened.
package struct SocketError: Error, CustomStringConvertible, Equatable {
  package var path: String
  package var reason: String
  /// Another daemon answers there.
  package var isTaken = false

  package var description: String { "socket \(path): \(reason)" }
}

/// A bound Unix socket and the file that stands for it.
final class SocketFile: Sendable {
  let path: String
  /// The bound socket; whoever listens on it owns and closes it.
  let descriptor: CInt
  private let device: dev_t
  private let inode: ino_t
  private let isRemoved = Atomic<Bool>(false)

  private init(path: String, descriptor: CInt, device: dev_t, inode: ino_t) {
    self.path = path
    self.descriptor = descriptor
    self.device = device
    self.inode = inode
  }

  /// Binds a socket at `path`. A socket file that nobody answers at is removed first, anything else that lies there is left alone.
  static func bind(_ path: String, mode: UInt32) throws(SocketError) -> SocketFile {
    try prepareFolder(of: path)
    try removeStale(path)
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw failure(path, "cannot be made") }
    // The file takes its permissions from the descriptor, narrowed by the process's mask, so that it is never more open than it
    // should be; what the mask took away is given back below.
    fchmod(descriptor, mode)
    var information = stat()
    guard withAddress(path, { Glibc.bind(descriptor, $0, $1) }) == 0, chmod(path, mode) == 0, lstat(path, &information) == 0 else {
      let error = failure(path, "cannot be bound")
      close(descriptor)
      throw error
    }
    return SocketFile(path: path, descriptor: descriptor, device: information.st_dev, inode: information.st_ino)
  }

  /// Removes the file, once. Best done while the socket still answers: nobody else takes the path before that.
  func remove() {
    guard !isRemoved.exchange(true, ordering: .relaxed) else { return }
    var information = stat()
    guard lstat(path, &information) == 0, information.st_dev == device, information.st_ino == inode else { return }
    unlink(path)
  }

  private static func prepareFolder(of path: String) throws(SocketError) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o700) != 0, errno != EEXIST, !isFolder(made) { throw failure(path, "the folder \(made) cannot be made") }
    }
    var information = stat()
    guard stat(folder, &information) == 0, isFolder(folder) else { throw failure(path, "\(folder) is not a folder") }
    // Somebody who got there first could put a socket of their own in our place.
    guard information.st_uid == geteuid() || information.st_uid == 0 else {
      throw SocketError(path: path, reason: "the folder \(folder) belongs to another user; name another place with --socket")
    }
  }

  private static func removeStale(_ path: String) throws(SocketError) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    guard information.st_mode & S_IFMT == S_IFSOCK else {
      throw SocketError(path: path, reason: "there is a file that is not a socket; remove it, or name another place with --socket")
    }
    let probe = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue), 0)
    guard probe >= 0 else { throw failure(path, "cannot be tried") }
    defer { close(probe) }
    if withAddress(path, { connect(probe, $0, $1) }) == 0 || errno == EAGAIN {
      throw SocketError(path: path, reason: "another daemon answers there; stop it, or name another place with --socket", isTaken: true)
    }
    guard errno == ECONNREFUSED else { throw failure(path, "cannot be tried") }
    guard unlink(path) == 0 || errno == ENOENT else { throw failure(path, "the file of a daemon that is gone cannot be removed") }
  }

  private static func isFolder(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  private static func failure(_ path: String, _ what: String) -> SocketError {
    SocketError(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
  }

  /// Calls with the path as the kernel wants it; a path too long for it fails with `ENAMETOOLONG`.
  private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
      guard path.utf8.count < place.count else { return false }
      place.copyBytes(from: path.utf8)
      return true
    }
    guard fits else {
      errno = ENAMETOOLONG
      return -1
    }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }
}
