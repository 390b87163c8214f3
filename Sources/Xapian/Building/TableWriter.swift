// Writes a table of Xapian's, a tree of blocks, from entries that come in the order of their keys: each block is filled and written once.
// The layout of blocks and entries is described in Xapian's backends/glass/glass_table.h and glass_table.cc.

final class TableWriter {
  /// A block that is being filled: a directory of offsets grows from its head, the entries from its end.
  private struct Block {
    let number: UInt32
    var bytes: [UInt8]
    var directoryEnd = Layout.directory
    var entries: Int

    init(number: UInt32, level: Int, size: Int) {
      self.number = number
      bytes = [UInt8](repeating: 0, count: size)
      bytes[4] = UInt8(level)
      entries = size
    }

    var room: Int { entries - directoryEnd }

    /// Makes room for an entry of so many bytes and notes where it is.
    mutating func place(_ size: Int) -> Int {
      entries -= size
      bytes.set(bigEndian: entries, at: directoryEnd)
      directoryEnd += Layout.offset
      return entries
    }

    mutating func put(_ new: some Collection<UInt8>, at offset: Int) {
      bytes.replaceSubrange(offset..<(offset + new.count), with: new)
    }

    /// The block as it goes to the file.
    func written(_ revision: UInt32) -> [UInt8] {
      var bytes = bytes
      bytes.set(bigEndian: Int(revision >> 16), at: 0)
      bytes.set(bigEndian: Int(revision & 0xFFFF), at: 2)
      bytes.set(bigEndian: room, at: 5)
      bytes.set(bigEndian: room, at: 7)
      bytes.set(bigEndian: directoryEnd, at: 9)
      return bytes
    }
  }

  /// Sizes in bytes.
  private enum Layout {
    /// Where the directory begins.
    static let directory = 11
    /// An offset in the directory.
    static let offset = 2
    /// What comes before the key of an entry.
    static let head = 3
    /// The number of a part behind the key; the first part has none.
    static let part = 2
    /// What a branch has beside a key: the number of a block, the length of the key, the number of a part.
    static let branch = 7
    /// At least so many entries fit into a block.
    static let entriesPerBlock = 4
  }

  private enum Flag {
    static let last: UInt8 = 0x40
    static let first: UInt8 = 0x20
  }

  private let file: GlassFile
  private let blockSize: Int
  private let largestEntry: Int
  private var levels: [Block] = []
  private var nextBlock: UInt32 = 0
  private var entryCount: UInt64 = 0
  private var lastKey: [UInt8] = []
  /// Written into the blocks.
  private let revision: UInt32

  convenience init(creating path: String, revision: UInt32) throws(XapianError) {
    self.init(try GlassFile(creating: path), revision)
  }

  /// Writes over a file, if there is one: of a table that nobody reads.
  convenience init(over path: String, revision: UInt32) throws(XapianError) { self.init(try GlassFile(over: path), revision) }

  /// Writes the table of term lists where it has none: Xapian's check looks for a block in it when a database has documents.
  static func emptyTermLists(directory: String, revision: UInt32) throws(XapianError) -> GlassRoot {
    try TableWriter(creating: "\(directory)/\(GlassVersionFile.Table.termLists.fileName)", revision: revision).finish()
  }

  private init(_ file: GlassFile, _ revision: UInt32, blockSize: Int = 8192) {
    self.file = file
    self.revision = revision
    self.blockSize = blockSize
    largestEntry = (blockSize - Layout.directory - Layout.entriesPerBlock * Layout.offset) / Layout.entriesPerBlock
    levels = [makeBlock(0)]
    // A tree begins with an entry without a key.
    let start = levels[0].place(Layout.head)
    levels[0].bytes[start] = Flag.first | Flag.last
  }

  private func makeBlock(_ level: Int) -> Block {
    defer { nextBlock += 1 }
    return Block(number: nextBlock, level: level, size: blockSize)
  }

  /// Adds an entry behind all others.
  func append(_ key: [UInt8], _ value: [UInt8]) throws(XapianError) {
    try value.withUnsafeBufferPointer { bytes throws(XapianError) in try append(key, bytes) }
  }

  /// Adds an entry behind all others.
  func append(_ key: [UInt8], _ value: UnsafeBufferPointer<UInt8>) throws(XapianError) {
    guard key.count <= 255 else {
      throw XapianError(kind: .invalidArgument, message: "a key of \(key.count) bytes is too long", context: file.path)
    }
    let most = largestEntry - Layout.head - Layout.part - key.count
    var first = most + Layout.part
    if value.count <= first {
      first = value.count
    } else {
      // A part of a long value fills what is left of the block.
      let room = levels[0].room % (largestEntry + Layout.offset)
      let beside = Layout.offset + Layout.head + Layout.part + key.count
      if room > beside, room - beside >= key.count + Self.leastPart { first = room - beside + Layout.part }
    }
    var part = 1
    var start = 0
    repeat {
      let count = min(part == 1 ? first : most, value.count - start)
      let isLast = start + count == value.count
      let flags = (isLast ? Flag.last : 0) | (part == 1 ? Flag.first : 0)
      try append(key, part, flags, UnsafeBufferPointer(rebasing: value[start..<(start + count)]))
      start += count
      part += 1
    } while start < value.count
    entryCount += 1
  }

  /// Bytes, beside those of the key, that are worth a part of their own.
  private static let leastPart = 34

  private func append(_ key: [UInt8], _ part: Int, _ flags: UInt8, _ value: UnsafeBufferPointer<UInt8>) throws(XapianError) {
    let head = Layout.head + key.count + (part > 1 ? Layout.part : 0)
    let size = head + value.count
    if levels[0].room < size + Layout.offset {
      try closeBlock(0)
      let separator = key.prefix(zip(key, lastKey).prefix { $0 == $1 }.count + 1)
      try appendBranch(1, Array(separator), part, to: levels[0].number)
    }
    let start = levels[0].place(size)
    levels[0].bytes.set(bigEndian: size - Layout.head, at: start)
    levels[0].bytes[start] |= flags
    levels[0].bytes[start + 2] = UInt8(key.count)
    levels[0].put(key, at: start + Layout.head)
    if part > 1 { levels[0].bytes.set(bigEndian: part, at: start + Layout.head + key.count) }
    levels[0].put(value, at: start + head)
    lastKey = key
  }

  /// The block of a level that was filled, until it has a parent.
  private var closed: UInt32 = 0

  private func closeBlock(_ level: Int) throws(XapianError) {
    try write(levels[level], at: levels[level].number)
    closed = levels[level].number
    levels[level] = makeBlock(level)
  }

  private func write(_ block: Block, at number: UInt32) throws(XapianError) {
    try file.write(block.written(revision), at: Int(number) * blockSize)
  }

  /// Notes, above a level, that from a key on entries are in another block.
  private func appendBranch(_ level: Int, _ key: [UInt8], _ part: Int, to block: UInt32) throws(XapianError) {
    if level == levels.count {
      levels.append(makeBlock(level))
      place([], 0, closed, level)
    }
    if levels[level].room >= Layout.branch + key.count + Layout.offset { return place(key, part, block, level) }
    try closeBlock(level)
    // The first branch of a block needs no key: that stands above it.
    place([], 0, block, level)
    try appendBranch(level + 1, key, part, to: levels[level].number)
  }

  private func place(_ key: [UInt8], _ part: Int, _ block: UInt32, _ level: Int) {
    let start = levels[level].place(Layout.branch + key.count)
    var entry: [UInt8] = []
    entry.append(bigEndian: block)
    entry.append(UInt8(key.count))
    entry += key
    entry += [UInt8(part >> 8), UInt8(truncatingIfNeeded: part)]
    levels[level].put(entry, at: start)
  }

  /// Ends the tree.
  func finish() throws(XapianError) -> GlassRoot {
    for level in levels { try write(level, at: level.number) }
    var free: [UInt8] = []
    free.append(number: UInt64(revision))
    free.append(number: UInt64(nextBlock))
    // A list of free blocks begins and ends nowhere.
    free += [0, 0, 0, 0]
    return GlassRoot(
      block: levels[levels.count - 1].number, level: levels.count - 1, isEmpty: false, isSequential: false, entryCount: entryCount,
      blockSize: blockSize, freeList: free)
  }
}
