// The shim's decoders get bytes that no encoder of ours makes. They may refuse them, but not break.

import CXapian
import TestSupport
import Testing
import Xapian

@Suite struct CodeTests {
  /// What the shim says to the code of a query.
  private func describe(_ code: [UInt8]) -> Int32 {
    var error = CXError()
    defer { cx_error_clear(&error) }
    return cx_query_description(code, code.count, { _, _, _ in }, nil, &error)
  }

  @Test(
    arguments: [
      [], [0], [255], [UInt8(CX_QUERY_ALL), UInt8(CX_QUERY_ALL)], [UInt8(CX_QUERY_AND), 1], [UInt8(CX_QUERY_TERM), 1, 200],
      [UInt8(CX_QUERY_TERM), 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], [UInt8(CX_QUERY_SCALE), 0, 0, 0, 0, 0, 0, 0, 0],
      [UInt8(CX_QUERY_OR), 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
    ] as [[UInt8]])
  func whatIsNoQueryIsRefused(code: [UInt8]) {
    #expect(describe(code) == CX_INVALID_ARGUMENT)
  }

  @Test(arguments: seeds)
  func noBytesBreakTheDecoderOfQueries(seed: UInt64) throws {
    let folder = TemporaryFolder()
    let path = bytes(folder.file())
    _ = try folder.database(["a b c", "b"])
    var random = SeededRandom(seed: seed)
    var handle: OpaquePointer?
    var error = CXError()
    try #require(cx_database_open(path, path.count, &handle, &error) == 0)
    let database = try #require(handle)
    defer { cx_database_free(database) }
    var weighting = CXWeighting()
    weighting.scheme = Int32(CX_WEIGHT_BM25)
    weighting.parameters = (1, 0, 1, 0.5, 0.5, 0)
    for _ in 0..<20_000 {
      var code: [UInt8] = []
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        // Mostly pieces that make sense, so that whole queries come about.
        switch Int.random(in: 0..<4, using: &random) {
        case 0: code += [UInt8(CX_QUERY_TERM), 1, 1, UInt8.random(in: 97...99, using: &random)]
        case 1: code += [UInt8.random(in: 4...13, using: &random), UInt8.random(in: 0...3, using: &random), 2]
        default: code.append(UInt8.random(in: 0...22, using: &random))
        }
      }
      var timedOut: Int32 = 0
      var error = CXError()
      let kind = cx_matches(database, code, code.count, &weighting, 1, 0, { _, _, _, _ in }, nil, &timedOut, &error)
      cx_error_clear(&error)
      let known = kind == 0 || XapianError.Kind(rawValue: kind) != nil
      #expect(known && kind != CX_UNKNOWN_EXCEPTION && kind != CX_STANDARD_EXCEPTION, "seed \(seed): \(code) gives \(kind)")
    }
  }

  @Test(arguments: seeds)
  func noBytesBreakTheDecoderOfDocuments(seed: UInt64) throws {
    let folder = TemporaryFolder()
    let path = bytes(folder.file())
    var random = SeededRandom(seed: seed)
    var handle: OpaquePointer?
    var error = CXError()
    try #require(cx_database_open_writable(path, path.count, Int32(CX_CREATE_OR_OPEN), 1, &handle, &error) == 0)
    let database = try #require(handle)
    defer { cx_database_free(database) }
    for _ in 0..<5000 {
      let code = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        UInt8.random(in: 0...(Bool.random(using: &random) ? 6 : 255), using: &random)
      }
      var added: UInt32 = 0
      var error = CXError()
      let kind = cx_add_document(database, code, code.count, Int32.random(in: 0...1, using: &random), &added, &error)
      cx_error_clear(&error)
      #expect(kind == 0 || XapianError.Kind(rawValue: kind) != nil, "seed \(seed): \(code) gives \(kind)")
    }
  }

  @Test func aReaderCannotBeWritten() throws {
    let folder = TemporaryFolder()
    let path = bytes(folder.file())
    _ = try folder.database(["a"])
    var handle: OpaquePointer?
    var error = CXError()
    defer { cx_error_clear(&error) }
    try #require(cx_database_open(path, path.count, &handle, &error) == 0)
    let database = try #require(handle)
    defer { cx_database_free(database) }
    #expect(cx_commit(database, &error) == CX_INVALID_OPERATION)
    #expect(error.message.map { String(cString: $0) } == "database is open for reading")
  }
}
