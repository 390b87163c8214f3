// What became of the query text: how it was read, what did not parse, what could be meant instead, and which words were
// read as names of actors. Offsets are UTF-8 bytes of the text as sent.

/// Is a spelling that finds more.
package struct Correction: Sendable, Equatable {
  /// The word as typed.
  package var from: String
  package var to: String
  package var offset: Int
  package var length: Int

  package init(from: String, to: String, offset: Int, length: Int) {
    self.from = from
    self.to = to
    self.offset = offset
    self.length = length
  }
}

extension Correction: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("from", from)
      $0.field("to", to)
      $0.field("offset", offset)
      $0.field("length", length)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      from: try json.read("from"),
      to: try json.read("to"),
      offset: try json.read("offset"),
      length: try json.read("length"))
  }
}

/// Says which part of the query text was not read as it may have been meant.
package struct Warning: Sendable, Equatable {
  /// A fixed word for programs, such as `unbalanced_quote`.
  package var code: String
  package var offset: Int
  package var length: Int
  package var message: String

  package init(code: String, offset: Int, length: Int, message: String) {
    self.code = code
    self.offset = offset
    self.length = length
    self.message = message
  }
}

extension Warning: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("code", code)
      $0.field("offset", offset)
      $0.field("length", length)
      $0.field("message", message)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      code: try json.read("code"),
      offset: try json.read("offset"),
      length: try json.read("length"),
      message: try json.read("message"))
  }
}

/// Says that a plain word of the query also found the passages tagged with an actor.
package struct ActorExpansion: Sendable, Equatable {
  package var id: String
  package var label: String
  /// The word as typed.
  package var word: String
  package var offset: Int
  package var length: Int

  package init(id: String, label: String, word: String, offset: Int, length: Int) {
    self.id = id
    self.label = label
    self.word = word
    self.offset = offset
    self.length = length
  }
}

extension ActorExpansion: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("label", label)
      $0.field("word", word)
      $0.field("offset", offset)
      $0.field("length", length)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      label: try json.read("label"),
      word: try json.read("word"),
      offset: try json.read("offset"),
      length: try json.read("length"))
  }
}

/// Is the query as the daemon read it.
package struct QueryEcho: Sendable, Equatable {
  /// The text as sent.
  package var text: String
  /// The query that ran, written in the query language.
  package var parsed: String
  package var corrections: [Correction]
  package var warnings: [Warning]
  package var actors: [ActorExpansion]

  package init(text: String, parsed: String, corrections: [Correction] = [], warnings: [Warning] = [], actors: [ActorExpansion] = []) {
    self.text = text
    self.parsed = parsed
    self.corrections = corrections
    self.warnings = warnings
    self.actors = actors
  }
}

extension QueryEcho: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("text", text)
      $0.field("parsed", parsed)
      $0.field("corrections", corrections)
      $0.field("warnings", warnings)
      $0.field("actors", actors)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      text: try json.read("text"),
      parsed: try json.read("parsed"),
      corrections: try json.read("corrections", default: []),
      warnings: try json.read("warnings", default: []),
      actors: try json.read("actors", default: []))
  }
}
