import ArasAPI
import Articles
import Tagging
import TestSupport

@testable import Engine

/// The articles of an index as plain values, and facets counted over them with loops.
struct FacetModel {
  struct Passage {
    var values: [FacetField: Set<String>]
    var word: String
  }

  struct Article {
    var id: String
    var values: [FacetField: Set<String>]
    var days: DayRange?
    var passages: [Passage]
  }

  var articles: [String: Article] = [:]

  static let passageFields: [FacetField] = [.actor, .place, .topic, .lang]
  static let articleFields: [FacetField] = [.source, .author, .keyword, .kind, .quality]
  static let words = ["tango", "zulu", "mountain"]

  /// A random article, as it is put into the index and as the model knows it.
  static func article(_ key: String, path: String, _ random: inout SeededRandom) -> (CorpusArticle, Article) {
    let names = [
      ("Alphaland", FacetField.actor, "alphaland"), ("Betaland", .actor, "betaland"), ("Gammaland", .actor, "gammaland"),
      ("Deltaport", .place, "deltaport"), ("tariffs", .topic, "tariffs"), ("parades", .topic, "parades"),
    ]
    var parts: [CorpusArticle.Part] = []
    var passages: [Passage] = []
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let word = random.pick(words)
      var text = [word]
      let language = random.chance(80) ? "en" : "de"
      var values: [FacetField: Set<String>] = [.lang: [language]]
      for (name, field, id) in names where random.chance(30) {
        // Rules of topics are English.
        if field == .topic, language != "en" { continue }
        text.append(name)
        values[field, default: []].insert(id)
      }
      parts.append(.init(text: text.joined(separator: " and also "), language: language))
      passages.append(Passage(values: values, word: word))
    }
    let dates = ["2021", "2022-02", "2022-03-05", "2022-11-30", "2023-09-05", nil, nil]
    let article = CorpusArticle(
      key: key, date: random.pick(dates), authors: random.chance(70) ? [random.pick(["Ann Ash", "Bob Birch"])] : [],
      keywords: (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(["Red", "Blue", "Grün"]) },
      quality: random.chance(10) ? ["short"] : [], publisher: random.chance(60) ? random.pick(["Gazette", "Herald"]) : nil,
      kind: random.pick(["text", "html"]), parts: parts)
    return (
      article,
      Article(
        id: StableHash.articleID(path: path, key: key),
        values: [
          .source: Set([article.publisher].compactMap { $0 }), .author: Set(article.authors), .keyword: Set(article.keywords),
          .kind: [article.kind], .quality: Set(article.quality),
        ], days: article.date.flatMap { DayRange(iso: $0) }, passages: passages)
    )
  }

  // MARK: The loops

  private func accepts(_ field: FilterField, _ value: FilterValue, _ article: Article, _ passage: Passage) -> Bool {
    if field == .date {
      let ranges = value.any.compactMap { DateExpression.range($0, today: 0) }
      return article.days.map { days in ranges.contains { $0.overlaps(days) } } ?? false
    }
    guard let facet = FacetField(rawValue: field.rawValue) else { return false }
    let own = passage.values[facet] ?? article.values[facet] ?? []
    let parents = own.contains("tariffs") ? own.union(["economy"]) : own
    return (value.any.isEmpty || value.any.contains { parents.contains($0) }) && value.all.allSatisfy { parents.contains($0) }
  }

  /// Passages of each article that a request finds; `leaving` names a field whose filter does not count, nil for none, and `max` all.
  func found(_ request: SearchRequest, leaving: FilterField? = nil, max: Bool = false) -> [(article: Article, passages: [Passage])] {
    articles.values.compactMap { article in
      let isExcluded = article.passages.contains { passage in
        request.exclude.entries.contains { accepts($0.field, $0.value, article, passage) }
      }
      if isExcluded { return nil }
      let passages = article.passages.filter { passage in
        (request.q.isEmpty || passage.word == request.q)
          && (max || request.filters.entries.allSatisfy { $0.field == leaving || accepts($0.field, $0.value, article, passage) })
      }
      return passages.isEmpty ? nil : (article, passages)
    }
  }

  struct Counts: Equatable {
    var articles: [String: Int] = [:]
    var passages: [String: Int] = [:]
    var missingArticles = 0
    var missingPassages = 0
  }

  func counts(_ field: FacetField, _ found: [(article: Article, passages: [Passage])]) -> Counts {
    var counts = Counts()
    for (article, passages) in found {
      var any = false
      var seen: Set<String> = []
      for passage in passages {
        let values = passage.values[field] ?? article.values[field] ?? []
        if values.isEmpty { counts.missingPassages += 1 } else { any = true }
        for value in values {
          counts.passages[value, default: 0] += 1
          seen.insert(value)
        }
      }
      for value in seen { counts.articles[value, default: 0] += 1 }
      if !any { counts.missingArticles += 1 }
    }
    return counts
  }
}
