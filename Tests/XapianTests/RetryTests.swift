import Testing
import Xapian

@Suite struct RetryTests {
  let folder = TemporaryFolder()

  /// A database whose reader is far behind its writer: blocks that it would read have been used again.
  private func overtaken() throws -> Database {
    let texts = (0..<400).map { "word\($0) other\($0 % 7) third\($0 % 31)" }
    let reader = try folder.database(texts)
    var writer = try WritableDatabase(path: folder.file(), unsynced: true)
    for round in 1...6 {
      for number in 1...UInt32(400) { try writer.replace(number, with: Document(words: "round\(round) word\(number) x\(number % 13)")) }
      try writer.commit()
    }
    try writer.close()
    return reader
  }

  private func termCount(_ database: borrowing Database) throws(XapianError) -> Int {
    var count = 0
    try database.forEachTerm { _, _ in
      count += 1
      return .proceed
    }
    return count
  }

  @Test func aReaderLeftBehindSaysThatItCanBeRepeated() throws {
    let reader = try overtaken()
    let error = #expect(throws: XapianError.self) { _ = try termCount(reader) }
    #expect(error?.isRetriable == true)
  }

  @Test func repeatingReopensAndThenSeesTheNewestCommit() throws {
    var reader = try overtaken()
    var runs = 0
    let count = try reader.withRetry { database throws(XapianError) in
      runs += 1
      return try termCount(database)
    }
    #expect(runs == 2)
    #expect(count == 400 + 13 + 1)
  }

  @Test func repeatingIsBounded() throws {
    var reader = try folder.database(["a"])
    var runs = 0
    let kind = try kindOfFailure {
      try reader.withRetry(attempts: 3) { _ throws(XapianError) in
        runs += 1
        throw XapianError(kind: .databaseModified, message: "again")
      }
    }
    #expect(kind == .databaseModified)
    #expect(runs == 3)
  }

  @Test func otherErrorsAreNotRepeated() throws {
    var reader = try folder.database(["a"])
    var runs = 0
    let kind = try kindOfFailure {
      _ = try reader.withRetry { database throws(XapianError) in
        runs += 1
        return try database.documentData(9)
      }
    }
    #expect(kind == .documentNotFound)
    #expect(runs == 1)
  }

  /// Behind the writer a document may be missed without a word.
  @Test func whatIsNotThereIsLookedForInTheNewestCommit() throws {
    var reader = try overtaken()
    var runs = 0
    let kind = try kindOfFailure {
      _ = try reader.withRetry { _ throws(XapianError) in
        runs += 1
        throw XapianError(kind: .documentNotFound, message: "missed")
      }
    }
    #expect(kind == .documentNotFound)
    #expect(runs == 2)
  }
}
