import Foundation
import TextAnalysis

@testable import Tagging

/// The project's own registry and helpers to tag plain strings.
enum Shared {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let registry: Registry = {
    do {
      return try Registry.load(
        actorFiles: [root.appending(path: "config/actors.yaml").path],
        topicFiles: [root.appending(path: "config/topics.yaml").path])
    } catch {
      fatalError("\(error)")
    }
  }()
  /// The folder of the seeds' gold, from the environment.
  static let folder = ProcessInfo.processInfo.environment["ARAS_SHARED"].map { URL(filePath: $0) }

  static func passage(_ text: String, heading: String? = nil, language: String = "en", analyzer: Analyzer) -> TaggingPassage {
    let language = Language(rawValue: language)
    return TaggingPassage(
      words: analyzer.analyze(text, language: language), text: Array(text.utf8),
      heading: heading.map { analyzer.analyze($0, language: language) }, language: language)
  }

  static func tag(
    _ texts: String..., title: String? = nil, language: String = "en", year: Int? = nil, publishers: [String] = [],
    registry: Registry = registry
  ) -> ArticleTags {
    let analyzer = Analyzer()
    return Tagger(registry: registry).tag(
      title: title.map { analyzer.analyze($0, language: Language(rawValue: language)) },
      passages: texts.map { passage($0, language: language, analyzer: analyzer) }, year: year, publishers: publishers)
  }

  /// Ids of the actors of an article, sorted.
  static func actors(_ tags: ArticleTags, registry: Registry = registry) -> [String] {
    tags.actors.map { registry.actors[Int($0.actor)].id }.sorted()
  }

  static func topics(_ tags: ArticleTags, registry: Registry = registry) -> [String] {
    tags.topics.map { registry.topics[Int($0.topic)].id }.sorted()
  }
}
