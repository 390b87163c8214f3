import ArasAPI
import Glibc
import Tagging
import TestSupport
import Testing
import TextAnalysis
import Xapian

@testable import Engine

/// An index that takes up a registry is, to the last byte of every passage, what it would be had it been made by that registry.
@Suite struct RetagTests {
  private static let rounds = getenv("ARAS_RETAGS").flatMap { Int(String(cString: $0)) } ?? 12

  /// Everything in the database that tags decide, a line a thing.
  private func contents(_ index: Index) async throws -> [String] {
    let folder = index.path + "/xapian"
    let database = try Database(path: folder)
    var lines: [String] = []
    for (_, terms) in try WrittenTerms.lines(database).sorted(by: { $0.key < $1.key }) { lines += terms }
    lines += try await WrittenTerms.faults(index)
    lines += try await staleRows(index, database)
    let segments = try ArticleStore(directory: folder).segments
    try database.forEachMetadata(prefix: ArticleEntry.keyPrefix) { _, value in
      guard let entry = ArticleEntry(encoded: value) else { return .proceed }
      lines.append("\(entry.ordinal) \(entry.contentHash) \(segments.read(entry.place) { StoredArticle($0) } as Any)")
      return .proceed
    }
    lines += try await facets(index)
    lines.append(String(decoding: try database.metadata(IndexContents.registryKey), as: UTF8.self))
    return lines
  }

  /// Rows of the columns that the database has otherwise than searches: none.
  private func staleRows(_ index: Index, _ database: borrowing Database) async throws -> [String] {
    var rows: [UInt32: [UInt8]] = [:]
    try database.forEachValue(slot: Schema.columnsSlot) { document, value in
      rows[document] = Array(value)
      return .proceed
    }
    return try await index.reading { [rows] _, snapshot in
      rows.compactMap { document, row in
        PassageColumns(of: document, in: snapshot.columns)?.encoded() == row ? nil : "the row of \(document) is not what is shown"
      }
    }
  }

  /// What searches say of every actor and topic.
  private func answers(_ index: Index, _ registry: Registry) async throws -> [String] {
    var lines = try await facets(index)
    let ids = registry.actors.map(\.id)
    var queries = registry.topics.map { "topic:\($0.id)" } + ["actor:*", "place:*", "topic:*", "-actor:*"]
    for id in ids {
      queries += ["actor:\(id)", "actor:\(id)!", "actor:\(id)+", "place:\(id)", "parade actor:\(id)", "-actor:\(id)"]
      queries += ids.map { "actor:\(id) NEAR/4 actor:\($0)" }
    }
    for query in queries {
      var request = SearchRequest(q: query)
      request.group = .passage
      request.limit = 100
      let result = try await index.search(request)
      // Their order is that of weights, for which the length of a passage counts: the database knows the one it had.
      let hits = result.hits.map { "\($0.article.id) \($0.article.actors) \($0.passages.map { ($0.id, $0.actors, $0.topics) })" }.sorted()
      lines.append("\(query): \(result.total) \(hits)")
    }
    for row in try await index.actors(ListRequest(limit: 100)).actors {
      lines.append("\(row.id) \(row.articles) \(row.passages) \(row.mentions)")
    }
    for hit in try await index.search(SearchRequest(q: "*")).hits {
      lines.append(String(describing: try await index.get(GetRequest(id: hit.article.id))))
    }
    return lines
  }

  private func facets(_ index: Index) async throws -> [String] {
    var lines: [String] = []
    var request = SearchRequest(q: "")
    request.limit = 0
    for unit in [Unit.article, .passage] {
      request.facetUnit = unit
      request.facets = FacetField.allCases.map { FacetSpec($0, limit: 100) }
      let result = try await index.facets(request)
      for field in FacetField.allCases { lines.append("\(unit) \(field): \(String(describing: result.facets[field]))") }
    }
    return lines
  }

  private func difference(_ one: Index, _ other: Index) async throws -> [String] {
    let a = try await contents(one)
    let b = try await contents(other)
    let (left, right) = (Set(a), Set(b))
    return a.filter { !right.contains($0) }.map { "index: \($0)" } + b.filter { !left.contains($0) }.map { "fresh: \($0)" }
  }

  @Test func everyEditLeavesWhatAFreshIndexHas() async throws {
    var random = SeededRandom(seed: getenv("ARAS_SEED").flatMap { UInt64(String(cString: $0)) } ?? .random(in: 0...UInt64.max))
    let seed = random.state
    var touched = 0
    var looked = 0
    for _ in 0..<Self.rounds {
      var model = RandomRegistry(&random)
      guard var registry = try model.load() else { continue }
      let articles = (0..<12).map { RandomArticle.make("\($0)", &random) }
      let test = try TestIndex(registry: registry, postings: random.chance(70) ? 1 << 20 : 0)
      try await test.put(articles, path: "a.jsonl")
      for _ in 0..<6 {
        var edited = model
        for _ in 0..<Int.random(in: 1...2, using: &random) { edited.edit(&random) }
        guard let next = try edited.load(), next.fingerprint != registry.fingerprint else { continue }
        let waiting = try await test.index.adopt(next, analysis: AnalysisOptions())
        touched += waiting
        looked += articles.count
        let fresh = try TestIndex(registry: next)
        try await fresh.put(articles, path: "a.jsonl")
        _ = try await test.index.showRetagged(2)
        let (shown, wanted) = (try await answers(test.index, next), try await answers(fresh.index, next))
        let wrong = Set(shown).symmetricDifference(wanted)
        #expect(wrong == [], "seed \(seed)\n--- before\n\(model.actorFile)\(model.topicFile)--- after\n\(edited.actorFile)")
        if !wrong.isEmpty { return }
        // What is shown may be written later than the next edit.
        if random.chance(30) {
          (model, registry) = (edited, next)
          continue
        }
        try await test.index.retagWaiting()
        let difference = try await difference(test.index, fresh.index)
        #expect(
          difference == [],
          "seed \(seed)\n--- before\n\(model.actorFile)\(model.laterFile)\(model.topicFile)--- after\n\(edited.actorFile)\(edited.laterFile)\(edited.topicFile)"
        )
        if !difference.isEmpty { return }
        (model, registry) = (edited, next)
      }
    }
    // Of texts in which every word is in some name, too, some are left alone.
    #expect(touched < looked, "seed \(seed)")
  }

  /// Reading some passages of an article tells what reading all of them does, or tells nothing.
  @Test func passagesThatNothingTouchesNeedNotBeRead() async throws {
    var random = SeededRandom(seed: getenv("ARAS_SEED").flatMap { UInt64(String(cString: $0)) } ?? .random(in: 0...UInt64.max))
    let seed = random.state
    var (partly, wholly) = (0, 0)
    for _ in 0..<Self.rounds {
      let model = RandomRegistry(&random)
      guard let registry = try model.load() else { continue }
      let test = try TestIndex(registry: registry)
      try await test.put((0..<12).map { RandomArticle.make("\($0)", &random) }, path: "a.jsonl")
      for _ in 0..<12 {
        var edited = model
        for _ in 0..<Int.random(in: 1...3, using: &random) { edited.edit(&random) }
        guard let next = try edited.load() else { continue }
        let change = TagChange(from: registry, to: next)
        let (articles, touched) = try await test.index.reading { reader, snapshot in
          var touched = TouchedArticles(view: reader.view, snapshot: snapshot, change: change)
          let found = change.touchesAll ? [] : try touched.articles()
          let articles = found.compactMap { article in
            snapshot.columns[place: article.ordinal].flatMap { reader.view.segments.read($0) { StoredArticle($0) } }
          }
          return (articles, found)
        }
        let retagger = Retagger(Preparer(registry: next, analysis: AnalysisOptions()))
        for (article, passages) in zip(articles, touched.map(\.passages)) {
          guard let some = retagger.some(of: article, passages, change.families) else {
            wholly += 1
            continue
          }
          partly += some.passages.contains(where: \.isKept) ? 1 : 0
          let whole = Preparer(registry: next, analysis: AnalysisOptions()).retag(article)
          let isSame = some.record == whole.record && some.passages.map(\.record) == whole.passages.map(\.record)
          #expect(
            isSame,
            "seed \(seed) \(passages)\n--- before\n\(model.actorFile)\(model.laterFile)\(model.topicFile)--- after\n\(edited.actorFile)\(edited.laterFile)\(edited.topicFile)\n\(some)\n--- whole\n\(whole)"
          )
          if !isSame { return }
        }
      }
    }
    #expect(partly > 0 && wholly > 0, "seed \(seed): \(partly) \(wholly)")
  }

  /// A task may be slow, and have tags to write of a registry that is no longer in force, when others have already gone through the same
  /// articles and, the edit having been taken back, found nothing to write.
  @Test func tagsOfARegistryThatIsNoLongerInForceAreNotWritten() async throws {
    func load(names: String) throws -> Registry {
      try TinyRegistry.load(actors: "version: 1\nactors: [{id: kilo, kind: state, label: Kilo, names: [\(names)]}]\n")
    }
    let registry = try load(names: "Kilo")
    let edited = try load(names: "Kilo, Papa")
    let articles = [CorpusArticle(key: "0", title: nil, parts: [.init(text: "Papa walks and Kilo sleeps here.")])]
    let test = try TestIndex(registry: registry)
    try await test.put(articles, path: "a.jsonl")
    let before = try await contents(test.index)
    let all = await test.index.writer.allArticles()

    try await test.index.adopt(edited, analysis: AnalysisOptions())
    let slow = Retagger(test.index.makePreparer())
    let made = await test.index.writer.places(of: all).read().found.compactMap { slow.retag($0) }
    #expect(made.count == 1)
    try await test.index.adopt(registry, analysis: AnalysisOptions())
    try await test.index.retagWaiting()
    let left = try await test.index.writer.rewriteTags(of: made, by: slow.fingerprint)
    #expect(left == nil)
    let whole = made.map { (slow.prepare($0.found.stored), insteadOf: $0.found.place) }
    #expect(try await test.index.writer.rewrite(whole, by: slow.fingerprint) == nil)
    #expect(try await test.index.retag(all, slow).fingerprint == registry.fingerprint)
    try await test.index.commit()
    #expect(try await contents(test.index) == before)
  }

  @Test func editsThatComeWhileOthersAreUnderWayLeaveWhatAFreshIndexHas() async throws {
    var random = SeededRandom(seed: getenv("ARAS_SEED").flatMap { UInt64(String(cString: $0)) } ?? .random(in: 0...UInt64.max))
    let seed = random.state
    for _ in 0..<Self.rounds {
      var models = [RandomRegistry(&random)]
      guard var registry = try models[0].load() else { continue }
      let articles = (0..<48).map { RandomArticle.make("\($0)", &random) }
      let test = try TestIndex(registry: registry)
      try await test.put(articles, path: "a.jsonl")
      let (calls, calling) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
      async let tagging: Void = { [index = test.index] in for await _ in calls { try await index.retagWaiting(taggers: 3) } }()
      for _ in 0..<8 {
        var edited = random.chance(50) ? random.pick(models) : models[models.count - 1]
        if random.chance(60) { edited.edit(&random) }
        guard let next = try edited.load(), next.fingerprint != registry.fingerprint else { continue }
        try await test.index.adopt(next, analysis: AnalysisOptions())
        calling.yield()
        models.append(edited)
        registry = next
      }
      calling.finish()
      try await tagging
      #expect(test.index.retagProgress == nil, "seed \(seed)")
      let fresh = try TestIndex(registry: registry)
      try await fresh.put(articles, path: "a.jsonl")
      let difference = try await difference(test.index, fresh.index)
      #expect(difference == [], "seed \(seed)")
      if !difference.isEmpty { return }
    }
  }
}
