// Reads a table of Xapian's from its first entry to its last.

struct TableReader: Sendable {
  private let file: GlassFile?
  private let blockSize: Int
  /// From the root to the leaf: the blocks on the way to the entry that comes next, and the offset of that in the directory of each.
  private var blocks: [[UInt8]] = []
  private var offsets: [Int] = []
  private(set) var key: [UInt8] = []
  private(set) var value: [UInt8] = []

  private static let directory = 11

  /// A table without entries.
  static let empty = TableReader()

  private init() {
    file = nil
    blockSize = 0
  }

  init(directory: String, table: GlassVersionFile.Table, root: GlassRoot) throws(XapianError) {
    blockSize = root.blockSize
    guard !root.isEmpty else {
      file = nil
      return
    }
    file = try GlassFile(reading: "\(directory)/\(table.fileName)")
    try descend(root.block, level: root.level)
  }

  private mutating func descend(_ block: UInt32, level: Int) throws(XapianError) {
    guard let file else { return }
    var number = block
    for level in stride(from: level, through: 0, by: -1) {
      let bytes = try file.read(blockSize, at: Int(number) * blockSize)
      guard bytes.count == blockSize, Int(bytes[4]) == level, bytes.number16(at: 9) <= blockSize else { throw damage() }
      blocks.append(bytes)
      offsets.append(Self.directory)
      if level > 0 {
        guard bytes.number16(at: 9) > Self.directory else { throw damage() }
        number = try branch(bytes, Self.directory)
      }
    }
  }

  private func branch(_ bytes: [UInt8], _ offset: Int) throws(XapianError) -> UInt32 {
    let start = bytes.number16(at: offset)
    guard start + 4 <= blockSize else { throw damage() }
    return bytes.number32(at: start)
  }

  private func damage() -> XapianError {
    XapianError(kind: .databaseCorrupt, message: "a block is not what it should be", context: file?.path ?? "")
  }

  /// Goes to the next entry; `key` and `value` are its own until the next call.
  /// - Returns: false at the end.
  mutating func next() throws(XapianError) -> Bool {
    repeat { guard try take(isContinued: false) else { return false } } while key.isEmpty
    return true
  }

  /// Takes an entry, all its parts together.
  private mutating func take(isContinued: Bool) throws(XapianError) -> Bool {
    guard try toEntry() else {
      if isContinued { throw damage() }
      return false
    }
    let leaf = blocks.count - 1
    let start = blocks[leaf].number16(at: offsets[leaf])
    offsets[leaf] += 2
    guard start + 3 <= blockSize else { throw damage() }
    let flags = blocks[leaf][start]
    let size = (blocks[leaf].number16(at: start) & 0x1FFF) + 3
    let keyEnd = start + 3 + Int(blocks[leaf][start + 2])
    let valueStart = keyEnd + (flags & 0x20 != 0 ? 0 : 2)
    guard valueStart <= start + size, start + size <= blockSize, (flags & 0x20 != 0) != isContinued else { throw damage() }
    if !isContinued {
      key.removeAll(keepingCapacity: true)
      key += blocks[leaf][(start + 3)..<keyEnd]
      value.removeAll(keepingCapacity: true)
    }
    value += blocks[leaf][valueStart..<(start + size)]
    return flags & 0x40 != 0 ? true : try take(isContinued: true)
  }

  /// Makes sure that the leaf on the way has an entry left.
  /// - Returns: false at the end of the table.
  private mutating func toEntry() throws(XapianError) -> Bool {
    while let bytes = blocks.last, let offset = offsets.last {
      let level = Int(bytes[4])
      if offset < bytes.number16(at: 9) {
        if level == 0 { return true }
        try descend(branch(bytes, offset), level: level - 1)
        continue
      }
      blocks.removeLast()
      offsets.removeLast()
      if !offsets.isEmpty { offsets[offsets.count - 1] += 2 }
    }
    return false
  }
}
