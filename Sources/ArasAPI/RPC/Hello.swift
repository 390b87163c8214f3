// The notification that a daemon greets each connection with.

/// Says which index the daemon answers from.
package struct HelloIndex: Sendable, Equatable {
  package var uuid: String
  package var revision: UInt64

  package init(uuid: String, revision: UInt64) {
    self.uuid = uuid
    self.revision = revision
  }
}

extension HelloIndex: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("uuid", uuid)
      $0.field("revision", revision)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      uuid: try json.read("uuid"),
      revision: try json.read("revision"))
  }
}

/// Is the `params` of the `hello` notification.
package struct HelloParams: Sendable, Equatable {
  package var name: String
  package var version: String
  package var protocolVersion: Int
  /// Bytes that a line to the daemon may have.
  package var maxLine: Int
  package var index: HelloIndex?

  package init(name: String = "aras", version: String, protocolVersion: Int = 1, maxLine: Int = 1_048_576, index: HelloIndex? = nil) {
    self.name = name
    self.version = version
    self.protocolVersion = protocolVersion
    self.maxLine = maxLine
    self.index = index
  }
}

extension HelloParams: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("name", name)
      $0.field("version", version)
      $0.field("protocol", protocolVersion)
      $0.field("max_line", maxLine)
      $0.field("index", index)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      name: try json.read("name"),
      version: try json.read("version"),
      protocolVersion: try json.read("protocol"),
      maxLine: try json.read("max_line"),
      index: try json.read("index"))
  }
}
