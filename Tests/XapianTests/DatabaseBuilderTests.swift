// A database that was built without Xapian's writer, and changed without lists of its documents' terms, beside one that was written by Xapian
// alone: the same to every question but what terms a document has, and in order to Xapian's own check.
import Foundation
import TestSupport
import Testing
import Xapian

/// Everything that a database says of what is in it.
private struct Content: Equatable {
  var postings: [[UInt8]: [UInt32]] = [:]
  var wdfs: [[UInt8]: [UInt32]] = [:]
  var frequencies: [[UInt8]: [UInt32]] = [:]
  var terms: [[UInt8]] = []
  var lengths: [UInt32] = []
  var documents: [UInt32] = []
  var values: [[UInt32: [UInt8]]] = []
  var metadata: [[UInt8]: [UInt8]] = [:]
  var averageLength = 0.0

  init(_ database: borrowing some DatabaseReading & ~Copyable) throws {
    terms = try database.terms()
    for term in terms {
      let list = try database.postingList(of: term)
      (postings[term], wdfs[term]) = (list.documents, list.wdfs)
      let frequency = try database.frequencies(of: term)
      frequencies[term] = [frequency.document, frequency.collection]
    }
    (documents, lengths) = try database.documentLengths()
    for slot: UInt32 in [0, 1, 2, 9, 300] {
      var found: [UInt32: [UInt8]] = [:]
      try database.forEachValue(slot: slot) { document, value in
        found[document] = Array(value)
        return .proceed
      }
      values.append(found)
    }
    var entries: [[UInt8]: [UInt8]] = [:]
    try database.forEachMetadata { key, value in
      entries[Array(key)] = Array(value)
      return .proceed
    }
    metadata = entries
    averageLength = try database.averageLength
  }
}

private struct RandomDocuments {
  var random: SeededRandom
  private let vocabulary: [[UInt8]]

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    vocabulary = (0..<600).map { number in
      switch number % 20 {
      case 0: [UInt8](repeating: UInt8(97 + number % 26), count: Int.random(in: 1...245, using: &random))
      case 1: [0, UInt8(number % 251)]
      case 2: bytes("a") + [0, 0xFF, UInt8(number % 251)]
      case 3: bytes("a") + [UInt8](repeating: 0, count: number / 20)
      default: bytes("word\(number)")
      }
    }
    self.random = random
  }

  mutating func document() -> Document {
    var document = Document()
    let count = Int.random(in: 0..<40, using: &random)
    for _ in 0..<count {
      // The first of the vocabulary are frequent: their postings take many chunks.
      let rank = Int(pow(Double.random(in: 0..<1, using: &random), 4) * Double(vocabulary.count))
      let greatest: UInt32 = Int.random(in: 0..<50, using: &random) == 0 ? 100_000 : 3
      let wdf = UInt32.random(in: 0...greatest, using: &random)
      document.addTerm(vocabulary[rank], wdf: wdf)
    }
    if Int.random(in: 0..<30, using: &random) == 0 {
      for number in 0..<1500 { document.addTerm(bytes("long\(number &* 7919 % 4001)")) }
    }
    if Bool.random(using: &random) { document.addPosting(bytes("placed"), positions: [1, 5], wdf: 2) }
    for slot: UInt32 in [0, 1, 9, 300] where Int.random(in: 0..<3, using: &random) > 0 {
      let length = Int.random(in: 0..<(slot == 9 ? 3000 : 12), using: &random)
      document.setValue(slot: slot, (0..<length).map { _ in .random(in: 0...255, using: &random) })
    }
    return document
  }
}

@Suite struct DatabaseBuilderTests {
  let folder = TemporaryFolder()
  let changer: DatabaseChanger

  init() { changer = DatabaseChanger(of: folder.file("built"), beside: folder.file("changing")) }

  /// Puts what was built in the place of the database.
  private func exchange(_ path: String, _ beside: String) throws {
    try FileManager.default.moveItem(atPath: path, toPath: path + ".was")
    try FileManager.default.moveItem(atPath: beside, toPath: path)
    try FileManager.default.removeItem(atPath: path + ".was")
    changer.noteMove()
  }

  private func expectSame(_ seed: UInt64, _ step: String) throws {
    #expect(try Database.faults(path: folder.file("built")) == 0, "seed \(seed), \(step)")
    let written = try Content(Database(path: folder.file("written")))
    let built = try Content(Database(path: folder.file("built")))
    #expect(built.terms == written.terms, "seed \(seed), \(step)")
    #expect(built == written, "seed \(seed), \(step)")
    #expect(throws: XapianError.self, "seed \(seed), \(step)") {
      let database = try Database(path: folder.file("built"))
      for document in built.documents { try database.forEachTerm(ofDocument: document) { _, _ in .proceed } }
      if built.documents.isEmpty { throw XapianError(kind: .documentNotFound, message: "there is none") }
    }
  }

  /// Changes the database that was built, by what is known of the documents.
  private func change(_ known: [UInt32: Document], _ body: (inout WritableDatabase) throws -> Void) throws {
    let lists = try known.sorted { $0.key < $1.key }.map {
      DatabaseChanger.Known(number: $0.key, document: try LaidOutDocument($0.value))
    }
    try changer.commit(knowing: lists, body)
  }

  @Test(arguments: seeds)
  func whatIsBuiltIsWhatWouldHaveBeenWritten(seed: UInt64) throws {
    var make = RandomDocuments(seed: seed)
    var written = try WritableDatabase(path: folder.file("written"), unsynced: true)
    var built = try WritableDatabase(path: folder.file("built"), unsynced: true)
    try built.commit()
    try built.close()
    var documents: [UInt32: Document] = [:]
    // What is there already, in part deleted.
    try change([:]) { built in
      for _ in 0..<Int.random(in: 0...300, using: &make.random) {
        let document = make.document()
        let number = try written.add(document, placed: false)
        #expect(try built.add(document, placed: false) == number)
        documents[number] = document
      }
      try written.setMetadata(bytes("kept"), bytes("as it was"))
      try built.setMetadata(bytes("kept"), bytes("as it was"))
      try built.setMetadata(bytes("gone"), bytes("soon"))
    }
    let going = documents.filter { $0.key % 5 == 2 }
    try change(going) { built in
      for number in going.keys {
        documents[number] = nil
        try written.delete(number)
        try built.delete(number)
      }
    }
    let builder = try DatabaseBuilder(addingTo: folder.file("built"), beside: folder.file("beside"))
    for round in 0..<3 {
      for _ in 0..<Int.random(in: 1...1200, using: &make.random) {
        let document = make.document()
        let number = try written.add(document, placed: false)
        #expect(try builder.add(LaidOutDocument(document)) == number)
        documents[number] = document
        if number % 7 == 0 {
          let key = bytes("key\(number % 50)")
          try written.setMetadata(key, bytes("\(number)"))
          builder.setMetadata(key, bytes("\(number)"))
        }
      }
      builder.setMetadata(bytes("gone"), [])
      try written.commit()
      try builder.write()
      try exchange(folder.file("built"), folder.file("beside"))
      try expectSame(seed, "after writing \(round)")
      try builder.goOn()
    }
    // And on with changes, of which some are given up.
    for round in 0..<8 {
      let last = try written.lastDocument
      let numbers = Set((0..<60).map { _ in UInt32.random(in: 1...last, using: &make.random) })
      let known = documents.filter { numbers.contains($0.key) }
      let isGivenUp = round % 4 == 1
      let before = documents
      do {
        try change(known) { built in
          for number in numbers.sorted() {
            try changeOne(number, &documents, &make, &built) { if !isGivenUp { try $0(&written) } }
          }
          if isGivenUp { throw CancellationError() }
        }
        try written.commit()
      } catch is CancellationError {
        documents = before
      }
      try expectSame(seed, "after changes \(round)")
    }
    try written.close()
    changer.end()
    #expect(!FileManager.default.fileExists(atPath: folder.file("changing")), "seed \(seed)")
  }

  /// - Parameter both: does the same to the database that was written.
  private func changeOne(
    _ number: UInt32, _ documents: inout [UInt32: Document], _ make: inout RandomDocuments, _ built: inout WritableDatabase,
    both: ((inout WritableDatabase) throws -> Void) throws -> Void
  ) throws {
    let document = make.document()
    switch Int.random(in: 0..<4, using: &make.random) {
    case 0:
      let added = try built.add(document, placed: false)
      documents[added] = document
      try both {
        let number = try $0.add(document, placed: false)
        #expect(number == added)
      }
    case 1:
      try built.replace(number, with: document, placed: false)
      documents[number] = document
      try both { try $0.replace(number, with: document, placed: false) }
    case 2:
      guard var edited = documents[number] else { return }
      var edit = DocumentEdit()
      edit.addTerm(bytes("edited"), wdf: 7)
      edit.setValue(slot: 1, bytes("of the edit"))
      edited.addTerm(bytes("edited"), wdf: 7)
      edited.setValue(slot: 1, bytes("of the edit"))
      documents[number] = edited
      try built.edit(number, edit)
      try both { try $0.edit(number, edit) }
    default:
      guard documents.removeValue(forKey: number) != nil else { return }
      try built.delete(number)
      try both { try $0.delete(number) }
    }
  }

  /// A digest follows a change, whatever the order in which terms come.
  @Test(arguments: seeds)
  func aDigestIsOfASetOfTerms(seed: UInt64) throws {
    var make = RandomDocuments(seed: seed)
    for _ in 0..<50 {
      let document = make.document()
      var sums: [[UInt8]: UInt32] = [:]
      var writer = try WritableDatabase(path: folder.file("one"), mode: .createOrOverwrite, unsynced: true)
      try writer.add(document, placed: false)
      try writer.commit()
      try Database(path: folder.file("one")).forEachTerm(ofDocument: 1) { term, wdf in
        sums[Array(term)] = wdf
        return .proceed
      }
      var digest = TermDigest()
      for (term, wdf) in sums { digest.add(term, wdf: wdf) }
      #expect(try LaidOutDocument(document).digest == digest, "seed \(seed)")
      guard let (term, wdf) = sums.randomElement(using: &make.random) else { continue }
      digest.remove(term, wdf: wdf)
      #expect(try LaidOutDocument(document).digest != digest, "seed \(seed)")
      digest.add(term, wdf: wdf + 1)
      #expect(try LaidOutDocument(document).digest != digest, "seed \(seed)")
    }
  }

  @Test func aTermThatXapianDoesNotTakeIsRefused() throws {
    for term in [[], [UInt8](repeating: 97, count: 246)] {
      var document = Document()
      document.addTerm(bytes("fine"))
      document.addTerm(term)
      let kind = try kindOfFailure { _ = try LaidOutDocument(document) }
      #expect(kind == .invalidArgument)
      var writer = try WritableDatabase(path: folder.file(), unsynced: true)
      #expect(throws: XapianError.self) {
        try writer.add(document, placed: false)
        try writer.commit()
      }
    }
    for count in [122, 123] {
      var document = Document()
      document.addTerm([UInt8](repeating: 0, count: count))
      let kind = try kindOfFailure { _ = try LaidOutDocument(document) }
      #expect(kind == (count == 122 ? nil : .invalidArgument))
    }
  }

  @Test func aDatabaseOfAnotherFormatIsRefused() throws {
    _ = try folder.database(["some words"])
    #expect(try kindOfFailure { _ = try DatabaseBuilder(addingTo: folder.file(), beside: folder.file("beside")) } == .unimplemented)
    var version = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.file() + "/iamglass")))
    version[15] += 1
    try Data(version).write(to: URL(fileURLWithPath: folder.file() + "/iamglass"))
    #expect(try kindOfFailure { _ = try DatabaseBuilder(addingTo: folder.file(), beside: folder.file("beside")) } == .databaseVersion)
  }
}
