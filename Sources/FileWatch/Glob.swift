// Patterns of paths: `*` and `?` within a name, `**` over directories, `{a,b}` for either.

/// One compiled pattern.
///
/// A pattern without a slash is matched with the name alone, at any depth; one with a slash with the whole path from the root of the
/// source. A trailing slash means the directory of that name. A pattern that matches a directory matches all that it holds.
package struct Glob: Sendable, Hashable {
  /// The alternatives, each a list of segments between slashes.
  private var alternatives: [[[UInt8]]]
  private var nameOnly: [Bool]
  package let pattern: String

  package init(_ pattern: String) {
    self.pattern = pattern
    alternatives = []
    nameOnly = []
    for written in Glob.expandBraces(Array(pattern.utf8)) {
      var bytes = written
      if bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
      nameOnly.append(!bytes.contains(UInt8(ascii: "/")))
      if bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
      if bytes.starts(with: Array("./".utf8)) { bytes.removeFirst(2) }
      alternatives.append(bytes.split(separator: UInt8(ascii: "/")).map(Array.init))
    }
  }

  /// Whether the pattern matches this very path.
  package func matches(_ path: BytePath) -> Bool {
    for (segments, nameOnly) in zip(alternatives, nameOnly) {
      if nameOnly, let segment = segments.first {
        if segment == [UInt8(ascii: "*"), UInt8(ascii: "*")] || Glob.matchesName(segment[...], path.name) { return true }
      } else if Glob.matchesPath(segments, path.bytes.split(separator: UInt8(ascii: "/"))) {
        return true
      }
    }
    return false
  }

  /// Segments against names; only the last `**` seen needs to be tried again, so the work is bounded by their product.
  private static func matchesPath(_ segments: [[UInt8]], _ names: [ArraySlice<UInt8>]) -> Bool {
    let anyDepth = [UInt8(ascii: "*"), UInt8(ascii: "*")]
    var segment = 0
    var name = 0
    var retry: (segment: Int, name: Int)?
    while name < names.count {
      if segment < segments.count, segments[segment] == anyDepth {
        if segment == segments.count - 1 { return true }
        retry = (segment + 1, name)
        segment += 1
      } else if segment < segments.count, matchesName(segments[segment][...], names[name]) {
        segment += 1
        name += 1
      } else if let last = retry {
        retry = (last.segment, last.name + 1)
        segment = last.segment
        name = last.name + 1
      } else {
        return false
      }
    }
    return segment == segments.count
  }

  /// One segment against one name, by the same way of the last star.
  private static func matchesName(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var p = pattern.startIndex
    var n = name.startIndex
    var star: (pattern: Int, name: Int)?
    while n < name.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        star = (p + 1, n)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == UInt8(ascii: "?") {
        p += 1
        n += 1
        // A question mark stands for a character, not for a byte of one.
        while n < name.endIndex, name[n] & 0xC0 == 0x80 { n += 1 }
      } else if p < pattern.endIndex, pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        p = last.pattern
        n = last.name + 1
      } else {
        return false
      }
    }
    while p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") { p += 1 }
    return p == pattern.endIndex
  }

  /// Every choice of a pattern with braces, at most 256 of them; braces that do not close stand for themselves.
  private static func expandBraces(_ pattern: [UInt8]) -> [[UInt8]] {
    var finished: [[UInt8]] = []
    var waiting = [pattern]
    while let next = waiting.popLast() {
      guard finished.count + waiting.count < 256, let open = next.firstIndex(of: UInt8(ascii: "{")) else {
        finished.append(next)
        continue
      }
      var depth = 0
      var starts = [open + 1]
      var close: Int?
      for index in open..<next.count {
        switch next[index] {
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: ",") where depth == 1: starts.append(index + 1)
        default: break
        }
        if depth == 0 {
          close = index
          break
        }
      }
      guard let close else {
        finished.append(next)
        continue
      }
      for (index, start) in starts.enumerated() {
        let end = index + 1 < starts.count ? starts[index + 1] - 1 : close
        waiting.append(Array(next[..<open] + next[start..<end] + next[(close + 1)...]))
      }
    }
    return finished
  }
}
