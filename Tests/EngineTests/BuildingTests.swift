// An index that is built from nothing is the index that Xapian's writer would have made, at every moment of it.
import ArasAPI
import Glibc
import Synchronization
import TestSupport
import Testing
import TextAnalysis
import Xapian

@testable import Engine

@Suite struct BuildingTests {
  private static let words = ["tango", "foxtrot", "Alphaland", "Betish", "tariffs", "parade", "naïve", "Санкции", "the", "of", "corridor"]

  private static func article(_ key: Int, _ random: inout SeededRandom) -> CorpusArticle {
    let parts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in random.pick(words) }.joined(separator: " ")
      return CorpusArticle.Part(text: text + " number\(key)", heading: random.chance(20) ? random.pick(words) : nil)
    }
    return CorpusArticle(
      key: "\(key)", title: random.chance(50) ? "\(random.pick(words)) \(key)" : nil,
      date: random.chance(50) ? "2024-05-1\(key % 10)" : nil,
      publisher: random.chance(30) ? "Publisher \(key % 3)" : nil, parts: parts)
  }

  private static func open(_ folder: String, writtenWhole: Int) throws -> TestIndex {
    var limits = IndexLimits(readers: 2)
    limits.writtenWhole = writtenWhole
    let index = try Index.open(path: folder, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: limits)
    return TestIndex(folder: folder, index: index, isOwner: false)
  }

  /// Everything that the database and the columns say of every passage.
  private static func content(_ test: TestIndex) async throws -> [String] {
    try await test.index.reading { reader, snapshot in
      let database = try Database(path: test.index.writer.disk.path)
      var out: [String] = []
      for term in try database.terms() {
        let list = try database.postingList(of: term)
        out.append("\(term) \(try database.frequencies(of: term)) \(list.documents) \(list.wdfs)")
      }
      let lengths = try database.documentLengths()
      out.append("\(lengths) \(try database.averageLength)")
      for document in lengths.documents {
        let values = try Schema.slots.map { try database.value(document: document, slot: $0) }
        let columns = PassageColumns(of: document, in: snapshot.columns)?.encoded() ?? []
        out.append("\(document) \(values) \(values[2] == columns)")
      }
      try database.forEachMetadata { key, value in
        // Of a file the moment of its indexing is noted, too.
        let isFile = Array(key).starts(with: FileState.keyPrefix)
        out.append("\(Array(key)) \(isFile ? value.count : Array(value).hashValue)")
        return .proceed
      }
      return out
    }
  }

  @Test func aBuiltIndexIsWhatAWrittenOneIs() async throws {
    var random = SeededRandom(seed: .random(in: 0 ... .max))
    let seed = random.state
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    let built = try Self.open(folder + "/built", writtenWhole: 200)
    let written = try Self.open(folder + "/written", writtenWhole: 0)
    for file in 0..<12 {
      var articles = (0..<Int.random(in: 1...20, using: &random)).map { Self.article(100 * file + $0, &random) }
      // Of some ids there are two: the second takes the place of the first, which may be pending.
      if random.chance(40) { articles.append(Self.article(100 * file, &random)) }
      let path = random.chance(30) ? "\(Int.random(in: 0...file, using: &random)).jsonl" : "\(file).jsonl"
      let isRemoved = random.chance(15)
      for test in [built, written] {
        try await test.put(articles, path: path, commit: false)
        if isRemoved { try await test.index.removeFile(path: "\(file / 2).jsonl") }
        if test === written || file % 4 == 3 { try await test.index.commit() } else { _ = try await test.index.commitInPassing() }
      }
      if file % 4 == 3 {
        let (one, other) = (try await Self.content(built), try await Self.content(written))
        #expect(one.count == other.count, "seed \(seed), file \(file)")
        for test in [built, written] { #expect(try await WrittenTerms.faults(test.index) == [], "seed \(seed), file \(file)") }
        #expect(zip(one, other).first { $0 != $1 }.map { "\($0)\n\($1)" } == nil, "seed \(seed), file \(file)")
      }
    }
    for test in [built, written] {
      await test.index.close()
      #expect(try IndexFolder.faults(path: test.index.path) == [], "seed \(seed)")
    }
    #expect(FolderNames.all(in: built.index.path)?.contains("xapian.new") == false)
  }

  /// Each search finds what some commit held, and never less than one before it.
  @Test func searchesGoOnWhileAnIndexIsBuilt() async throws {
    var random = SeededRandom(seed: 7)
    let test = try TestIndex(registry: try TinyRegistry.load())
    let known = Mutex<Set<Int>>([0])
    let isDone = Mutex(false)
    let searching = Task {
      var last = 0
      var count = 0
      while !isDone.withLock({ $0 }) {
        let total = try await test.search("tango") { $0.limit = 3 }.total.articles
        #expect(total >= last && known.withLock { $0.contains(total) })
        last = total
        count += 1
      }
      return count
    }
    var all = 0
    for file in 0..<40 {
      try await test.put(
        (0..<10).map { CorpusArticle(key: "\($0)", parts: [.init(text: "tango \(random.pick(Self.words)) \($0)")]) }, path: "\(file)",
        commit: false)
      all += 10
      known.withLock { _ = $0.insert(all) }
      if file % 10 == 9 { try await test.index.commit() } else { _ = try await test.index.commitInPassing() }
    }
    isDone.withLock { $0 = true }
    #expect(try await searching.value > 0)
    #expect(try await test.search("tango").total.articles == 400)
  }

  /// A part of a large index that comes at once is built into it, too.
  @Test func anIndexThatGrowsByMuchIsBuiltOn() async throws {
    var random = SeededRandom(seed: 8)
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    let first = try Self.open(folder + "/index", writtenWhole: 5)
    try await first.put((0..<60).map { Self.article($0, &random) }, path: "a")
    await first.index.close()
    let again = try Self.open(folder + "/index", writtenWhole: 5)
    try await again.put((0..<30).map { Self.article($0, &random) }, path: "b", commit: false)
    #expect(await !again.index.writer.isBuilding)
    #expect(try await again.index.commitInPassing() != nil)
    try await again.put((0..<30).map { Self.article($0, &random) }, path: "c", commit: false)
    #expect(await again.index.writer.isBuilding)
    try await again.put((0..<10).map { Self.article($0 + 50, &random) }, path: "a")
    #expect(await !again.index.writer.isBuilding)
    #expect(try await again.search("number3").total.articles == 2)
    #expect(try await again.search("number53").total.articles == 1)
    #expect(try await again.search("path:a").total.articles == 10)
    await again.index.close()
    #expect(try IndexFolder.faults(path: again.index.path) == [])
  }

  /// Where what is made of an article is not what the database has, the postings say it: nothing of a document that goes stays behind.
  @Test func aDocumentUnlikeItsArticleIsLookedUp() async throws {
    var random = SeededRandom(seed: 9)
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    let test = try Self.open(folder + "/index", writtenWhole: 1000)
    try await test.put((0..<30).map { Self.article($0, &random) }, path: "a")
    await test.index.close()
    let path = IndexFolder.database(folder + "/index")
    let victims = try Database(path: path).postings(of: Array("tango".utf8))
    try #require(victims.count > 5)
    // As if other rules of analysis had written them.
    let changer = DatabaseChanger(of: path, beside: folder + "/changing")
    try changer.commit(knowing: KnownDocuments.lookedUp(victims, Database(path: path))) { database in
      for victim in victims {
        var edit = DocumentEdit()
        edit.addTerm(Array("former".utf8), wdf: 3)
        edit.setValue(slot: Schema.termsSlot, [1, 2, 3, 4])
        try database.edit(victim, edit)
      }
    }
    changer.end()
    let again = try Self.open(folder + "/index", writtenWhole: 0)
    #expect(try await WrittenTerms.faults(again.index).count == victims.count)
    #expect(try await again.search("former").total.passages == victims.count)
    try await again.put((0..<20).map { Self.article($0 + 7, &random) }, path: "a")
    #expect(try await again.search("former").total.articles == 0)
    #expect(try await WrittenTerms.faults(again.index) == [])
    #expect(try await Self.content(again).allSatisfy { !$0.hasPrefix("\(Array("former".utf8)) ") })
    await again.index.close()
    #expect(try IndexFolder.faults(path: again.index.path) == [])
  }

  /// Killed before, between and after the two renames by which new tables take the place of the old, and while changes are written.
  @Test(arguments: 0..<3)
  func whatAKilledProcessLeftIsBroughtInOrder(moment: Int) async throws {
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    let test = try Self.open(folder, writtenWhole: 1000)
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    let database = IndexFolder.database(folder)
    let (new, was) = (IndexFolder.beside(database), IndexFolder.before(database))
    #expect(mkdir(moment == 2 ? was : new, 0o755) == 0)
    #expect(link(database + "/iamglass", (moment == 2 ? was : new) + "/iamglass") == 0)
    if moment == 1 { #expect(rename(database, was) == 0) }
    let changing = IndexFolder.changing(database)
    #expect(mkdir(changing, 0o755) == 0 && link((moment == 1 ? was : database) + "/iamglass", changing + "/iamglass") == 0)
    let again = try Self.open(folder, writtenWhole: 1000)
    #expect(again.index.rebuilt == nil)
    #expect(access(new, F_OK) != 0 && access(was, F_OK) != 0 && access(changing, F_OK) != 0)
    #expect(try await again.index.statistics().passages == 1)
    await again.index.close()
  }
}
