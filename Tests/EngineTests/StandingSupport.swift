import ArasAPI
import Synchronization
import TestSupport

@testable import Engine

/// What one standing query was told.
final class Told: Sendable {
  private let events = Mutex<[StandingEvent]>([])

  func take(_ more: [StandingEvent]) { events.withLock { $0 += more } }

  var matches: [MatchNotification] {
    events.withLock {
      $0.compactMap { event in
        if case .match(let match) = event { return match }
        return nil
      }
    }
  }

  var failures: [LaggedNotification] {
    events.withLock {
      $0.compactMap { event in
        if case .lagged(let lagged) = event { return lagged }
        return nil
      }
    }
  }

  /// Ids of the passages told of, in order.
  var passages: [String] { matches.map(\.passage.id) }

  /// What was told since the last time.
  func drain() -> [MatchNotification] {
    defer { events.withLock { $0 = [] } }
    return matches
  }
}

extension TestIndex {
  func watch(_ request: SubscribeRequest) async throws -> (Told, SubscribeResult) {
    let told = Told()
    return (told, try await index.subscribe(request) { told.take($0) })
  }

  func watch(_ q: String) async throws -> Told { try await watch(SubscribeRequest(q: q)).0 }

  /// The passages that a search for the same finds, with what it shows of them.
  func searched(_ request: SubscribeRequest) async throws -> [String: PassageHit] {
    let result = try await search(request.q) {
      $0.match = .all
      $0.filters = request.filters
      $0.exclude = request.exclude
      $0.snippets = request.snippets
      $0.group = .passage
      $0.limit = 10_000
      $0.facets = []
    }
    let hits = result.hits.flatMap(\.passages).map { hit in
      var hit = hit
      hit.score = 0
      return (hit.id, hit)
    }
    return Dictionary(uniqueKeysWithValues: hits)
  }
}

/// Requests for standing queries of every kind that the corpus of `QuerySemanticsTests` can answer.
enum RandomRequests {
  static let authors = ["Ann Archer", "Bob Baker", "Cem Çelik"]
  static let dates = ["2021", "2021-11", "2022-02-03", "2023-05-01"]

  static func request(_ random: inout SeededRandom) -> SubscribeRequest {
    var request = SubscribeRequest(q: random.chance(8) ? "" : QuerySemanticsTests.query(&random, 2).text)
    if random.chance(20) { request.q += " " + field(&random) }
    if random.chance(15) { request.q += " -" + field(&random) }
    if random.chance(25) { request.filters = filters(&random) }
    if random.chance(20) { request.exclude = filters(&random) }
    return request
  }

  private static func field(_ random: inout SeededRandom) -> String {
    random.pick([
      "date:2021", "date:2022..", "date:..2021-11-30", "author:archer", "author:\"Bob Baker\"", "author:bak*", "keyword:trade", "keyword:*",
      "lang:ru", "lang:(tr OR fa)", "path:news/**", "path:*.jsonl", "path:deep/*.txt", "path:news/a.txt", "source:wire", "actor:alphaland+",
      "actor:alphaland!", "actor:(betaland OR gammaland)", "quality:short", "place:*", "title:*", "topic:economy", "kind:text",
    ])
  }

  private static func filters(_ random: inout SeededRandom) -> Filters {
    var filters = Filters()
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: filters[.actor] = FilterValue(any: [random.pick(["alphaland", "Betaland", "alphaland+", "nobody"])])
      case 1: filters[.actor] = FilterValue(all: ["alphaland", "betaland"])
      case 2: filters[.date] = FilterValue(any: [random.pick(["2021", "2022..", "..2021-06"])])
      case 3: filters[.author] = FilterValue(any: [random.pick(["Ann Archer", "cem celik", "bob baker"])])
      case 4: filters[.lang] = FilterValue(any: [random.pick(["en", "ru", "tr"])])
      case 5: filters[.path] = FilterValue(any: [random.pick(["news/**", "*.txt", "a.txt", "news"])])
      case 6: filters[.keyword] = FilterValue(any: ["Trade"])
      default: filters[.source] = FilterValue(any: [random.pick(["wire", "Gazette"])])
      }
    }
    return filters
  }

  static func article(_ random: inout SeededRandom, key: String) -> CorpusArticle {
    let title = random.chance(50) ? QuerySemanticsTests.words(1...3, "en", &random).map(\.0).joined(separator: " ") : nil
    return CorpusArticle(
      key: key, title: title, date: random.chance(70) ? random.pick(dates) : nil, authors: random.chance(50) ? [random.pick(authors)] : [],
      keywords: random.chance(30) ? ["Trade"] : [], quality: random.chance(20) ? ["short"] : [],
      publisher: random.chance(40) ? random.pick(["Wire", "Gazette"]) : nil,
      parts: (0..<Int.random(in: 1...4, using: &random)).map { _ in part(&random) })
  }

  static func part(_ random: inout SeededRandom) -> CorpusArticle.Part {
    let language = random.chance(75) ? "en" : random.pick(["ru", "tr", "fa"])
    let body = QuerySemanticsTests.words(1...12, language, &random).map(\.0)
    let heading = random.chance(30) ? QuerySemanticsTests.words(1...3, language, &random).map(\.0).joined(separator: " ") : nil
    // A number that no other passage has: a passage is known by its text.
    let number = Int.random(in: 1_000_000...9_999_999, using: &random)
    return .init(text: body.joined(separator: random.chance(50) ? " " : ", ") + ". \(number)", heading: heading, language: language)
  }
}
