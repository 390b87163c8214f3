import Articles
import Glibc
import Tagging
import TextAnalysis

@testable import Engine

/// Articles that people wrote, as a test can look at them: passages with their words and mentions.
struct RealText {
  struct Passage {
    var record: PassageRecord
    var words: [RealWord]
    /// The article's text, in which offsets are checked.
    var article: [UInt8]
  }

  struct RealWord {
    /// Bytes of the passage's text.
    var range: Range<Int>
    var written: String
    var term: [UInt8]
    var exact: [UInt8]
    var folded: [UInt8]
  }

  let index: TestIndex
  let registry: Registry
  let files: [(path: String, bytes: [UInt8])]
  var passages: [Passage] = []
  var byID: [String: Int] = [:]

  /// The project's own briefs.
  static func seeds() async throws -> RealText {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    var files: [(String, [UInt8])] = []
    for path in paths(in: root + "/seeds").sorted() {
      files.append((String(path.dropFirst(root.utf8.count + 1)), try TestFolder.bytes(path)))
    }
    return try await RealText(files)
  }

  /// A packed file of records.
  static func packed(_ path: String) async throws -> RealText {
    guard let pipe = popen("gzip -dc '\(path)'", "r") else { throw EngineError(.unusable, "cannot unpack \(path)") }
    defer { pclose(pipe) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, pipe)
      if count == 0 { break }
      all += chunk[..<count]
    }
    return try await RealText([("articles.jsonl", all)])
  }

  private init(_ files: [(path: String, bytes: [UInt8])]) async throws {
    self.files = files
    registry = try TestIndex.projectRegistry()
    index = try TestIndex(registry: registry)
    for file in files { try await index.add(file.path, file.bytes, commit: false) }
    try await index.index.commit()
    let view = try DatabaseView(
      IndexFiles(path: index.folder + "/index/xapian", articles: ArticleStore(directory: index.folder + "/index/xapian"), writtenWhole: 0))
    view.stand(at: index.index.writer.snapshots.snapshot.columns)
    let analyzer = Analyzer()
    for document in try view.postings(of: Term.presence(.lang)) {
      guard let record = try view.passage(document) else { continue }
      let stream = analyzer.analyze(record.text, language: Language(rawValue: record.language))
      let words = stream.words.indices.map { number in
        let range = stream.words[number].range
        return RealWord(
          range: range, written: String(decoding: record.text[range], as: UTF8.self), term: Array(stream.term(number)),
          exact: Array(stream.exact(number)), folded: Array(stream.folded(number)))
      }
      byID[record.id] = passages.count
      passages.append(Passage(record: record, words: words, article: view.articleText(record.article) ?? []))
    }
  }

  private static func paths(in folder: String) -> [String] {
    var found: [String] = []
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      var status = stat()
      guard stat(folder + "/" + name, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { found += paths(in: folder + "/" + name) } else { found.append(folder + "/" + name) }
    }
    return found
  }
}
