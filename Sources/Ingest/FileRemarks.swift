// What is said of a file of records that was taken with some of them left out or replaced.
import Articles

struct FileRemarks {
  private var badRecords = 0
  private var firstBad: BadRecord?
  private var keys: Set<String> = []
  private var repeatedKeys = 0
  private var firstRepeated = ""

  /// Notes a record that is none.
  mutating func note(_ record: BadRecord) {
    badRecords += 1
    firstBad = firstBad ?? record
  }

  /// Notes the id of a record.
  mutating func note(key: String) {
    if keys.insert(key).inserted { return }
    if repeatedKeys == 0 { firstRepeated = key }
    repeatedKeys += 1
  }

  /// Nil where there is nothing to say.
  var text: String? {
    var remarks: [String] = []
    if let firstBad {
      let count = badRecords == 1 ? "one record was left out" : "\(badRecords) records were left out, the first"
      remarks.append("\(count) at line \(firstBad.line): \(firstBad.reason)")
    }
    if repeatedKeys > 0 {
      remarks.append(
        "\(repeatedKeys == 1 ? "one record has" : "\(repeatedKeys) records have") the id of an earlier one and took its place, "
          + "the first \"\(firstRepeated)\"")
    }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }
}

/// Prepared articles on their way to be handed on, some at a time.
struct Chunks<Prepared: Sendable>: Sendable {
  private let limits: IngestLimits
  private var full: [(articles: [Prepared], bytes: Int)] = []
  private var open: (articles: [Prepared], bytes: Int) = ([], 0)

  init(_ limits: IngestLimits) { self.limits = limits }

  mutating func add(_ article: Prepared, bytes: Int) {
    open.articles.append(article)
    open.bytes += bytes
    if open.articles.count >= limits.chunkArticles || open.bytes >= limits.chunkBytes { close() }
  }

  private mutating func close() {
    if open.articles.isEmpty { return }
    full.append(open)
    open = ([], 0)
  }

  mutating func takeFull() -> (articles: [Prepared], bytes: Int)? { full.isEmpty ? nil : full.removeFirst() }

  mutating func takeAll() -> [(articles: [Prepared], bytes: Int)] {
    close()
    defer { full = [] }
    return full
  }
}
