// Why a file, or one record of it, gave no article.

/// A file that cannot be read as an article.
package struct ExtractionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One clear line: what, where, what to do.
  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }

  package var description: String { reason }
}

/// A record of a JSONL or CSV file that was passed over; the rest of the file goes on.
package struct BadRecord: Sendable, Equatable {
  /// Counted from 1.
  package var line: Int
  package var reason: String

  package init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}

extension ExtractionError {
  /// Of a file of records without any.
  package static let noRecord = ExtractionError(reason: "empty: the file holds no record")
}
