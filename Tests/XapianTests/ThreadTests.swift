// Several threads, each with a database of its own, beside a writer.

import Foundation
import Testing
import Xapian

@Suite struct ThreadTests {
  let folder = TemporaryFolder()

  private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Swift.Result { try body() }) }.start()
    }
  }

  //  Writer                         | Readers (each its own thread and Database)
  //  add 20, commit, 60 times       | open, then search with retry until the last commit is seen
  @Test func readersBesideAWriterSeeWholeCommits() async throws {
    let path = folder.file()
    do {
      var writer = try WritableDatabase(path: path)
      try writer.setMetadata(bytes("commits"), bytes("0"))
      try writer.close()
    }
    let commits = 60
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await onThread {
          var writer = try WritableDatabase(path: path, unsynced: true)
          for commit in 1...commits {
            for i in 0..<20 { try writer.add(Document(words: "common word\(i) commit\(commit)")) }
            try writer.setMetadata(bytes("commits"), bytes("\(commit)"))
            try writer.commit()
          }
          try writer.close()
        }
      }
      for _ in 0..<3 {
        group.addTask {
          try await onThread {
            var reader = try Database(path: path)
            var seen = 0
            while seen < commits {
              let (count, newest) = try reader.withRetry(attempts: 1000) { database throws(XapianError) in
                let newest = Int(string(try database.metadata(bytes("commits")))) ?? -1
                let matches = try database.matches(.phrase("common word7"), weighting: .bm25(), wantWeights: true)
                let all = try database.page(.term("common"), count: 5, checkAtLeast: 100_000)
                try database.withDocumentData(matches.documents) { _, data in
                  data.count > 0 ? .proceed : .stop
                }
                return ([matches.documents.count * 20, all.estimated], newest)
              }
              #expect(count == [newest * 20, newest * 20])
              #expect(newest >= seen)
              seen = newest
              try reader.reopen()
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func writersOfDifferentDatabasesDoNotDisturbEachOther() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for thread in 0..<4 {
        let path = folder.file("db\(thread)")
        group.addTask {
          try await onThread {
            let stemmer = try Stemmer(language: "english")
            var writer = try WritableDatabase(path: path, unsynced: true)
            for i in 0..<300 {
              var document = Document()
              document.addTerm(stemmer.stem(bytes("negotiations")))
              document.addTerm(bytes("n\(i % (thread + 2))"))
              try writer.add(document)
            }
            try writer.close()
            return try Database(path: path).matches(.and([.term("negoti"), .term("n0")])).documents.count
          }
        }
      }
      var counts: [Int] = []
      for try await count in group { counts.append(count) }
      #expect(counts.sorted() == [60, 75, 100, 150])
    }
  }
}
