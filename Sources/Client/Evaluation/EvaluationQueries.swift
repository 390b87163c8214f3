// The queries of an evaluation, in the three forms that collections come in: `queries.jsonl` of BEIR, TREC topics, and lines of an id, a
// tab and the text.
import ArasAPI

/// Is a query with the id that judgements know it by.
package struct EvaluationQuery: Sendable, Equatable {
  package var id: String
  package var text: String

  package init(id: String, text: String) {
    self.id = id
    self.text = text
  }
}

package enum EvaluationQueries {
  /// Reads a file of queries, in its order.
  package static func read(_ file: String) throws(ClientError) -> [EvaluationQuery] {
    try parse(try InputLines(file: file))
  }

  static func parse(_ input: InputLines) throws(ClientError) -> [EvaluationQuery] {
    var input = input
    var seen: [String: Int] = [:]
    var queries: [EvaluationQuery] = []
    func add(_ query: EvaluationQuery, _ number: Int) {
      if let first = seen[query.id] {
        input.report(number, "the id \"\(query.id)\" is there already, in line \(first)")
      } else {
        seen[query.id] = number
        queries.append(query)
      }
    }
    switch input.lines.first?.bytes.first {
    case UInt8(ascii: "{"):
      for (number, line) in input.lines {
        do { add(try record(line), number) } catch { input.report(number, error.message) }
      }
    case UInt8(ascii: "<"):
      for (number, topic) in topics(input.lines) {
        do { add(try topic.get(), number) } catch { input.report(number, error.message) }
      }
    default:
      for (index, (number, line)) in input.lines.enumerated() {
        do {
          let query = try row(line)
          if index == 0, ["query-id", "query_id", "qid", "id", "_id"].contains(query.id.lowercased()) { continue }
          add(query, number)
        } catch { input.report(number, error.message) }
      }
    }
    try input.check()
    guard !queries.isEmpty else { throw .configuration("\(input.file) holds no query") }
    return queries
  }

  private struct Problem: Error { var message: String }

  private static func record(_ line: ArraySlice<UInt8>) throws(Problem) -> EvaluationQuery {
    let value: JSONValue
    do { value = try JSONValue(parsing: line) } catch { throw Problem(message: "not JSON: \(error.message) at column \(error.offset + 1)") }
    guard let id = (value["_id"] ?? value["id"]).flatMap({ $0.string ?? $0.int.map { String($0) } }), !id.isEmpty else {
      throw Problem(message: "a query needs an \"_id\"")
    }
    guard let text = (value["text"] ?? value["query"])?.string, !text.trimmed.isEmpty else {
      throw Problem(message: "the query \"\(id)\" needs a \"text\"")
    }
    return EvaluationQuery(id: id, text: text.trimmed)
  }

  private static func row(_ line: ArraySlice<UInt8>) throws(Problem) -> EvaluationQuery {
    guard let text = String(validating: line, as: UTF8.self) else { throw Problem(message: "not valid UTF-8") }
    guard let tab = text.firstIndex(of: "\t") else { throw Problem(message: "an id, a tab and the text of the query are expected") }
    let id = String(text[..<tab]).trimmed
    let words = String(text[text.index(after: tab)...]).trimmed
    guard !id.isEmpty, !words.isEmpty else { throw Problem(message: "the \(id.isEmpty ? "id" : "text") of the query is empty") }
    return EvaluationQuery(id: id, text: words)
  }

  // MARK: TREC topics

  /// Topics as TREC writes them: `<top>`, `<num> Number: 301`, `<title> words`, other parts, `</top>`; parts end where the next begins,
  /// with or without a closing tag. Lines outside topics are passed over.
  private static func topics(_ lines: [(number: Int, bytes: ArraySlice<UInt8>)]) -> [(number: Int, Result<EvaluationQuery, Problem>)] {
    var found: [(number: Int, Result<EvaluationQuery, Problem>)] = []
    var begin: Int?
    var parts: [String: String] = [:]
    var part: String?
    func finish() {
      guard let number = begin else { return }
      found.append((number, topic(parts)))
      begin = nil
      parts = [:]
      part = nil
    }
    for (number, bytes) in lines {
      var rest = Substring(String(decoding: bytes, as: UTF8.self))
      while !rest.isEmpty {
        if rest.first == "<", let close = rest.firstIndex(of: ">") {
          let tag = rest[rest.index(after: rest.startIndex)..<close].lowercased()
          rest = rest[rest.index(after: close)...]
          if tag == "top" {
            finish()
            begin = number
          } else if tag == "/top" {
            finish()
          } else {
            part = tag.hasPrefix("/") ? nil : tag
          }
          continue
        }
        let end = rest.dropFirst().firstIndex(of: "<") ?? rest.endIndex
        if begin != nil, let part { parts[part, default: ""] += (parts[part] == nil ? "" : " ") + rest[..<end] }
        rest = rest[end...]
      }
    }
    finish()
    return found
  }

  private static func topic(_ parts: [String: String]) -> Result<EvaluationQuery, Problem> {
    guard var id = parts["num"]?.trimmed, !id.isEmpty else { return .failure(Problem(message: "the topic needs a <num>")) }
    if id.lowercased().hasPrefix("number:") { id = String(id.dropFirst(7)).trimmed }
    // Topics are numbered 051, their judgements 51.
    if id.allSatisfy(\.isWholeNumber), let number = Int(id) { id = String(number) }
    guard var title = parts["title"]?.trimmed else { return .failure(Problem(message: "the topic \(id) needs a <title>")) }
    if title.lowercased().hasPrefix("topic:") { title = String(title.dropFirst(6)).trimmed }
    let words = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !id.isEmpty, !words.isEmpty else { return .failure(Problem(message: "the topic \(id) has an empty <num> or <title>")) }
    return .success(EvaluationQuery(id: id, text: words))
  }
}
