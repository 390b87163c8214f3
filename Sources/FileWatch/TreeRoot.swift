// Where a tree stands, and what a path in it means.
import Glibc

/// The root of a watched tree.
package struct TreeRoot: Sendable, Hashable {
  /// The path as given, without a slash at its end.
  package let path: [UInt8]

  package init(path: [UInt8]) {
    var trimmed = path
    while trimmed.count > 1, trimmed.last == UInt8(ascii: "/") { trimmed.removeLast() }
    self.path = trimmed.isEmpty ? [UInt8(ascii: ".")] : trimmed
  }

  package init(_ path: String) {
    self.init(path: Array(path.utf8))
  }

  /// The path to give to the system.
  package func absolute(_ relative: BytePath) -> [UInt8] {
    if relative.isRoot { return path }
    return (path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]) + relative.bytes
  }

  /// What a path in the tree is.
  package enum Resolution: Sendable, Equatable {
    case file(WalkedFile)
    /// Something that is not read, with the reason.
    case passedOver(String)
    case gone
  }

  /// Looks at a path: a file, a link to a file inside the tree, or something to pass over.
  package func resolve(_ path: BytePath) -> Resolution {
    switch FileStatus.of(path: absolute(path)) {
    case .success(let status): return resolve(path, status)
    case .failure(let error): return error.isAbsence ? .gone : .passedOver("\(error)")
    }
  }

  func resolve(_ path: BytePath, _ status: FileStatus) -> Resolution {
    switch status.kind {
    case .file: return .file(WalkedFile(path: path, status: status, target: nil))
    case .link: return follow(path)
    case .directory: return .gone
    case .fifo, .socket, .device: return .passedOver("\(status.kind.label) is not read")
    }
  }

  private func follow(_ path: BytePath) -> Resolution {
    let resolved: [UInt8]
    switch resolvedPath(absolute(path)) {
    case .success(let found): resolved = found
    case .failure(let error):
      return .passedOver(error.isAbsence ? "the symbolic link leads to nothing" : "the symbolic link cannot be followed: \(error)")
    }
    guard case .success(var base) = resolvedPath(self.path) else { return .gone }
    if base.last != UInt8(ascii: "/") { base.append(UInt8(ascii: "/")) }
    guard resolved.starts(with: base) || resolved + [UInt8(ascii: "/")] == base else {
      return .passedOver("the symbolic link leads out of the source and is not followed")
    }
    switch FileStatus.of(path: resolved) {
    case .failure(let error): return .passedOver("the symbolic link cannot be followed: \(error)")
    case .success(let status):
      guard status.kind == .file else {
        return .passedOver("the symbolic link leads to \(status.kind.label) and is not followed")
      }
      return .file(WalkedFile(path: path, status: status, target: BytePath(bytes: Array(resolved.dropFirst(base.count)))))
    }
  }
}
