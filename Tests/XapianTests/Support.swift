// What the tests share: a folder that goes away, seeded randomness, short spellings.

import Foundation
import Xapian

/// A folder for databases, removed with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "/xapian-tests-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String = "db") -> String { path + "/" + name }
}

/// Seeds for random tests: some that stay and a new one each time, or ARAS_SEED where it is set; a failing test names its own.
let seeds: [UInt64] = [1, 2, 3, ProcessInfo.processInfo.environment["ARAS_SEED"].flatMap(UInt64.init) ?? .random(in: 4...999_999)]

func bytes(_ string: String) -> [UInt8] { Array(string.utf8) }

func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

extension Query {
  static func term(_ term: String) -> Query { .term(bytes(term)) }

  static func phrase(_ words: String, window: Int = 0) -> Query {
    .phrase(words.split(separator: " ").map { .term(String($0)) }, window: window)
  }

  static func near(_ words: String, window: Int) -> Query {
    .near(words.split(separator: " ").map { .term(String($0)) }, window: window)
  }
}

extension Document {
  /// A document of words at positions 1, 2, 3 …; its text is its stored data.
  init(words text: String) {
    self.init()
    for (index, word) in text.split(separator: " ").enumerated() {
      addPosting(bytes(String(word)), positions: [UInt32(index + 1)], wdf: 1)
    }
    setData(bytes(text))
  }
}

extension TemporaryFolder {
  /// Makes a database of documents of words and opens it for reading.
  func database(_ texts: [String], name: String = "db") throws -> Database {
    var writer = try WritableDatabase(path: file(name), unsynced: true)
    for text in texts { try writer.add(Document(words: text)) }
    try writer.close()
    return try Database(path: file(name))
  }
}

/// The kind of the error of Xapian's that a body throws; nil when it throws none.
func kindOfFailure(_ body: () throws -> Void) throws -> XapianError.Kind? {
  do {
    try body()
    return nil
  } catch let error as XapianError {
    return error.kind
  }
}

/// The time that deadlines are in.
func monotonicNanoseconds() -> UInt64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}

/// Fills small blocks of free memory with a byte, so that the next to get one sees what it has not set.
func dirtyMemory(with byte: UInt8) {
  for size in stride(from: 16, through: 128, by: 16) {
    let blocks = (0..<32).map { _ in UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16) }
    for block in blocks {
      block.initializeMemory(as: UInt8.self, repeating: byte, count: size)
      block.deallocate()
    }
  }
}
