// The state of the daemon and of its index.

package enum IndexState: String, Sendable, JSONWritable, JSONReadable {
  case indexing
  case ready
}

/// Says how far the work at hand is.
package struct Progress: Sendable, Equatable {
  /// Files that are dealt with.
  package var done: Int
  package var total: Int
  /// Files per second.
  package var rate: Double

  package init(done: Int, total: Int, rate: Double) {
    self.done = done
    self.total = total
    self.rate = rate
  }
}

extension Progress: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("done", done)
      $0.field("total", total)
      $0.field("rate", rate)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      done: try json.read("done"),
      total: try json.read("total"),
      rate: try json.read("rate"))
  }
}

/// Is a configured source of articles.
package struct SourceStatus: Sendable, Equatable {
  package var name: String
  package var path: String
  package var files: Int
  package var articles: Int
  /// Why its changes are looked for from time to time instead of being told by the system; nil where they are told.
  package var polledBecause: String?
  /// Why nothing of it can be seen now; what was indexed before stays.
  package var missingBecause: String?

  package init(
    name: String, path: String, files: Int, articles: Int, polledBecause: String? = nil, missingBecause: String? = nil
  ) {
    self.name = name
    self.path = path
    self.files = files
    self.articles = articles
    self.polledBecause = polledBecause
    self.missingBecause = missingBecause
  }
}

extension SourceStatus: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("name", name)
      $0.field("path", path)
      $0.field("files", files)
      $0.field("articles", articles)
      $0.fieldIfPresent("polled_because", polledBecause)
      $0.fieldIfPresent("missing_because", missingBecause)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      name: try json.read("name"),
      path: try json.read("path"),
      files: try json.read("files"),
      articles: try json.read("articles"),
      polledBecause: try json.read("polled_because"),
      missingBecause: try json.read("missing_because"))
  }
}

/// Is a file that is not in the index.
package struct SkippedFile: Sendable, Equatable {
  package var path: String
  package var reason: String
  /// When it was last tried, in ISO 8601, UTC.
  package var since: String

  package init(path: String, reason: String, since: String) {
    self.path = path
    self.reason = reason
    self.since = since
  }
}

extension SkippedFile: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("path", path)
      $0.field("reason", reason)
      $0.field("since", since)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      path: try json.read("path"),
      reason: try json.read("reason"),
      since: try json.read("since"))
  }
}

/// Is what became of the requests whose results might have been kept, since the daemon started.
package struct ResultCacheStatus: Sendable, Equatable {
  /// Memory that kept results may take; 0 keeps none.
  package var limit: Int
  package var bytes: Int
  /// Kept now.
  package var results: Int
  /// Requests that were answered with a kept result, and those that were not.
  package var hits: Int
  package var misses: Int

  package init(limit: Int, bytes: Int, results: Int, hits: Int, misses: Int) {
    self.limit = limit
    self.bytes = bytes
    self.results = results
    self.hits = hits
    self.misses = misses
  }
}

extension ResultCacheStatus: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("limit", limit)
      $0.field("bytes", bytes)
      $0.field("results", results)
      $0.field("hits", hits)
      $0.field("misses", misses)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      limit: try json.read("limit"), bytes: try json.read("bytes"), results: try json.read("results"), hits: try json.read("hits"),
      misses: try json.read("misses"))
  }
}

/// Is the memory of decoded posting lists.
package struct PostingCacheStatus: Sendable, Equatable {
  /// Bytes that they may take as large as the index is now; 0 leaves matching to Xapian.
  package var limit: Int
  package var bytes: Int

  package init(limit: Int, bytes: Int) {
    self.limit = limit
    self.bytes = bytes
  }
}

extension PostingCacheStatus: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("limit", limit)
      $0.field("bytes", bytes)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) { self.init(limit: try json.read("limit"), bytes: try json.read("bytes")) }
}

/// Is the result of `status`.
package struct StatusResult: Sendable, Equatable {
  package var state: IndexState
  /// Only while indexing.
  package var progress: Progress?
  package var version: String
  /// The index's own id; another one after a rebuild.
  package var uuid: String
  package var revision: UInt64
  package var articles: Int
  package var passages: Int
  package var terms: Int
  /// Size of the index on disk.
  package var bytes: Int
  package var sources: [SourceStatus]
  /// Files that wait to be indexed.
  package var queueDepth: Int
  package var lastError: String?
  /// The latest ones.
  package var skipped: [SkippedFile]
  /// All of them, listed or not.
  package var skippedCount: Int
  /// Standing queries, of all connections.
  package var subscriptions: Int
  package var resultCache: ResultCacheStatus?
  package var postingCache: PostingCacheStatus?
  /// Seconds since the daemon started.
  package var uptimeS: Double

  package init(
    state: IndexState, progress: Progress? = nil, version: String, uuid: String, revision: UInt64, articles: Int, passages: Int,
    terms: Int, bytes: Int, sources: [SourceStatus] = [], queueDepth: Int, lastError: String? = nil, skipped: [SkippedFile] = [],
    skippedCount: Int, subscriptions: Int = 0, resultCache: ResultCacheStatus? = nil, postingCache: PostingCacheStatus? = nil,
    uptimeS: Double
  ) {
    self.state = state
    self.progress = progress
    self.version = version
    self.uuid = uuid
    self.revision = revision
    self.articles = articles
    self.passages = passages
    self.terms = terms
    self.bytes = bytes
    self.sources = sources
    self.queueDepth = queueDepth
    self.lastError = lastError
    self.skipped = skipped
    self.skippedCount = skippedCount
    self.subscriptions = subscriptions
    self.resultCache = resultCache
    self.postingCache = postingCache
    self.uptimeS = uptimeS
  }
}

extension StatusResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("state", state)
      $0.fieldIfPresent("progress", progress)
      $0.field("version", version)
      $0.field("uuid", uuid)
      $0.field("revision", revision)
      $0.field("articles", articles)
      $0.field("passages", passages)
      $0.field("terms", terms)
      $0.field("bytes", bytes)
      $0.field("sources", sources)
      $0.field("queue_depth", queueDepth)
      $0.field("last_error", lastError)
      $0.field("skipped", skipped)
      $0.field("skipped_count", skippedCount)
      $0.field("subscriptions", subscriptions)
      $0.fieldIfPresent("result_cache", resultCache)
      $0.fieldIfPresent("posting_cache", postingCache)
      $0.field("uptime_s", uptimeS)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      state: try json.read("state"),
      progress: try json.read("progress"),
      version: try json.read("version"),
      uuid: try json.read("uuid"),
      revision: try json.read("revision"),
      articles: try json.read("articles"),
      passages: try json.read("passages"),
      terms: try json.read("terms"),
      bytes: try json.read("bytes"),
      sources: try json.read("sources", default: []),
      queueDepth: try json.read("queue_depth"),
      lastError: try json.read("last_error"),
      skipped: try json.read("skipped", default: []),
      skippedCount: try json.read("skipped_count", default: json["skipped"]?.array?.count ?? 0),
      subscriptions: try json.read("subscriptions", default: 0),
      resultCache: try json.read("result_cache"),
      postingCache: try json.read("posting_cache"),
      uptimeS: try json.read("uptime_s"))
  }
}
