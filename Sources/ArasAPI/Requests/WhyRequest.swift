/// Asks why an article or a passage has an actor or a topic, or why not.
package struct WhyRequest: Sendable, Hashable, JSONWritable {
  /// Of an article or a passage.
  package var id: String
  /// An id, a label or a name of an actor, a place or a topic.
  package var tag: String

  package init(id: String, tag: String) {
    self.id = id
    self.tag = tag
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["id", "tag"])
    self.init(id: try reader.requiredString("id"), tag: try reader.requiredString("tag"))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("tag", tag)
    }
  }
}
