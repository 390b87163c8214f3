// Which articles answer which query, and how well: judgements as BEIR (`query-id corpus-id score`, by tabs, with a header) and TREC
// (`query iteration article grade`, by blanks) write them.

/// Holds the judged articles of each query.
package struct Judgements: Sendable, Equatable {
  /// By query, then by article: the grade; above 0 is relevant.
  package private(set) var grades: [String: [String: Int]] = [:]
  /// Every article that is judged for any query.
  package private(set) var articles: Set<String> = []

  package init(_ grades: [String: [String: Int]]) {
    self.grades = grades
    articles = grades.values.reduce(into: []) { $0.formUnion($1.keys) }
  }

  package static func read(_ file: String) throws(ClientError) -> Judgements { try parse(try InputLines(file: file)) }

  static func parse(_ input: InputLines) throws(ClientError) -> Judgements {
    var input = input
    var grades: [String: [String: Int]] = [:]
    for (index, (number, line)) in input.lines.enumerated() {
      guard let text = String(validating: line, as: UTF8.self) else {
        input.report(number, "not valid UTF-8")
        continue
      }
      let columns = columns(text)
      guard columns.count == 3 || columns.count == 4 else {
        input.report(number, "3 columns (query, article, grade) or 4 (query, iteration, article, grade) are expected, not \(columns.count)")
        continue
      }
      guard let grade = Int(columns[columns.count - 1]) else {
        if index == 0, columns.count == 3, columns[2].first?.isLetter == true { continue }  // The header.
        input.report(number, "the grade \"\(columns[columns.count - 1])\" is not a whole number")
        continue
      }
      let (query, article) = (columns[0], columns[columns.count - 2])
      if let other = grades[query]?[article], other != grade {
        input.report(number, "article \"\(article)\" is judged \(other) for query \"\(query)\" already, and \(grade) here")
      }
      grades[query, default: [:]][article] = grade
    }
    try input.check()
    guard !grades.isEmpty else { throw .configuration("\(input.file) holds no judgement") }
    return Judgements(grades)
  }

  /// Ids may hold blanks where tabs part the columns.
  private static func columns(_ line: String) -> [String] {
    if line.contains("\t") { return line.split(separator: "\t", omittingEmptySubsequences: true).map { String($0).trimmed } }
    return line.split(whereSeparator: \.isWhitespace).map { String($0) }
  }
}
