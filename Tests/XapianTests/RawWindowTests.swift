// What Xapian itself makes of operands that `Query` rewrites or refuses: the reason why it does. These tests speak the code of
// queries, past the encoder.

import CXapian
import Testing
import Xapian

@Suite struct RawWindowTests {
  private func term(_ letter: String) -> [UInt8] { [UInt8(CX_QUERY_TERM), 1, 1] + bytes(letter) }

  private func join(_ command: Int, _ operands: [[UInt8]], window: UInt8? = nil) -> [UInt8] {
    operands.flatMap { $0 } + [UInt8(command), UInt8(operands.count)] + (window.map { [$0] } ?? [])
  }

  /// The documents that a code matches, and the kind of failure.
  private func run(_ code: [UInt8], weighed: Bool) throws -> (documents: [UInt32], kind: Int32) {
    let folder = TemporaryFolder()
    let path = bytes(folder.file())
    _ = try folder.database(["a b", "b a", "c b", "a x x b", "a b c"])
    var handle: OpaquePointer?
    var error = CXError()
    try #require(cx_database_open(path, path.count, &handle, &error) == 0)
    let database = try #require(handle)
    defer { cx_database_free(database) }
    var weighting = CXWeighting()
    weighting.scheme = Int32(CX_WEIGHT_TFIDF)
    var timedOut: Int32 = 0
    var documents: [UInt32] = []
    let kind = withUnsafeMutablePointer(to: &documents) { documents in
      cx_matches(
        database, code, code.count, &weighting, weighed ? 1 : 0, 0,
        { context, found, _, count in
          context?.assumingMemoryBound(to: [UInt32].self).pointee = Array(UnsafeBufferPointer(start: found, count: count))
        }, documents, &timedOut, &error)
    }
    cx_error_clear(&error)
    return (documents, kind)
  }

  @Test(arguments: [CX_QUERY_SYNONYM, CX_QUERY_MAX, CX_QUERY_AND, CX_QUERY_PHRASE])
  func xapianRefusesAnOperandThatIsNeitherTermNorOr(command: Int) throws {
    let operand = join(command, [term("a"), term("c")], window: command == CX_QUERY_PHRASE ? 2 : nil)
    let near = try run(join(CX_QUERY_NEAR, [operand, term("b")], window: 2), weighed: false)
    #expect(near.kind == CX_UNIMPLEMENTED)
  }

  @Test func xapianMatchesASynonymInAnOrDifferentlyWithAndWithoutWeights() throws {
    let either = join(CX_QUERY_OR, [join(CX_QUERY_SYNONYM, [term("a"), term("c")]), term("z")])
    let code = join(CX_QUERY_NEAR, [either, term("b")], window: 2)
    let weighed = try run(code, weighed: true)
    let plain = try run(code, weighed: false)
    #expect(weighed.documents == [])
    #expect(plain.documents == [1, 2, 3, 5])
  }

  @Test func xapianNeverMatchesAPhraseInAnOr() throws {
    let either = join(CX_QUERY_OR, [join(CX_QUERY_PHRASE, [term("a"), term("b")], window: 2), term("z")])
    let found = try run(join(CX_QUERY_NEAR, [either, term("c")], window: 3), weighed: false)
    #expect(found.kind == 0 && found.documents == [])
  }

  @Test func aWindowWithoutItsOperandsIsRefused() throws {
    #expect(try run([UInt8(CX_QUERY_NEAR), 2, 2], weighed: false).kind == CX_INVALID_ARGUMENT)
  }
}
