// The file of a trained topic, for people to read and correct: a line a fact, a line a weight, a tab between name and value.

import TextAnalysis

package enum TrainedTopicFile {
  static let format = 1
  package static let fileExtension = "tsv"

  // MARK: Writing

  /// - Parameter signature: of the analysis that the terms come from.
  package static func bytes(_ topic: TrainedTopic, signature: String) -> [UInt8] {
    var text = """
      # The trained layer of the topic \(topic.id), written by `aras topics train`; `aras topics remove \(topic.id)` takes it away.
      # A passage has the topic when its words add up to the threshold. A term that stands n times in a passage of N words (without
      # numbers; the heading is part of it, the title twice) adds its weight times (1 + ln n) / √N.
      # Weights and threshold may be edited: the daemon takes up the change.
      format\t\(format)
      topic\t\(topic.id)

      """
    if let label = topic.label { text += "label\t\(oneLine(label))\n" }
    if let parent = topic.parent { text += "parent\t\(parent)\n" }
    text += """
      method\t\(topic.method.rawValue)
      threshold\t\(decimal(topic.threshold))
      trained\t\(topic.day)
      yes\t\(topic.yes)
      no\t\(topic.no)
      sampled\t\(topic.sampled)
      analysis\t\(signature)
      weights\t\(topic.weights.count)

      """
    var bytes = Array(text.utf8)
    for weight in topic.weights {
      bytes += weight.term
      bytes.append(0x09)
      bytes += Array(decimal(weight.weight).utf8)
      bytes.append(0x0A)
    }
    return bytes
  }

  private static func oneLine(_ text: String) -> String { String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }

  /// Four digits behind the point, zeros at the end left out.
  private static func decimal(_ value: Float) -> String {
    let scaled = Int((abs(Double(value)) * 10_000).rounded())
    var digits = String(scaled % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return (value < 0 && scaled > 0 ? "-" : "") + String(scaled / 10_000) + (digits.isEmpty ? "" : "." + digits)
  }

  // MARK: Reading

  /// A line at fault, from 1, with what is wrong and what to do.
  struct Fault: Error {
    var line: Int
    var key: String
    var message: String
  }

  private static let again = "correct it, or train the topic again: aras topics train ID --from FILE"

  /// Reads the file of a topic.
  /// - Parameter id: that the file's name gives.
  static func read(_ bytes: [UInt8], id: String, signature: String) throws(Fault) -> TrainedTopic {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(line: 0, key: "", message: "is not UTF-8; save it as UTF-8, or train the topic again")
    }
    var facts = Facts()
    var weights: [TrainedTopic.Weight] = []
    var seen: [ArraySlice<UInt8>: Int] = [:]
    var expected: Int?
    var number = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty || (expected == nil && line.first == 0x23) { continue }
      guard let tab = line.firstIndex(of: 0x09) else {
        throw Fault(line: number, key: "", message: "has no tab; expected a name, a tab and a value")
      }
      let name = line[..<tab]
      let value = Substring(line[line.index(after: tab)...])
      if expected == nil {
        if name.elementsEqual("weights".utf8) {
          expected = Int(value)
          if expected == nil { throw Fault(line: number, key: "weights", message: "must be the number of lines that follow") }
        } else {
          try facts.take(String(Substring(name)), String(value), line: number)
        }
        continue
      }
      guard let weight = Float(value), weight.isFinite, abs(weight) <= 1_000_000 else {
        throw Fault(line: number, key: String(Substring(name)), message: "“\(value)” is no weight; expected a number such as 1.25")
      }
      let term = Array(name)[...]
      guard !term.isEmpty else { throw Fault(line: number, key: "", message: "has no term before the tab; remove the line") }
      if let first = seen.updateValue(number, forKey: term) {
        throw Fault(line: number, key: String(Substring(name)), message: "has a weight already, in line \(first); keep one of the two")
      }
      weights.append(TrainedTopic.Weight(term: Array(term), weight: weight))
    }
    guard expected != nil else { throw Fault(line: number, key: "weights", message: "is missing; \(again)") }
    return try facts.topic(id: id, signature: signature, weights: weights)
  }

  /// The lines before the weights.
  private struct Facts {
    private var values: [String: (text: String, line: Int)] = [:]
    private static let known = [
      "format", "topic", "label", "parent", "method", "threshold", "trained", "yes", "no", "sampled", "analysis",
    ]

    mutating func take(_ name: String, _ value: String, line: Int) throws(Fault) {
      guard Self.known.contains(name) else {
        throw Fault(line: line, key: name, message: "is no known name; expected \(Self.known.joined(separator: ", ")), weights")
      }
      if let first = values.updateValue((value, line), forKey: name) {
        throw Fault(line: line, key: name, message: "stands in line \(first.line) already; keep one of the two")
      }
    }

    private func text(_ name: String) throws(Fault) -> (text: String, line: Int) {
      guard let value = values[name], !value.text.isEmpty else { throw Fault(line: 0, key: name, message: "is missing; \(again)") }
      return value
    }

    private func count(_ name: String) throws(Fault) -> Int {
      let (text, line) = try text(name)
      guard let number = Int(text), number >= 0 else {
        throw Fault(line: line, key: name, message: "must be a number of examples, found “\(text)”")
      }
      return number
    }

    func topic(id: String, signature: String, weights: [TrainedTopic.Weight]) throws(Fault) -> TrainedTopic {
      let format = try text("format")
      guard format.text == String(TrainedTopicFile.format) else {
        throw Fault(
          line: format.line, key: "format",
          message: "is \(format.text), and this version of Aras reads \(TrainedTopicFile.format); train the topic again")
      }
      let topic = try text("topic")
      guard topic.text == id else {
        throw Fault(line: topic.line, key: "topic", message: "is “\(topic.text)”, but the file is named for “\(id)”; rename one of the two")
      }
      let method = try text("method")
      guard let kind = TrainedTopic.Method(rawValue: method.text) else {
        throw Fault(
          line: method.line, key: "method",
          message: "“\(method.text)” is unknown; expected \(TrainedTopic.Method.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let threshold = try text("threshold")
      guard let limit = Float(threshold.text), limit > 0, limit.isFinite else {
        throw Fault(line: threshold.line, key: "threshold", message: "must be a number above 0, found “\(threshold.text)”")
      }
      let analysis = try text("analysis")
      guard analysis.text == signature else {
        throw Fault(
          line: analysis.line, key: "analysis",
          message: "the weights are of words as another version of Aras analysed them; train the topic again, or remove this file")
      }
      return TrainedTopic(
        id: id, label: values["label"]?.text, parent: values["parent"]?.text, method: kind, threshold: limit,
        day: try text("trained").text, yes: try count("yes"), no: try count("no"), sampled: try count("sampled"), weights: weights)
    }
  }
}
