import TestSupport
import Testing
import Xapian

@Suite struct DatabaseReadingTests {
  let folder = TemporaryFolder()

  @Test func numbersAreThoseOfTheDocuments() throws {
    var writer = try WritableDatabase(path: folder.file())
    for text in ["a b", "a", "a a c d"] { try writer.add(Document(words: text)) }
    try writer.delete(2)
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try database.documentCount == 2)
    #expect(try database.lastDocument == 3)
    #expect(try database.averageLength == 3)
    let statistics = try database.statistics()
    #expect(statistics.totalLength == 6)
    #expect(statistics.hasPositions)
    #expect(try database.documentFrequency(of: bytes("a")) == 2)
    #expect(try database.collectionFrequency(of: bytes("a")) == 3)
    #expect(try database.documentFrequency(of: bytes("nowhere")) == 0)
    #expect(try database.uuid.count == 36)
  }

  @Test func anEmptyDatabaseHasNothing() throws {
    let database = try folder.database([])
    #expect(try database.documentCount == 0)
    #expect(try database.lastDocument == 0)
    #expect(try database.averageLength == 0)
    #expect(try database.matches(.all) == Matches())
    #expect(try database.matches(.term("a"), weighting: .bm25(), wantWeights: true) == Matches())
    #expect(try database.page(.all, count: 10).hits.isEmpty)
    #expect(try database.postings(of: []) == [])
  }

  @Test func termsOfAPrefixComeInOrder() throws {
    let database = try folder.database(["b ab aa", "aa c"])
    var terms: [String] = []
    try database.forEachTerm(prefix: bytes("a")) { term, frequency in
      terms.append("\(string(term)) \(frequency)")
      return .proceed
    }
    #expect(terms == ["aa 2", "ab 1"])
  }

  @Test func aVisitStopsWhenTold() throws {
    let database = try folder.database(["a b c", "a", "a"])
    var seen = 0
    try database.forEachTerm { _, _ in
      seen += 1
      return seen < 2 ? .proceed : .stop
    }
    #expect(seen == 2)
    var postings = 0
    try database.forEachPosting(of: bytes("a")) { _, _ in
      postings += 1
      return .stop
    }
    #expect(postings == 1)
  }

  @Test func postingsCarryTheirWdf() throws {
    let database = try folder.database(["a a", "b", "a"])
    var postings: [[UInt32]] = []
    try database.forEachPosting(of: bytes("a")) { document, wdf in
      postings.append([document, wdf])
      return .proceed
    }
    #expect(postings == [[1, 2], [3, 1]])
    #expect(try database.postings(of: []) == [1, 2, 3])
    #expect(try database.postings(of: bytes("nowhere")) == [])
  }

  @Test func aWholePostingListAndAllLengthsComeInOneGo() throws {
    let database = try folder.database(["a a", "b", "a c c"])
    let list = try database.postingList(of: bytes("a"))
    #expect(list.documents == [1, 3] && list.wdfs == [2, 1])
    #expect(try database.postingList(of: bytes("nowhere")).documents == [])
    let lengths = try database.documentLengths()
    #expect(lengths.documents == [1, 2, 3] && lengths.lengths == [2, 1, 3])
  }

  @Test func postingsAmongDocumentsAreTheirs() throws {
    let database = try folder.database(["a", "b", "a a", "a", "b"])
    var found: [[UInt32]] = []
    try database.forEachPosting(of: bytes("a"), among: [2, 3, 4, 5, 900]) { index, wdf in
      found.append([UInt32(index), wdf])
      return .proceed
    }
    #expect(found == [[1, 2], [2, 1]])
    let kind = try kindOfFailure { try database.forEachPosting(of: bytes("a"), among: [3, 2]) { _, _ in .proceed } }
    #expect(kind == .invalidArgument)
  }

  @Test func valuesOfASlotComeByDocument() throws {
    var writer = try WritableDatabase(path: folder.file())
    for i in 0..<20 {
      var document = Document()
      if i % 3 == 0 { document.setValue(slot: 5, bytes("v\(i)")) }
      try writer.add(document)
    }
    try writer.commit()
    let database = try Database(path: folder.file())
    var values: [UInt32: String] = [:]
    try database.forEachValue(slot: 5) { document, value in
      values[document] = string(value)
      return .proceed
    }
    #expect(values == [1: "v0", 4: "v3", 7: "v6", 10: "v9", 13: "v12", 16: "v15", 19: "v18"])
    var among: [Int: String] = [:]
    try database.forEachValue(slot: 5, among: [3, 4, 10, 11, 20]) { index, value in
      among[index] = string(value)
      return .proceed
    }
    #expect(among == [1: "v3", 2: "v9"])
  }

  @Test func storedDataOfManyComesInTheOrderAskedFor() throws {
    let database = try folder.database(["a", "b b", "c"])
    var data: [String] = []
    try database.withDocumentData([3, 1, 2, 3]) { index, bytes in
      data.append("\(index) \(string(bytes))")
      return .proceed
    }
    #expect(data == ["0 c", "1 a", "2 b b", "3 c"])
  }

  @Test func metadataIsKeptByKey() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.setMetadata(bytes("file.b"), [0, 1, 255])
    try writer.setMetadata(bytes("file.a"), bytes("A"))
    try writer.setMetadata(bytes("other"), bytes("O"))
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try database.metadata(bytes("file.b")) == [0, 1, 255])
    #expect(try database.metadata(bytes("nowhere")) == [])
    var entries: [String] = []
    try database.forEachMetadata(prefix: bytes("file.")) { key, value in
      entries.append("\(string(key))=\(Array(value))")
      return .proceed
    }
    #expect(entries == ["file.a=[65]", "file.b=[0, 1, 255]"])
    var keys: [String] = []
    try database.forEachMetadata { key, _ in
      keys.append(string(key))
      return .proceed
    }
    #expect(keys == ["file.a", "file.b", "other"])

    try writer.setMetadata(bytes("other"), [])
    #expect(try writer.metadata(bytes("other")) == [])
    let kind = try kindOfFailure { try writer.setMetadata([], bytes("x")) }
    #expect(kind == .invalidArgument)
  }

  @Test func spellingsAreSuggestedAndListed() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.addSpelling(bytes("caucasus"), frequency: 3)
    try writer.addSpelling(bytes("armenia"))
    try writer.addSpelling(bytes("gone"))
    try writer.removeSpelling(bytes("gone"))
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(string(try database.spellingSuggestion(bytes("caucases"))) == "caucasus")
    #expect(try database.spellingSuggestion(bytes("xylophone")) == [])
    let spellings = try database.spellings().map { "\(string($0.word)) \($0.frequency)" }
    #expect(spellings == ["armenia 1", "caucasus 3"])
  }

  @Test func synonymsGoOneWay() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.addSynonym(bytes("ankara"), of: bytes("turkey"))
    try writer.addSynonym(bytes("turkiye"), of: bytes("turkey"))
    try writer.addSynonym(bytes("x"), of: bytes("y"))
    try writer.removeSynonym(bytes("x"), of: bytes("y"))
    try writer.commit()
    let database = try Database(path: folder.file())
    #expect(try database.synonyms(of: bytes("turkey")).map { string($0) } == ["ankara", "turkiye"])
    #expect(try database.synonyms(of: bytes("ankara")) == [])
    var keys: [String] = []
    try database.forEachSynonymKey { key in
      keys.append(string(key))
      return .proceed
    }
    #expect(keys == ["turkey"])
    try writer.removeSynonyms(of: bytes("turkey"))
    #expect(try writer.synonyms(of: bytes("turkey")) == [])
  }
}
