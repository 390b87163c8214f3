import Articles
import Glibc
import Tagging
import TestSupport
import TextAnalysis

@testable import Engine

/// An article made in a test, with its passages as they are meant to be.
struct CorpusArticle {
  struct Part {
    var text: String
    var heading: String?
    var language = "en"
  }

  var key: String
  var title: String?
  var date: String?
  var authors: [String] = []
  var keywords: [String] = []
  var quality: [String] = []
  var publisher: String?
  var kind = "text"
  var language = "en"
  var parts: [Part]

  var article: Article {
    var text: [UInt8] = []
    var passages: [Passage] = []
    for part in parts {
      let bytes = Array(part.text.utf8)
      passages.append(
        Passage(
          heading: part.heading, start: text.count, end: text.count + bytes.count, line: 1 + text.count { $0 == 0x0A },
          language: Language(rawValue: part.language), text: bytes, offsets: OffsetMap(start: text.count)))
      text += bytes + Array("\n\n".utf8)
    }
    return Article(
      key: key, kind: kind, text: text, title: title, date: date.flatMap { ArticleDate(iso: $0) }, authors: authors,
      publisher: publisher, language: Language(rawValue: language), keywords: keywords, passages: passages, quality: quality)
  }
}

extension TestIndex {
  /// Replaces the articles of a file.
  func put(_ articles: [CorpusArticle], path: String, source: String = "test", label: String? = nil, commit: Bool = true) async throws {
    let preparer = index.makePreparer()
    try await index.beginFile(path: path, source: source)
    try await index.add(
      articles.map { preparer.prepare($0.article, path: path, origin: Origin(name: source, label: label)) }, toFile: path)
    try await index.endFile(path: path, fingerprint: FileFingerprint(size: 1, modified: 1, hash: 1), failure: nil)
    if commit { try await index.commit() }
  }
}

/// A registry of three states, an organisation of one of them and a place, in words that are in no other text.
enum TinyRegistry {
  static let actors = """
    version: 1
    actors:
      - {id: alphaland, kind: state, label: Alphaland, names: [Alphaland], demonyms: [Alphish]}
      - {id: betaland, kind: state, label: Betaland, names: [Betaland, Republic of Betaland], demonyms: [Betish]}
      - {id: gammaland, kind: state, label: Gammaland, names: [Gammaland]}
      - {id: alpha-army, kind: organisation, label: Alpha Army, parent: alphaland, names: [Alpha Army]}
      - {id: deltaport, kind: place, label: Deltaport, names: [Deltaport]}
    """
  static let topics = """
    version: 1
    topics:
      - {id: economy, label: Economy}
      - {id: tariffs, label: Tariffs, parent: economy, threshold: 1, rules: {1: ["tariff*"]}}
      - {id: parades, label: Parades, threshold: 1, rules: {1: ["parade*"]}}
    """

  static func load(actors: String = Self.actors, topics: String = Self.topics) throws -> Registry {
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    try write(actors, folder + "/actors.yaml")
    try write(topics, folder + "/topics.yaml")
    return try Registry.load(actorFiles: [folder + "/actors.yaml"], topicFiles: [folder + "/topics.yaml"])
  }

  static func write(_ text: String, _ path: String) throws {
    guard let file = fopen(path, "w") else { throw EngineError(.unusable, "cannot write \(path)") }
    defer { fclose(file) }
    fputs(text, file)
  }
}

extension RandomNumberGenerator {
  mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: 0..<list.count, using: &self)] }
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
