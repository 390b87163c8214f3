// What a `reindex` queued, and the notifications that follow it where they were asked for.

/// Is the result of `reindex`.
package struct ReindexResult: Sendable, Equatable {
  /// Files that will be looked at.
  package var queued: Int
  /// The files and folders that were asked for, as the index names them.
  package var paths: [String]

  package init(queued: Int, paths: [String] = []) {
    self.queued = queued
    self.paths = paths
  }
}

extension ReindexResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("queued", queued)
      $0.field("paths", paths)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      queued: try json.read("queued"),
      paths: try json.read("paths", default: []))
  }
}

/// Is the `params` of a `progress` notification.
package struct ProgressNotification: Sendable, Equatable {
  /// The id of the `reindex` call.
  package var request: RPCID
  package var done: Int
  package var total: Int
  /// Files per second.
  package var rate: Double
  /// True in the last one: the index has been committed.
  package var finished: Bool
  /// The revision that shows the change; in the last one.
  package var revision: UInt64?

  package init(request: RPCID, done: Int, total: Int, rate: Double, finished: Bool, revision: UInt64? = nil) {
    self.request = request
    self.done = done
    self.total = total
    self.rate = rate
    self.finished = finished
    self.revision = revision
  }
}

extension ProgressNotification: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("request", request)
      $0.field("done", done)
      $0.field("total", total)
      $0.field("rate", rate)
      $0.field("finished", finished)
      $0.fieldIfPresent("revision", revision)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      request: try json.read("request"),
      done: try json.read("done"),
      total: try json.read("total"),
      rate: try json.read("rate"),
      finished: try json.read("finished", default: false),
      revision: try json.read("revision"))
  }
}
