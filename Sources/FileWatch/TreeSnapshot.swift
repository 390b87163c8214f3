// What a tree held at one moment, to tell by comparison what changed where the system does not.

/// The files of a tree with what shows a change of each.
package struct TreeSnapshot: Sendable {
  private struct Mark: Equatable {
    var size: Int64
    var modified: Int64
    var changed: Int64
    var inode: UInt64
  }

  private var marks: [BytePath: Mark] = [:]

  package init() {}

  package init(_ walk: Walk) {
    update(to: walk, now: wallClockNow(), settledAfter: 0)
  }

  /// Takes the new walk in place of the old one and tells the differences.
  ///
  /// A file last changed less than `settledAfter` before `now` (both nanoseconds, `now` since 1970) may still be in writing. What
  /// stands under a directory that could not be read is not known to be gone.
  @discardableResult
  package mutating func update(to walk: Walk, now: Int64, settledAfter: Int64) -> [FileEvent] {
    var events: [FileEvent] = []
    var next: [BytePath: Mark] = [:]
    next.reserveCapacity(walk.files.count)
    for file in walk.files {
      let status = file.status
      // A file written in this very step of the clock may be written again without showing it: the next look reports it once more.
      let isFresh = now - status.modified < 20_000_000
      let mark = Mark(size: status.size, modified: isFresh ? -1 : status.modified, changed: status.changed, inode: status.inode)
      next[file.path] = mark
      guard let old = marks[file.path] else {
        events.append(settled(status, now, settledAfter) ? .completed(file.path) : .writing(file.path))
        continue
      }
      if old.size != mark.size || old.modified != mark.modified || old.inode != mark.inode {
        events.append(settled(status, now, settledAfter) ? .completed(file.path) : .writing(file.path))
      } else if old.changed != mark.changed {
        events.append(.touched(file.path))
      }
    }
    for (path, mark) in marks where next[path] == nil {
      if walk.unreadable.contains(where: { path.isUnder($0) }) {
        next[path] = mark
      } else {
        events.append(.removed(path))
      }
    }
    marks = next
    return events
  }

  private func settled(_ status: FileStatus, _ now: Int64, _ after: Int64) -> Bool {
    now - status.modified >= after
  }
}
