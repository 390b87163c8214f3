import Testing

@testable import Engine

@Suite struct FileStateTests {
  private let fingerprint = FileFingerprint(size: 5, modified: -1, changed: 1_700_000_000_123_456_789, inode: .max, hash: .max - 1)

  @Test func aFingerprintIsKeptWhole() {
    let state = FileState(path: "a/b.txt", source: "a", fingerprint: fingerprint, articles: 3, failure: "why", indexedAt: 7)
    let decoded = FileState.decoded(state.encoded(articleChunks: 2))
    #expect(decoded?.state == state)
    #expect(decoded?.articleChunks == 2)
  }

  @Test func namesThatDifferInTheirBytesAreTwoFiles() async throws {
    let test = try TestIndex()
    let composed = "caf\u{E9}.txt"
    let decomposed = "cafe\u{301}.txt"
    try await test.add(composed, "one text")
    try await test.add(decomposed, "another text")
    #expect(await test.index.files().count == 2)
    #expect(try await test.search("text").total.articles == 2)
    try await test.index.removeFile(path: composed)
    try await test.index.commit()
    #expect(await test.index.files().map { Array($0.path.utf8) } == [Array(decomposed.utf8)])
    #expect(try await test.search("text").total.articles == 1)
  }
}
