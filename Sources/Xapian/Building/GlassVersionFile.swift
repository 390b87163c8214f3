// The file that says what the tables of a database are: `iamglass`. It is small, and written anew with each revision.
import Glibc

/// Where the tree of a table begins, and which of its blocks are free.
struct GlassRoot {
  var block: UInt32 = 0
  var level = 0
  /// Nothing was ever written to the table: it may have no file.
  var isEmpty = true
  /// Whether its entries were all added in their order.
  var isSequential = true
  var entryCount: UInt64 = 0
  var blockSize = 8192
  /// Entries of so many bytes are not compressed; 0 where none are.
  var leastCompressed: UInt64 = 0
  /// Blocks that are free, as Xapian writes it; empty for an empty table.
  var freeList: [UInt8] = []
}

struct GlassVersionFile {
  /// The tables, in the order of the file.
  enum Table: Int, CaseIterable {
    case postings, documents, termLists, positions, spellings, synonyms

    var fileName: String {
      switch self {
      case .postings: "postlist.glass"
      case .documents: "docdata.glass"
      case .termLists: "termlist.glass"
      case .positions: "position.glass"
      case .spellings: "spelling.glass"
      case .synonyms: "synonym.glass"
      }
    }
  }

  static let name = "iamglass"
  /// That of the file that is about to take its place.
  static let nextName = "iamglass.next"
  /// Its name, and the version of the format: 14 March 2016, as year from 2014, month and day.
  private static let head = [0x0F, 0x0D] + Array("Xapian Glass".utf8) + [0x04, 0x6E]

  var uuid: [UInt8] = []
  var revision: UInt32 = 0
  var roots = [GlassRoot](repeating: GlassRoot(), count: Table.allCases.count)
  var documentCount: UInt32 = 0
  var lastDocument: UInt32 = 0
  /// Sum of wdfs: least of the documents that have any, and greatest.
  var shortest: UInt32 = 0
  var longest: UInt32 = 0
  var greatestWdf: UInt32 = 0
  var oldestChanges: UInt32 = 0
  var totalLength: UInt64 = 0
  var greatestSpelling: UInt32 = 0

  subscript(table: Table) -> GlassRoot {
    get { roots[table.rawValue] }
    set { roots[table.rawValue] = newValue }
  }

  /// - Throws: `databaseVersion` for a format that this is not, `databaseOpening` where it cannot be read.
  init(directory: String) throws(XapianError) {
    let path = "\(directory)/\(Self.name)"
    let bytes = try GlassFile.contents(of: path)
    guard bytes.starts(with: Self.head), bytes.count > Self.head.count + 16 else {
      throw XapianError(kind: .databaseVersion, message: "not of the format that this version writes", context: path)
    }
    uuid = Array(bytes[Self.head.count..<(Self.head.count + 16)])
    let isRead = bytes.withUnsafeBufferPointer { buffer in
      var input = GlassCursor(UnsafeBufferPointer(rebasing: buffer[(Self.head.count + 16)...]))
      read(&input)
      return !input.failed && input.isAtEnd
    }
    guard isRead else { throw XapianError(kind: .databaseCorrupt, message: "cannot be understood", context: path) }
  }

  private mutating func read(_ input: inout GlassCursor) {
    revision = input.number32()
    for index in roots.indices {
      roots[index].block = input.number32()
      let flags = input.number32()
      roots[index].level = Int(flags >> 2)
      roots[index].isSequential = flags & 2 != 0
      roots[index].isEmpty = flags & 1 != 0
      roots[index].entryCount = input.number()
      roots[index].blockSize = Int(input.number32() & 0xFF) << 11
      roots[index].leastCompressed = input.number()
      roots[index].freeList = Array(input.string())
    }
    documentCount = input.number32()
    lastDocument = documentCount &+ input.number32()
    shortest = input.number32()
    greatestWdf = input.number32()
    longest = greatestWdf &+ input.number32()
    oldestChanges = input.number32()
    totalLength = input.number()
    greatestSpelling = input.number32()
  }

  /// Puts the file in the place of the one that is there.
  func write(directory: String) throws(XapianError) {
    let path = "\(directory)/\(Self.name)"
    let next = "\(directory)/\(Self.nextName)"
    try GlassFile(creating: next).write(encoded(), at: 0)
    guard rename(next, path) == 0 else { throw XapianError(ofSystem: "cannot be written", context: path) }
  }

  /// Writes over the file that is there, where nobody reads it.
  func overwrite(directory: String) throws(XapianError) {
    let file = try GlassFile(over: "\(directory)/\(Self.name)")
    let bytes = encoded()
    try file.write(bytes, at: 0)
    try file.end(at: bytes.count)
  }

  private func encoded() -> [UInt8] {
    var out = Self.head + uuid
    out.append(number: UInt64(revision))
    for root in roots {
      out.append(number: UInt64(root.block))
      out.append(number: UInt64(root.level << 2 | (root.isSequential ? 2 : 0) | (root.isEmpty ? 1 : 0)))
      out.append(number: root.entryCount)
      out.append(number: UInt64(root.blockSize >> 11))
      out.append(number: root.leastCompressed)
      out.append(string: root.freeList)
    }
    out.append(number: UInt64(documentCount))
    out.append(number: UInt64(lastDocument - documentCount))
    out.append(number: UInt64(shortest))
    out.append(number: UInt64(greatestWdf))
    out.append(number: UInt64(longest - greatestWdf))
    out.append(number: UInt64(oldestChanges))
    out.append(number: totalLength)
    out.append(number: UInt64(greatestSpelling))
    return out
  }

  /// Takes a document into account.
  mutating func add(length: UInt32, greatestWdf wdf: UInt32) {
    documentCount += 1
    lastDocument += 1
    totalLength += UInt64(length)
    greatestWdf = max(greatestWdf, wdf)
    longest = max(longest, length, greatestWdf)
    if length > 0 { shortest = shortest == 0 ? length : min(shortest, length) }
  }
}
