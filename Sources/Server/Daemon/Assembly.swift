// The settings as the index and the ingest want them, and the index opened by them.

import Engine
import Foundation
import Ingest
import Logging
import Settings
import Synchronization
import Tagging
import TextAnalysis

extension Settings {
  /// Threads that answer searches.
  var readerCount: Int { limits.readers > 0 ? limits.readers : max(2, ProcessInfo.processInfo.activeProcessorCount) }

  /// Threads that read and tag files.
  var workerCount: Int { limits.workers > 0 ? limits.workers : max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// The words of the stop word files, by language code. A word a line; what follows `#` is a remark.
  func stopWords() throws(DaemonFailure) -> [String: Set<String>] {
    var table: [String: Set<String>] = [:]
    for (language, files) in analysis.stopWords {
      for file in files {
        guard let data = FileManager.default.contents(atPath: file), let text = String(validating: data, as: UTF8.self) else {
          throw DaemonFailure(.configuration, "\(file): analysis.stop_words: cannot be read as UTF-8 text, expected a word a line")
        }
        for line in text.split(whereSeparator: \.isNewline) {
          let word = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
          if !word.isEmpty { table[language, default: []].insert(word) }
        }
      }
    }
    return table
  }
}

extension Registry {
  /// The registry of the settings, trained layers included.
  static func load(_ settings: RegistrySettings) throws(RegistryError) -> Registry {
    try load(actorFiles: settings.actors, topicFiles: settings.topics, trainedFolder: settings.trainedFolder)
  }
}

extension IngestOptions {
  init(_ settings: Settings, keepsWatching: Bool) {
    let sources = settings.sources.map { source in
      var options = SourceOptions(path: source.shown, name: source.name)
      options.location = source.path
      options.include = source.include
      options.exclude = source.exclude
      // An index inside its own source is no article.
      if settings.index.path.hasPrefix(source.path + "/") {
        options.exclude.append(settings.index.path.dropFirst(source.path.count + 1) + "/**")
      }
      if source.format != .auto { options.format = .init(rawValue: source.format.rawValue) }
      for (field, written) in source.fields { options.fields[field == "id" ? "key" : field] = written }
      return options
    }
    self.init(sources: sources, workers: settings.workerCount)
    limits.fileBytes = Int64(settings.limits.maxFileSize.bytes)
    limits.recordFileBytes = Int64(settings.limits.maxRecordsSize.bytes)
    self.keepsWatching = keepsWatching
  }
}

/// Where a reload that failed is noted for `status`.
final class ReloadFailure: Sendable {
  private let state = Mutex<String?>(nil)

  var message: String? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

/// The parts that every command works with.
struct Assembly: Sendable {
  let index: Index
  /// Why the last reload changed nothing; nil when it did.
  let reloadFailure = ReloadFailure()
  let ingest: IngestService<EngineTarget>
  /// Tags again what a changed registry touches.
  let retags: RetagService

  /// Opens the index of the settings, which takes its lock, and makes the ingest for it.
  init(_ settings: Settings, keepsWatching: Bool, logger: Logger) async throws {
    // Reading the index and compiling the registry take about as long on a large archive: one processor each.
    async let tagging = Self.tagging(settings)
    let folder = try IndexFolder(path: settings.index.path)
    let (registry, analysis) = try await tagging
    var limits = IndexLimits(readers: settings.readerCount)
    limits.postings = settings.limits.postings?.bytes
    limits.results = settings.limits.results.bytes
    limits.subscriptions = settings.limits.subscriptions
    index = try Index.open(folder, registry: registry, analysis: analysis, limits: limits)
    if let reason = index.rebuilt { logger.warning("the index is built anew", metadata: ["because": "\(reason)"]) }
    for (key, isSet) in [("languages", !settings.analysis.languages.isEmpty), ("synonyms", !settings.analysis.synonyms.isEmpty)] where isSet
    {
      logger.warning("analysis.\(key) is set, but this version does not use it yet")
    }
    var options = IngestOptions(settings, keepsWatching: keepsWatching)
    options.extraction.isNotAuthor = { [index] in !index.registry.resolveActor($0).isEmpty }
    let labels = settings.sources.compactMap { source in source.label.map { (source.name, $0) } }
    ingest = IngestService(
      target: EngineTarget(index: index, labels: Dictionary(labels, uniquingKeysWith: { first, _ in first })), options: options,
      logger: logger)
    retags = RetagService(index: index, logger: logger)
  }

  /// Takes up changed actors, topics and stop words; what they touch waits to be tagged again.
  func adopt(_ settings: Settings) async throws {
    let (registry, analysis) = try Self.tagging(settings)
    _ = try await ingest.exclusively { try await index.adopt(registry, analysis: analysis) }
    retags.call()
  }

  /// The same while the ingest is not running; returns when all is tagged.
  func replaceRegistry(_ settings: Settings) async throws {
    let (registry, analysis) = try Self.tagging(settings)
    try await index.replaceRegistry(registry, analysis: analysis)
  }

  private static func tagging(_ settings: Settings) throws -> (Registry, AnalysisOptions) {
    let stopWords = try settings.stopWords().map { (Language(rawValue: $0), $1) }
    return (
      try Registry.load(settings.registry),
      AnalysisOptions(additionalStopWords: Dictionary(uniqueKeysWithValues: stopWords))
    )
  }
}
