// Seeded sequences of work on a database, checked against dictionaries after every step.

import Foundation
import Testing
import Xapian

/// A database and what should be in it: at its last commit and now.
private struct Work {
  let folder = TemporaryFolder()
  var make: RandomQueries
  var current: [UInt32: ModelDocument] = [:]
  var committed: [UInt32: ModelDocument] = [:]
  var last: UInt32 = 0
  var committedLast: UInt32 = 0
  var copies = 0

  init(seed: UInt64) {
    make = RandomQueries(seed: seed)
  }

  mutating func anyNumber() -> UInt32? {
    current.keys.sorted().randomElement(using: &make.random)
  }

  mutating func note(_ number: UInt32, _ document: ModelDocument) {
    current[number] = document
    last = max(last, number)
  }

  mutating func change(_ writer: inout WritableDatabase) throws {
    let document = make.document()
    switch Int.random(in: 0..<8, using: &make.random) {
    case 0, 1, 2:
      let number = try writer.add(document.document)
      #expect(number == last + 1)
      note(number, document)
    case 3, 4:
      guard let number = anyNumber() else { return }
      try writer.replace(number, with: document.document)
      note(number, document)
    case 5:
      let number = last + UInt32.random(in: 1...5, using: &make.random)
      try writer.replace(number, with: document.document)
      note(number, document)
    case 6:
      guard let number = anyNumber() else { return }
      try writer.delete(number)
      current[number] = nil
    default:
      let term = make.vocabulary[7]
      let with = current.filter { $0.value.terms[term] != nil }.keys
      guard with.count < 5 else { return }
      if Bool.random(using: &make.random) {
        try writer.delete(term: term)
        for number in with { current[number] = nil }
      } else {
        let number = try writer.replace(term: term, with: document.document)
        #expect(number == with.min() ?? last + 1)
        for other in with { current[other] = nil }
        note(number, document)
      }
    }
  }

  mutating func commit() {
    committed = current
    committedLast = last
  }

  mutating func rollBack() {
    current = committed
    last = committedLast
  }

  /// Checks a database against documents: every term, posting, position, value and piece of data.
  mutating func check(_ database: borrowing some DatabaseReading & ~Copyable, against documents: [UInt32: ModelDocument]) throws {
    try #require(try database.documentCount == documents.count)
    try #require(try database.postings(of: []) == documents.keys.sorted())
    for (number, document) in documents {
      var terms: [[UInt8]: UInt32] = [:]
      try database.forEachTerm(ofDocument: number) { term, wdf in
        terms[Array(term)] = wdf
        return .proceed
      }
      try #require(terms == document.terms.mapValues { UInt32($0.count) })
      try #require(try database.documentData(number) == document.data)
      try #require(try database.value(document: number, slot: 3) == document.values[3] ?? [])
    }
    if let (number, document) = documents.randomElement(using: &make.random) {
      for (term, positions) in document.terms {
        let found = try database.positions(of: term, in: number)
        try #require(found == positions.sorted())
      }
    }
    let model = QueryModel(documents: documents)
    for _ in 0..<3 {
      let query = make.query(depth: 2)
      let found = try database.matches(query, weighting: .bm25(), wantWeights: true).documents
      let expected = model.matches(query)
      let about: Comment = "\(try query.xapianDescription())"
      try #require(found == expected, about)
    }
  }
}

@Suite struct RandomWorkTests {
  @Test(arguments: seeds)
  func aDatabaseHoldsWhatItsHistorySays(seed: UInt64) throws {
    var work = Work(seed: seed)
    let path = work.folder.file()
    var writer = try WritableDatabase(path: path, unsynced: true)
    try writer.commit()
    var reader = try Database(path: path)
    for step in 0..<250 {
      let about: Comment = "seed \(seed), step \(step)"
      switch Int.random(in: 0..<20, using: &work.make.random) {
      case 0, 1:
        try writer.commit()
        work.commit()
        try reader.reopen()
      case 2:
        // Close and open again.
        try writer.close()
        work.commit()
        writer = try WritableDatabase(path: path, mode: .open, unsynced: true)
        try reader.reopen()
      case 3:
        // A transaction, kept or taken back.
        try writer.beginTransaction()
        work.commit()
        for _ in 0..<5 { try work.change(&writer) }
        if Bool.random(using: &work.make.random) {
          try writer.commitTransaction()
          work.commit()
        } else {
          try writer.cancelTransaction()
          work.rollBack()
        }
        try reader.reopen()
      case 4:
        // A crash: what lies on the disk now is all there is.
        work.copies += 1
        let copy = work.folder.file("crash\(work.copies)")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        var survivor = try WritableDatabase(path: copy, mode: .open, unsynced: true)
        try work.check(survivor, against: work.committed)
        try survivor.add(Document(words: "after the crash"))
        try survivor.close()
        let faults = try Database.faults(path: copy)
        #expect(faults == 0, about)
      default:
        try work.change(&writer)
      }
      do {
        try work.check(writer, against: work.current)
        try work.check(reader, against: work.committed)
      } catch {
        Issue.record(error, about)
        return
      }
    }
  }
}
