// What the writer keeps in memory of what is in the database, and how it is read when an index is opened.
import Xapian

struct IndexContents: Sendable {
  var columns = Columns()
  var dictionary = FacetDictionary()
  /// By the bytes of the path as it is shown: text that looks the same may name two files, one composed and one decomposed.
  private(set) var files: [[UInt8]: FileState] = [:]
  private var nextOrdinal: UInt32 = 0
  private var freeOrdinals: [UInt32] = []
  /// Articles that the article store should have and has not, when the index was opened.
  private(set) var lostArticles = 0
  /// Bytes of the article store in use when the index was opened, by segment.
  private(set) var liveBytes: [UInt32: Int] = [:]
  /// The commit of the file that the columns were read from when the index was opened, if they were.
  private(set) var kept: ContentsFile.Commit?

  static let schemaKey = Array("schema".utf8)
  /// Fingerprint of the registry that the tags in the index were made by.
  static let registryKey = Array("registry".utf8)
  /// Passages whose tags searches see and the database does not have: nothing reads it, but a commit of it is a revision.
  static let unwrittenKey = Array("unwritten".utf8)

  var failures: [FileState] { files.values.filter { $0.failure != nil }.sorted { $0.path < $1.path } }

  /// - Parameter path: of the same database, beside which there may be a file of what it has, and to read the articles from while the columns
  ///   are read; nil where the database itself is asked, for one after the other.
  init(
    reading database: borrowing some DatabaseReading & ~Copyable, _ segments: ArticleSegments, path: String? = nil
  ) throws(XapianError) {
    let commit = try ContentsFile.Commit(of: database)
    if let path, let kept = ContentsFile(directory: path).read(commit, sizes: segments.sizes) {
      columns = kept.columns
      liveBytes = kept.liveBytes
      self.kept = commit
    } else {
      try readColumns(database, segments, path: path)
    }
    for field in FacetColumn.allCases {
      var values: [String] = []
      try database.forEachMetadata(prefix: FacetDictionary.keyPrefix(field)) { _, value in
        values.append(String(decoding: value, as: UTF8.self))
        return .proceed
      }
      for value in values { _ = dictionary.intern(value, in: field) }
    }
    var states: [FileState] = []
    try database.forEachMetadata(prefix: FileState.keyPrefix) { _, value in
      if let (state, _) = FileState.decoded(Array(value)) { states.append(state) }
      return .proceed
    }
    for state in states { self[file: state.path] = state }
    columns.forEachPlace { ordinal, _ in
      freeOrdinals.append(contentsOf: nextOrdinal..<ordinal)
      nextOrdinal = ordinal + 1
    }
  }

  private mutating func readColumns(
    _ database: borrowing some DatabaseReading & ~Copyable, _ segments: ArticleSegments, path: String?
  ) throws(XapianError) {
    // One other core is enough, and where it is not there the articles are read afterwards.
    let aside = path.map { path in
      SpareCores(1, leastDocuments: 0).begin(1) { _ in
        Result { () throws(XapianError) in try Self.entries(Database(path: path)) }
      }
    }
    var reader = ColumnsReader()
    try database.forEachValue(slot: Schema.columnsSlot) { document, value in
      reader.add(document, value)
      return .proceed
    }
    columns = reader.finish()
    let entries = if let read = aside?.parts().first { try read.get() } else { try Self.entries(database) }
    let sizes = segments.sizes
    for entry in entries {
      guard let entry, segments.holds(entry, sizes: sizes) else {
        lostArticles += 1
        continue
      }
      columns[place: entry.ordinal] = entry.place
      liveBytes[entry.place.segment, default: 0] += entry.byteCount
    }
  }

  /// Makes the database of an index that has nothing yet.
  static func begin(_ path: String, taggedBy fingerprint: String) throws(XapianError) {
    var database = try WritableDatabase(path: path, mode: .createOrOpen, unsynced: true)
    try database.setMetadata(schemaKey, Array(String(Schema.version).utf8))
    try database.setMetadata(registryKey, Array(fingerprint.utf8))
    try database.commit()
    try database.close()
  }

  /// What the database says of every article, without the titles; nil of one that cannot be read.
  private static func entries(_ database: borrowing some DatabaseReading & ~Copyable) throws(XapianError) -> [ArticleEntry?] {
    var entries: [ArticleEntry?] = []
    try database.forEachMetadata(prefix: ArticleEntry.keyPrefix) { _, value in
      var entry = ArticleEntry(encoded: value)
      entry?.title = nil
      entries.append(entry)
      return .proceed
    }
    return entries
  }

  subscript(file path: String) -> FileState? {
    get { files[Array(path.utf8)] }
    set { files[Array(path.utf8)] = newValue }
  }

  mutating func takeOrdinal() -> UInt32 {
    if let free = freeOrdinals.popLast() { return free }
    defer { nextOrdinal += 1 }
    return nextOrdinal
  }

  mutating func giveBack(_ ordinal: UInt32) { freeOrdinals.append(ordinal) }
}
