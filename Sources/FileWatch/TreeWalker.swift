// One pass over a tree of files, without recursion and without opening any file.
import Glibc

/// One file that a walk found.
package struct WalkedFile: Sendable, Hashable {
  package var path: BytePath
  package var status: FileStatus
  /// Where a link leads, within the tree; nil for a file itself.
  package var target: BytePath?
}

/// Something that counts by its name and yet is no file to read, with the reason.
package struct PassedOver: Sendable, Hashable {
  package var path: BytePath
  package var reason: String
}

/// What a walk found.
package struct Walk: Sendable, Hashable {
  package var files: [WalkedFile] = []
  package var passedOver: [PassedOver] = []
  /// Directories that could not be listed: what they hold is not known, so nothing under them is known to be gone.
  package var unreadable: [BytePath] = []

  package init() {}
}

/// Walks a tree. Directories reached through links are never entered, so no loop is possible; a directory met twice by its inode (a
/// bind mount of one above) is entered once.
package struct TreeWalker: Sendable {
  package var root: TreeRoot
  package var filter: TreeFilter

  package init(root: TreeRoot, filter: TreeFilter) {
    self.root = root
    self.filter = filter
  }

  /// Walks `start` and all under it.
  /// - Parameter entering: called before a directory is listed, so that a watch set there misses nothing that the listing misses.
  package func walk(from start: BytePath = .root, entering: (BytePath) -> Void = { _ in }) -> Walk {
    var walk = Walk()
    var waiting = [start]
    var seen: Set<[UInt64]> = []
    while let directory = waiting.popLast() {
      guard filter.enters(directory: directory) else { continue }
      entering(directory)
      // The root may itself be a link to the real folder; nothing below it may.
      let follow = directory.isRoot ? 0 : O_NOFOLLOW
      let descriptor = withCPath(root.absolute(directory)) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK | follow) }
      if descriptor < 0 {
        let error = SystemError(errno)
        if error.isAbsence && !directory.isRoot { continue }
        walk.unreadable.append(directory)
        walk.passedOver.append(PassedOver(path: directory, reason: "the folder cannot be read: \(error)"))
        continue
      }
      guard let stream = fdopendir(descriptor) else {
        close(descriptor)
        walk.unreadable.append(directory)
        continue
      }
      defer { closedir(stream) }
      if case .success(let status) = FileStatus.of(descriptor: descriptor) {
        if !seen.insert([status.device, status.inode]).inserted { continue }
      }
      list(stream, of: directory, into: &walk, directories: &waiting)
    }
    return walk
  }

  private func list(_ stream: OpaquePointer, of directory: BytePath, into walk: inout Walk, directories: inout [BytePath]) {
    let descriptor = dirfd(stream)
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { walk.unreadable.append(directory) }
        return
      }
      let name = nameBytes(of: entry)
      if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
      let path = directory.appending(name)
      // A directory need not be asked about, and a name that does not count is not worth a question.
      if entry.pointee.d_type == UInt8(DT_DIR) {
        directories.append(path)
        continue
      }
      if entry.pointee.d_type != UInt8(DT_UNKNOWN), !filter.takes(file: path) { continue }
      var status = stat()
      guard withCPath(name, { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
        let error = SystemError(errno)
        if !error.isAbsence { walk.passedOver.append(PassedOver(path: path, reason: "\(error)")) }
        continue
      }
      let found = FileStatus(status)
      if found.kind == .directory {
        directories.append(path)
      } else if filter.takes(file: path) {
        switch root.resolve(path, found) {
        case .file(let file): walk.files.append(file)
        case .passedOver(let reason): walk.passedOver.append(PassedOver(path: path, reason: reason))
        case .gone: break
        }
      }
    }
  }

  private func nameBytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    let start = UnsafeRawPointer(entry) + offset
    return Array(UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
  }
}
