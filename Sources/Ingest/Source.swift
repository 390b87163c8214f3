// A source as ingest works with it: where it stands, which of its files count, and how its paths are shown.
import Articles
import FileWatch

/// A file of one of the sources.
package struct FileID: Hashable, Sendable {
  package var source: Int
  package var path: BytePath
}

struct Source: Sendable {
  let name: String
  let root: TreeRoot
  let filter: TreeFilter
  let format: FileFormat?
  let extractor: ArticleExtractor
  /// What stands before the path of each file as shown; empty or ending in a slash.
  let prefix: String

  /// - Parameter all: every source, so that a folder within a folder belongs to the nearest.
  init(_ options: SourceOptions, among all: [SourceOptions], extraction: ExtractionOptions) {
    name = options.name
    format = options.format
    var extraction = extraction
    for (field, written) in options.fields { extraction.fields[field] = written }
    extractor = ArticleExtractor(options: extraction)

    var shown = Source.trimmed(options.path)
    var location = TreeRoot(options.location ?? options.path).path
    var onlyName: [UInt8]?
    if case .success(let status) = FileStatus.of(path: location, following: true), status.kind != .directory {
      // A source of one file is its folder with that file alone.
      let path = BytePath(bytes: location)
      onlyName = Array(path.name)
      location = path.parent.map { $0.isRoot ? Array((location.first == UInt8(ascii: "/") ? "/" : ".").utf8) : $0.bytes } ?? location
      let slash = shown.lastIndex(of: "/")
      shown = slash.map { $0 == shown.startIndex ? "/" : String(shown[..<$0]) } ?? "."
    }
    root = TreeRoot(path: location)
    prefix = shown == "." ? "" : shown == "/" ? "/" : shown + "/"
    var filter = TreeFilter(include: options.include, exclude: options.exclude, hidden: options.hidden, onlyName: onlyName)
    for other in all {
      let path = Source.trimmed(other.path)
      if path.utf8.starts(with: prefix.utf8), path.utf8.count > prefix.utf8.count {
        filter.apart.insert(BytePath(bytes: Array(path.utf8.dropFirst(prefix.utf8.count))))
      }
    }
    self.filter = filter
  }

  private static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return path.isEmpty ? "." : String(path)
  }

  /// The path as shown, which is also the one that the index knows.
  func shown(_ path: BytePath) -> String {
    prefix + path.key
  }

  /// The path that a shown one stands for; nil when it is not of this source.
  func path(ofShown shown: String) -> BytePath? {
    guard shown.utf8.starts(with: prefix.utf8) else { return nil }
    return BytePath(key: String(shown.utf8.dropFirst(prefix.utf8.count)) ?? "")
  }

  /// The path that somebody typed: as shown, absolute, or with a slash too many; nil when it is not of this source.
  func path(ofTyped typed: String) -> BytePath? {
    let tidy = Source.trimmed(typed)
    if tidy + "/" == prefix || (tidy == "." && prefix.isEmpty) { return .root }
    if tidy.hasPrefix("/"), case .success(let base) = resolvedPath(root.path) {
      let bytes = Array(tidy.utf8)
      for base in [base, root.path] {
        if bytes == base { return .root }
        if bytes.starts(with: base + [UInt8(ascii: "/")]) { return BytePath(bytes: Array(bytes.dropFirst(base.count + 1))) }
      }
    }
    if prefix.isEmpty, tidy.hasPrefix("/") { return nil }
    return path(ofShown: tidy)
  }
}
