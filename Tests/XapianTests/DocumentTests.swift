import Testing
import Xapian

@Suite struct DocumentTests {
  /// The terms of a document with their wdf.
  private func terms(of number: UInt32, in database: borrowing Database) throws -> [String: UInt32] {
    var terms: [String: UInt32] = [:]
    try database.forEachTerm(ofDocument: number) { term, wdf in
      terms[string(term)] = wdf
      return .proceed
    }
    return terms
  }

  @Test func everythingPutInComesOut() throws {
    let folder = TemporaryFolder()
    var document = Document()
    document.addTerm(bytes("boolean"), wdf: 0)
    document.addTerm(bytes("plain"))
    document.addPosting(bytes("placed"), positions: [3, 70_000, 5, UInt32.max - 1], wdf: 4)
    document.setValue(slot: 0, bytes("zero"))
    document.setValue(slot: 4_000_000_000, [0, 255, 0])
    document.setData([0, 1, 2, 0, 255])
    var writer = try WritableDatabase(path: folder.file())
    let number = try writer.add(document)
    try writer.close()

    let database = try Database(path: folder.file())
    #expect(try terms(of: number, in: database) == ["boolean": 0, "plain": 1, "placed": 4])
    #expect(try database.positions(of: bytes("placed"), in: number) == [3, 5, 70_000, UInt32.max - 1])
    #expect(try database.positions(of: bytes("plain"), in: number) == [])
    #expect(try database.value(document: number, slot: 0) == bytes("zero"))
    #expect(try database.value(document: number, slot: 4_000_000_000) == [0, 255, 0])
    #expect(try database.value(document: number, slot: 1) == [])
    #expect(try database.documentData(number) == [0, 1, 2, 0, 255])
    #expect(try database.documentLength(number) == 5)
  }

  @Test func whatWasPutInCanBeReadBeforeItCrosses() {
    var document = Document()
    document.addTerm(bytes("boolean"), wdf: 300)
    document.setValue(slot: 4_000_000_000, [0, 255, 0])
    document.addPosting(bytes("placed"), positions: [3, 70_000, 5, UInt32.max - 1], wdf: 4)
    document.setData(Array(repeating: 7, count: 200))
    document.addPosting(bytes("placed"), positions: [], wdf: 1)
    var terms: [String] = []
    var values: [UInt32: [UInt8]] = [:]
    document.forEach(
      term: { term, run in
        var positions: [UInt32] = []
        run.forEach { positions.append($0) }
        #expect(positions.count == run.count)
        terms.append("\(string(Array(term))) \(positions)")
      }, value: { values[$0] = Array($1) })
    #expect(terms == ["boolean []", "placed [3, 70000, 5, \(UInt32.max - 1)]", "placed []"])
    #expect(values == [4_000_000_000: [0, 255, 0]])
  }

  @Test func theSameTermAgainAddsItsWdfAndPositions() throws {
    let folder = TemporaryFolder()
    var document = Document()
    document.addTerm(bytes("a"), wdf: 2)
    document.addPosting(bytes("a"), positions: [9], wdf: 1)
    document.addPosting(bytes("a"), positions: [4, 9], wdf: 2)
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(document)
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try terms(of: 1, in: database) == ["a": 5])
    #expect(try database.positions(of: bytes("a"), in: 1) == [4, 9])
  }

  @Test func aPrefixAndAWordMakeOneTerm() throws {
    let folder = TemporaryFolder()
    var document = Document()
    bytes("word").withUnsafeBufferPointer { word in
      document.addTerm(prefix: bytes("P"), word, wdf: 3)
      document.addTerm(word)
      [7, 8].withUnsafeBufferPointer { document.addPosting(prefix: bytes("Q"), word, positions: $0, wdf: 2) }
    }
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(document)
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try terms(of: 1, in: database) == ["Pword": 3, "word": 1, "Qword": 2])
    #expect(try database.positions(of: bytes("Qword"), in: 1) == [7, 8])
  }

  @Test func aDocumentEmptiedIsAsNew() throws {
    var document = Document(words: "a b c")
    document.removeAll()
    #expect(document == Document())
    #expect(document.byteCount == 0)
    document.addTerm(bytes("d"))
    #expect(document.byteCount == 4)
  }

  @Test func aTermMayHoldAnyByte() throws {
    let folder = TemporaryFolder()
    let term: [UInt8] = [0, 255, 10, 0, 128]
    var document = Document()
    document.addTerm(term)
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(document)
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try database.postings(of: term) == [1])
    #expect(try database.matches(.term(term)).documents == [1])
  }

  @Test func aDocumentOfManyTermsCrosses() throws {
    let folder = TemporaryFolder()
    var document = Document()
    for i in 0..<50_000 { document.addPosting(bytes("t\(i)"), positions: [UInt32(i + 1)], wdf: 1) }
    var writer = try WritableDatabase(path: folder.file(), unsynced: true)
    try writer.add(document)
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try database.documentLength(1) == 50_000)
    #expect(try database.positions(of: bytes("t49999"), in: 1) == [50_000])
  }
}

/// An edited document is the one that would have been made anew, and what is not named stays.
@Suite struct DocumentEditTests {
  let folder = TemporaryFolder()

  private func picture(_ database: borrowing WritableDatabase, _ document: UInt32) throws -> [String] {
    var terms: [(String, UInt32)] = []
    try database.forEachTerm(ofDocument: document) { term, wdf in
      terms.append((string(term), wdf))
      return .proceed
    }
    return try terms.map { "\($0) \($1) \(try database.positions(of: bytes($0), in: document))" }
      + [
        string(try database.documentData(document)), string(try database.value(document: document, slot: 1)),
        "\(try database.documentLength(document))",
      ]
  }

  @Test func anEditLeavesWhatItDoesNotName() throws {
    var writer = try WritableDatabase(path: folder.file())
    var old = Document(words: "one two three")
    old.addPosting(bytes("XAiran"), positions: [1, 3], wdf: 2)
    old.addTerm(bytes("XTtrade"), wdf: 0)
    old.setValue(slot: 1, bytes("old"))
    try writer.add(old)
    try writer.add(Document(words: "two three"))
    try writer.commit()
    var edit = DocumentEdit()
    edit.setTerm(bytes("XAiran"), positions: [2], wdf: 1)
    edit.removeTerm(bytes("XTtrade"))
    edit.removeTerm(bytes("not there"))
    edit.setTerm(bytes("XTwar"), wdf: 0)
    edit.setValue(slot: 1, bytes("new"))
    edit.setData(bytes("changed"))
    try writer.edit(1, edit)
    var new = Document(words: "one two three")
    new.addPosting(bytes("XAiran"), positions: [2], wdf: 1)
    new.addTerm(bytes("XTwar"), wdf: 0)
    new.setValue(slot: 1, bytes("new"))
    new.setData(bytes("changed"))
    let number = try writer.add(new)
    #expect(try picture(writer, 1) == picture(writer, number))
    try writer.commit()
    #expect(try picture(writer, 1) == picture(writer, number))
    #expect(try writer.postings(of: bytes("XTtrade")) == [])
    #expect(try writer.postings(of: bytes("two")) == [1, 2, 3])
    #expect(throws: XapianError.self) { try writer.edit(9, edit) }
  }
}
