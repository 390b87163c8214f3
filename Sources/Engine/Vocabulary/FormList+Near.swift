// Which forms are a few letters away from a word. The sorted list is walked as the trie that it is: each step down computes one row of
// the table of edit distances, neighbours share the rows of what their keys have in common, and where no form below can be near enough
// all of them are passed over by the lengths that they share.

extension FormList {
  /// Gives every form within a Damerau-Levenshtein distance (optimal string alignment) of a word to `body`.
  /// - Parameter target: the scalars of the word's key.
  func forEachForm(within limit: Int, of target: [UInt32], _ body: (_ form: Int, _ distance: Int) -> Void) {
    let width = target.count + 1
    // A key that is longer than this is too far whatever its letters.
    let deepest = target.count + limit + 1
    guard !isEmpty, limit >= 0, width < 200 else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: (deepest + 1) * width) { rows in
      withUnsafeTemporaryAllocation(of: PathStep.self, capacity: deepest + 1) { path in
        rows.initialize(repeating: UInt8(limit + 1))
        path.initialize(repeating: PathStep(end: 0, scalar: 0))
        for column in 0...min(limit, target.count) { rows[column] = UInt8(column) }
        walk(target, limit, rows, path, body)
      }
    }
  }

  /// A letter of the key at hand: its scalar and where it ends, in bytes.
  private struct PathStep {
    var end: Int
    var scalar: UInt32
  }

  private func walk(
    _ target: [UInt32], _ limit: Int, _ rows: UnsafeMutableBufferPointer<UInt8>, _ path: UnsafeMutableBufferPointer<PathStep>,
    _ body: (Int, Int) -> Void
  ) {
    let width = target.count + 1
    let deepest = path.count - 1
    bytes.withUnsafeBufferPointer { bytes in
      shared.withUnsafeBufferPointer { shared in
        target.withUnsafeBufferPointer { target in
          var depth = 0
          var form = 0
          while form < shared.count {
            let start = Int(starts[form])
            let end = Int(starts[form + 1])
            while depth > 0, path[depth].end > Int(shared[form]) { depth -= 1 }
            var isDead = false
            var at = start + path[depth].end
            while at < end, !isDead {
              if depth == deepest {
                isDead = true
                break
              }
              let (scalar, length) = Self.decode(bytes, at, end)
              at += length
              depth += 1
              path[depth] = PathStep(end: at - start, scalar: scalar)
              isDead = Self.fill(rows, width, depth, scalar, depth > 1 ? path[depth - 1].scalar : 0, target, limit)
            }
            if isDead {
              // A length of 255 may stand for more: such keys are looked at one by one.
              let dead = min(path[depth].end, 255)
              form += 1
              form = Self.next(shared, from: form, below: UInt8(dead))
              continue
            }
            let distance = Int(rows[depth * width + width - 1])
            if distance <= limit { body(form, distance) }
            form += 1
          }
        }
      }
    }
  }

  /// The first form from one on that shares fewer bytes than these with the one before it.
  @inline(__always)
  private static func next(_ shared: UnsafeBufferPointer<UInt8>, from form: Int, below: UInt8) -> Int {
    var form = form
    guard below > 0 else { return form }
    let bound = SIMD16<UInt8>(repeating: below)
    while form + 16 <= shared.count {
      let lengths = UnsafeRawPointer(shared.baseAddress.unsafelyUnwrapped + form).loadUnaligned(as: SIMD16<UInt8>.self)
      if any(lengths .< bound) { break }
      form += 16
    }
    while form < shared.count, shared[form] >= below { form += 1 }
    return form
  }

  /// Computes the row of a letter and tells whether no word that begins like this is near enough.
  @inline(__always)
  private static func fill(
    _ rows: UnsafeMutableBufferPointer<UInt8>, _ width: Int, _ depth: Int, _ scalar: UInt32, _ before: UInt32,
    _ target: UnsafeBufferPointer<UInt32>, _ limit: Int
  ) -> Bool {
    let far = UInt8(limit + 1)
    let row = depth * width
    let above = row - width
    var least = far
    let first = max(0, depth - limit)
    let last = min(target.count, depth + limit)
    if first > last { return true }
    // Cells outside of the band are too far by the difference in length alone.
    if first > 0 { rows[row + first - 1] = far }
    if last < target.count { rows[row + last + 1] = far }
    for column in first...last {
      if column == 0 {
        rows[row] = UInt8(depth)
        least = min(least, rows[row])
        continue
      }
      let letter = target[column - 1]
      var cost = rows[above + column - 1] + (letter == scalar ? 0 : 1)
      cost = min(cost, rows[above + column] + 1, rows[row + column - 1] + 1)
      if depth > 1, column > 1, scalar == target[column - 2], before == letter {
        cost = min(cost, rows[above - width + column - 2] + 1)
      }
      cost = min(cost, far)
      rows[row + column] = cost
      least = min(least, cost)
    }
    return least > UInt8(limit)
  }

  /// The scalar at an offset of text that is UTF-8, and its length; a byte that begins none is taken for itself.
  @inline(__always)
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> (scalar: UInt32, length: Int) {
    let first = bytes[at]
    if first < 0xC0 { return (UInt32(first), 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard at + length <= end else { return (UInt32(first), 1) }
    var scalar = UInt32(first) & (0xFF >> UInt32(length + 1))
    for place in 1..<length { scalar = scalar << 6 | UInt32(bytes[at + place] & 0x3F) }
    return (scalar, length)
  }

  /// The scalars of a key.
  static func scalars(_ key: some Collection<UInt8>) -> [UInt32] {
    let bytes = Array(key)
    return bytes.withUnsafeBufferPointer { bytes in
      var scalars: [UInt32] = []
      var at = 0
      while at < bytes.count {
        let (scalar, length) = decode(bytes, at, bytes.count)
        scalars.append(scalar)
        at += length
      }
      return scalars
    }
  }
}
