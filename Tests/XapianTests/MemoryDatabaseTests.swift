import Testing
import Xapian

@Suite struct MemoryDatabaseTests {
  @Test(arguments: seeds)
  func randomQueriesMatchWhatTheModelSays(seed: UInt64) throws {
    var make = RandomQueries(seed: seed)
    var model = QueryModel(documents: [:])
    let documents = (0..<120).map { _ in make.document() }
    for (index, document) in documents.enumerated() { model.documents[UInt32(index + 1)] = document }
    let database = try Database(inMemory: documents.map(\.document))
    for _ in 0..<400 {
      let query = make.query(depth: Int.random(in: 0...4, using: &make.random))
      let found = try database.matches(query).documents
      let about: Comment = "seed \(seed): \(try query.xapianDescription())"
      try #require(found == model.matches(query), about)
    }
  }

  @Test func termsPositionsDataAndMetadataAreThere() throws {
    var document = Document(words: "red line red")
    document.setValue(slot: 3, bytes("seven"))
    let database = try Database(inMemory: [Document(words: "blue"), document], metadata: [(bytes("Aone"), bytes("first"))])
    var terms: [String] = []
    try database.forEachTerm(prefix: []) { term, frequency in
      terms.append("\(string(term)) \(frequency)")
      return .proceed
    }
    #expect(terms == ["blue 1", "line 1", "red 1"])
    #expect(try database.positions(of: bytes("red"), in: 2) == [1, 3])
    #expect(string(try database.documentData(2)) == "red line red")
    #expect(string(try database.value(document: 2, slot: 3)) == "seven")
    #expect(string(try database.metadata(bytes("Aone"))) == "first")
    #expect(try database.metadata(bytes("Atwo")).isEmpty)
  }

  @Test func anEmptyOneFindsNothing() throws {
    let database = try Database(inMemory: [Document]())
    #expect(try database.matches(.all).documents.isEmpty)
    #expect(try database.documentFrequency(of: bytes("red")) == 0)
  }

  @Test func aDocumentThatCannotBeAddedThrows() throws {
    var wrong = Document()
    wrong.addTerm([])
    #expect(try kindOfFailure { _ = try Database(inMemory: [wrong]) } == .invalidArgument)
  }
}
