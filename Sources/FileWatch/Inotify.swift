// The system's inotify as one owned descriptor: watches go in, parsed events come out.
import Glibc

/// One event as the system tells it.
struct InotifyEvent: Sendable, Equatable {
  struct Mask: OptionSet, Sendable {
    let rawValue: UInt32
    static let modify = Mask(rawValue: UInt32(IN_MODIFY))
    static let attributes = Mask(rawValue: UInt32(IN_ATTRIB))
    static let closeWrite = Mask(rawValue: UInt32(IN_CLOSE_WRITE))
    static let movedFrom = Mask(rawValue: UInt32(IN_MOVED_FROM))
    static let movedTo = Mask(rawValue: UInt32(IN_MOVED_TO))
    static let create = Mask(rawValue: UInt32(IN_CREATE))
    static let delete = Mask(rawValue: UInt32(IN_DELETE))
    static let deleteSelf = Mask(rawValue: UInt32(IN_DELETE_SELF))
    static let moveSelf = Mask(rawValue: UInt32(IN_MOVE_SELF))
    static let unmount = Mask(rawValue: UInt32(IN_UNMOUNT))
    static let overflow = Mask(rawValue: UInt32(IN_Q_OVERFLOW))
    static let ignored = Mask(rawValue: UInt32(IN_IGNORED))
    static let directory = Mask(rawValue: 0x4000_0000)

    /// Everything that a watched directory is asked for.
    static let wanted: Mask = [
      .modify, .attributes, .closeWrite, .movedFrom, .movedTo, .create, .delete, .deleteSelf, .moveSelf,
    ]
  }

  var watch: Int32
  var mask: Mask
  var name: [UInt8]
}

/// An inotify instance; closed with its owner.
struct Inotify: ~Copyable {
  let descriptor: Int32

  init() throws(SystemError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    if descriptor < 0 { throw SystemError(errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Watches a directory; the same number comes back when its inode is watched already.
  func watch(_ directory: [UInt8], followingLink: Bool) throws(SystemError) -> Int32 {
    let only: UInt32 = 0x0100_0000
    let noLink: UInt32 = followingLink ? 0 : 0x0200_0000
    let unlinked: UInt32 = 0x0400_0000
    let mask = InotifyEvent.Mask.wanted.rawValue | only | noLink | unlinked
    let watch = withCPath(directory) { inotify_add_watch(descriptor, $0, mask) }
    if watch < 0 { throw SystemError(errno) }
    return watch
  }

  func unwatch(_ watch: Int32) {
    _ = inotify_rm_watch(descriptor, watch)
  }

  /// The events that wait now; empty when there are none.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> [InotifyEvent] {
    let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    guard count > 0 else { return [] }
    var events: [InotifyEvent] = []
    let header = MemoryLayout<inotify_event>.size
    var offset = 0
    while offset + header <= count {
      let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      let end = min(offset + header + Int(event.len), count)
      // The name is padded with NULs.
      let name = buffer[(offset + header)..<end].prefix { $0 != 0 }
      events.append(InotifyEvent(watch: event.wd, mask: .init(rawValue: event.mask), name: Array(name)))
      offset = end
    }
    return events
  }
}
