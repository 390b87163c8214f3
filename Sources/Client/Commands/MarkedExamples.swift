// A file of marked examples: JSON Lines, or lines of a label, a tab and a text or an id.
import ArasAPI

package enum MarkedExamples {
  /// Reads a file; `-` is standard input. One bad line refuses the file: a topic learnt from half of it would be another.
  package static func read(_ file: String) throws(ClientError) -> [MarkedExample] {
    guard file == "-" else { return try parse(try InputLines(file: file)) }
    var bytes: [UInt8] = []
    while let count = FileBytes.read(from: 0, into: &bytes), count > 0 {}
    return try parse(InputLines(file: "standard input", bytes: bytes))
  }

  static func parse(_ input: InputLines) throws(ClientError) -> [MarkedExample] {
    var input = input
    var examples: [MarkedExample] = []
    let isJSON = input.lines.first?.bytes.first == UInt8(ascii: "{")
    for (index, (number, line)) in input.lines.enumerated() {
      if !isJSON, line.first == UInt8(ascii: "#") { continue }
      do {
        if isJSON {
          examples.append(try record(line))
        } else if let example = try row(line, isFirst: index == 0) {
          examples.append(example)
        }
      } catch {
        input.report(number, error.message)
      }
    }
    try input.check()
    guard !examples.isEmpty else { throw .configuration("\(input.file) holds no example") }
    return examples
  }

  private struct Problem: Error { var message: String }

  private static func record(_ line: ArraySlice<UInt8>) throws(Problem) -> MarkedExample {
    let value: JSONValue
    do { value = try JSONValue(parsing: line) } catch { throw Problem(message: "not JSON: \(error.message) at column \(error.offset + 1)") }
    guard value.members != nil else { throw Problem(message: "not an object: expected {\"text\": …, \"label\": \"yes\"}") }
    guard let written = value["label"] else { throw Problem(message: "has no \"label\"; expected \"yes\" or \"no\"") }
    guard let isYes = written.bool ?? written.int.flatMap({ $0 == 1 ? true : $0 == 0 ? false : nil }) ?? written.string.flatMap(label)
    else {
      throw Problem(message: "the label is \(written.jsonText); expected \"yes\" or \"no\"")
    }
    let title = (value["title"]?.string).flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    // A record of a collection has an id of its own; it is the text that was read and marked.
    let none: JSONValue? = title == nil ? nil : .string("")
    if let text = value["text"] ?? value["body"] ?? value["content"] ?? none {
      guard let text = text.string, !text.trimmed.isEmpty || title != nil else { throw Problem(message: "the \"text\" is empty") }
      return MarkedExample(.text(text, title: title, language: value["lang"]?.string), isYes: isYes)
    }
    guard let id = value["id"]?.string, !id.isEmpty else {
      throw Problem(message: "has neither a \"text\" nor the \"id\" of an article or a passage")
    }
    return MarkedExample(.id(id), isYes: isYes)
  }

  /// - Returns: nil for a row of column names.
  private static func row(_ line: ArraySlice<UInt8>, isFirst: Bool) throws(Problem) -> MarkedExample? {
    guard let text = String(validating: line, as: UTF8.self) else { throw Problem(message: "not valid UTF-8") }
    let columns = text.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map { String($0).trimmed }
    guard columns.count >= 2 else { throw Problem(message: "a label, a tab and a text or an id are expected") }
    guard let isYes = label(columns[0]) else {
      if isFirst, columns[0].lowercased() == "label" { return nil }
      throw Problem(message: "the label is \"\(columns[0])\"; expected yes or no")
    }
    guard !columns[1].isEmpty else { throw Problem(message: "the text is empty") }
    // An id has no blanks; what somebody marked is longer than a word.
    guard columns[1].contains(where: \.isWhitespace) else { return MarkedExample(.id(columns[1]), isYes: isYes) }
    let title = columns.count > 2 && !columns[2].isEmpty ? columns[2] : nil
    return MarkedExample(.text(columns[1], title: title, language: nil), isYes: isYes)
  }

  private static func label(_ text: String) -> Bool? {
    switch text.trimmed.lowercased() {
    case "yes", "y", "true", "1", "+", "+1", "pos", "positive": true
    case "no", "n", "false", "0", "-", "-1", "neg", "negative": false
    default: nil
    }
  }

  // MARK: Sending

  /// Bytes of examples in one request; the rest of a line is little.
  private static func room(_ client: DaemonClient) -> Int { max(1024, client.hello.maxLine - 4096) }

  /// Sends a request to train with as many lines as its examples need.
  package static func train(_ request: TrainRequest, with client: DaemonClient) throws(ClientError) -> Reply {
    var rest = request.examples[...]
    var draft: String?
    while true {
      var part: [MarkedExample] = []
      var bytes = 0
      while let example = rest.first {
        var writer = JSONWriter()
        example.write(to: &writer)
        let size = writer.count + 1
        if !part.isEmpty, bytes + size > room(client) { break }
        bytes += size
        part.append(example)
        rest.removeFirst()
      }
      var next = request
      next.examples = part
      next.draft = draft
      next.more = !rest.isEmpty
      let reply = try client.call("train", next)
      if rest.isEmpty { return reply }
      draft = try reply.read(DraftResult.self).draft
    }
  }
}
