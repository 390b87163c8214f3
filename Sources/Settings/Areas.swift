// One struct per area of the configuration: the fields, their defaults, and how each is read. A field's name in the file is
// its name here in snake case. config/aras.yaml shows them all; a test holds the two together.

/// An area of the configuration, read from the section of the same name.
protocol Area: Sendable {
  static var section: String { get }
  mutating func read(from reader: inout SectionReader)
}

/// Where the index is kept.
package struct IndexSettings: Area, Sendable, Equatable {
  static let section = "index"

  /// The folder of the index; made when it is not there.
  package var path = "index"

  mutating func read(from reader: inout SectionReader) {
    if let value = reader.path("path") { path = value }
  }
}

/// The Unix socket that clients connect to.
package struct SocketSettings: Area, Sendable, Equatable {
  static let section = "socket"

  /// The socket's path; `auto` is `$XDG_RUNTIME_DIR/aras/arasd.sock`, else a private folder of the user.
  package var path = "auto"
  /// The permissions of the socket.
  package var mode = FileMode(bits: 0o660)

  mutating func read(from reader: inout SectionReader) {
    if let found = reader.find("path") {
      if let text = String(node: found.node) {
        path = text == "auto" ? text : reader.context.absolute(text, base: found.base)
        // The kernel keeps a socket's path in 108 bytes with an end mark.
        if path.utf8.count > 107 { reader.report(found, "path", expected: "a path of at most 107 bytes (a limit of the system)") }
      } else {
        reader.report(found, "path", expected: "a path, or auto")
      }
    }
    reader.read("mode", into: &mode)
  }
}

/// The same protocol over TCP, for clients on other machines.
package struct TCPSettings: Area, Sendable, Equatable {
  static let section = "tcp"

  /// The address and port to listen on; nil is off.
  package var listen: ListenAddress?

  mutating func read(from reader: inout SectionReader) {
    if let value: OptionalListenAddress = reader.value("listen") { listen = value.address }
  }
}

/// The HTTP interface.
package struct HTTPSettings: Area, Sendable, Equatable {
  static let section = "http"

  /// The address and port to listen on; nil is off.
  package var listen: ListenAddress? = ListenAddress(host: "127.0.0.1", port: 7700)

  mutating func read(from reader: inout SectionReader) {
    if let value: OptionalListenAddress = reader.value("listen") { listen = value.address }
  }
}

/// The actors and topics that articles are tagged with.
package struct RegistrySettings: Area, Sendable, Equatable {
  static let section = "registry"

  /// Files of actors; an entry of a later file overrides one of the same id. Default: `actors.yaml` beside the configuration file.
  package var actors: [String] = []
  /// Files of topics, likewise.
  package var topics: [String] = []
  /// The folder of the trained layers of topics; it need not be there. Default: `trained` beside the first file of topics.
  package var trained: String?

  mutating func read(from reader: inout SectionReader) {
    if let value = reader.paths("actors") { actors = value }
    if let value = reader.paths("topics") { topics = value }
    if let value = reader.path("trained") { trained = value }
  }

  /// The folder of the trained layers; nil without any file of topics.
  package var trainedFolder: String? {
    if let trained { return trained }
    guard let first = topics.first else { return nil }
    return (first.utf8.lastIndex(of: 0x2F).map { String(first[...$0]) } ?? "") + "trained"
  }
}

/// How texts are read into words.
package struct AnalysisSettings: Area, Sendable, Equatable {
  static let section = "analysis"

  /// The languages to tell apart, as ISO 639-1 codes; empty is every language that can be recognised.
  package var languages: [String] = []
  /// Files of further stop words (a word a line), by language.
  package var stopWords: [String: [String]] = [:]
  /// Files of synonyms.
  package var synonyms: [String] = []

  mutating func read(from reader: inout SectionReader) {
    if let found = reader.find("languages", asList: true) {
      if let codes = [String](node: found.node), codes.allSatisfy(Self.isLanguage) {
        languages = codes
      } else {
        reader.report(found, "languages", expected: "a list of ISO 639-1 codes such as [en, ru]")
      }
    }
    if let found = reader.find("stop_words") {
      if let table = [String: [String]](node: found.node), table.keys.allSatisfy(Self.isLanguage) {
        stopWords = table.mapValues { $0.map { reader.context.absolute($0, base: found.base) } }
      } else {
        reader.report(found, "stop_words", expected: "a table of language code to files, such as {en: [config/stop-words/en.txt]}")
      }
    }
    if let value = reader.paths("synonyms") { synonyms = value }
  }

  private static func isLanguage(_ code: String) -> Bool {
    (2...3).contains(code.utf8.count) && code.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }
}

/// Bounds that keep one file or one client from harming the rest.
package struct LimitSettings: Area, Sendable, Equatable {
  static let section = "limits"

  /// A file larger than this is skipped and listed in `status`.
  package var maxFileSize = ByteSize.mebibytes(64)
  /// A larger file of records (JSONL, CSV) is skipped likewise; it is read record by record.
  package var maxRecordsSize = ByteSize.mebibytes(2_048)
  /// The longest request line.
  package var maxLine = ByteSize.mebibytes(1)
  /// The longest time a search may take when the request does not say.
  package var queryTimeout = TimeSpan.seconds(5)
  /// Threads that answer searches; 0 is one a core, at least 2.
  package var readers = 0
  /// Threads that read and tag files; 0 is one a core.
  package var workers = 0
  /// Memory for posting lists that are kept decoded; 0 leaves every match to Xapian, nil goes by the size of the index and the machine's
  /// memory.
  package var postings: ByteSize?
  /// Memory for results that are asked for again while the index stays as it is; 0 keeps none.
  package var results = ByteSize(bytes: 0)
  /// Requests that may wait for a reader; past it the answer is `busy`.
  package var queue = 256
  /// Requests of one connection in work at once; past it the daemon stops reading from it.
  package var inFlight = 32
  /// Connections at once.
  package var connections = 512
  /// Unsent replies of one connection; past it the connection is closed.
  package var writeBuffer = ByteSize.mebibytes(16)
  /// Standing queries of all connections together.
  package var subscriptions = 10_000
  /// Standing queries of one connection.
  package var subscriptionsPerConnection = 1_000
  /// Matches of one connection's standing queries that wait to be sent; past it they are left out, and the client is told how many.
  package var notifications = 1_000
  /// How long a stopping daemon waits for requests in work.
  package var drain = TimeSpan.seconds(10)

  mutating func read(from reader: inout SectionReader) {
    reader.read("max_file_size", into: &maxFileSize, atLeast: .kibibytes(1))
    reader.read("max_records_size", into: &maxRecordsSize, atLeast: .kibibytes(1))
    reader.read("max_line", into: &maxLine, atLeast: .kibibytes(1))
    if let value: TimeSpan = reader.value("query_timeout", where: { $0.milliseconds > 0 }) { queryTimeout = value }
    if let count: CountOrAuto = reader.value("readers", where: { $0.value <= 256 }) { readers = count.value }
    if let count: CountOrAuto = reader.value("workers", where: { $0.value <= 256 }) { workers = count.value }
    if let value: SizeOrAuto = reader.value("postings") { postings = value.size }
    reader.read("results", into: &results, atLeast: ByteSize(bytes: 0))
    reader.read("queue", into: &queue, in: 0...1_000_000)
    reader.read("in_flight", into: &inFlight, in: 1...10_000)
    reader.read("connections", into: &connections, in: 1...100_000)
    reader.read("write_buffer", into: &writeBuffer, atLeast: .kibibytes(64))
    reader.read("subscriptions", into: &subscriptions, in: 0...1_000_000)
    reader.read("subscriptions_per_connection", into: &subscriptionsPerConnection, in: 0...1_000_000)
    reader.read("notifications", into: &notifications, in: 1...1_000_000)
    if let value: TimeSpan = reader.value("drain") { drain = value }
  }
}

/// What the daemon says on standard error.
package struct LogSettings: Area, Sendable, Equatable {
  static let section = "log"

  /// The least important level that is still written. Texts of queries appear at `debug` only.
  package var level = LogLevel.info

  mutating func read(from reader: inout SectionReader) {
    reader.read("level", into: &level)
  }
}
