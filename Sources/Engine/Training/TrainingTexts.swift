// Collects what a topic is learnt from: the marked examples, and a sample of the index to tell them from. Readers are asked for a few
// articles at a time, so that searches come in between.
import ArasAPI
import Articles
import Dispatch
import Tagging
import TextAnalysis

/// A text as tagging reads it.
struct TrainingText: Sendable {
  var title: WordStream?
  var passages: [TaggingPassage]
  /// Whether it has the topic already.
  var isTagged = false

  /// - Parameter passage: the one that counts, from 0; nil for all.
  init(_ article: Article, passage: Int? = nil, isTagged: Bool = false, analyzer: Analyzer) {
    let input = TaggingInput(article, analyzer: analyzer)
    title = input.title
    passages = passage.map { input.passages.indices.contains($0) ? [input.passages[$0]] : [] } ?? input.passages
    self.isTagged = isTagged
  }
}

/// Reads texts for training.
struct TrainingTexts: Sendable {
  let index: Index
  /// The topic that is learnt.
  let topic: String

  /// Articles read at a time.
  private static let slice = 32

  // MARK: Marked examples

  /// The texts of marked articles and passages, in the order of the ids.
  func texts(ofIDs ids: [String]) async throws -> [TrainingText] {
    var texts: [TrainingText] = []
    var unknown: [String] = []
    for start in stride(from: 0, to: ids.count, by: Self.slice) {
      let part = Array(ids[start..<min(start + Self.slice, ids.count)])
      let (found, missing) = try await index.reading { reader, snapshot in
        var found: [TrainingText] = []
        var missing: [String] = []
        let lookup = Lookup(view: reader.view, snapshot: snapshot)
        for id in part {
          do {
            let (stored, passage) = try lookup.article(id)
            found.append(TrainingText(stored.article, passage: passage.map { $0.number - 1 }, analyzer: reader.analyzer))
          } catch let error as APIError where error.kind == .notFound {
            missing.append(id)
          }
        }
        return (found, missing)
      }
      texts += found
      unknown += missing
    }
    guard unknown.isEmpty else {
      let shown = unknown.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
      throw APIError.notFound(
        "\(unknown.count) of the examples are not in the index: \(shown)\(unknown.count > 5 ? " …" : ""); "
          + "ids are those that a search shows")
    }
    return texts
  }

  /// A text that was sent, read as a record of a file would be.
  static func text(_ text: String, title: String?, language: String?, analyzer: Analyzer) -> TrainingText? {
    var writer = JSONWriter()
    writer.object {
      $0.fieldIfPresent("title", title)
      $0.field("text", text)
      $0.fieldIfPresent("lang", language)
    }
    var found: TrainingText?
    try? ArticleExtractor().extract(writer.bytes, path: "", format: .jsonLines) { found = TrainingText($0, analyzer: analyzer) }
    guard var found, found.passages.isEmpty, !text.isEmpty else { return found }
    // Somebody read it and marked it: it counts, even if it would be left out of an article as clutter.
    let bytes = Array(text.utf8)
    let detected = LanguageDetector.detect(bytes, hint: language.map { Language(code: $0) }).language
    found.passages = [TaggingPassage(words: analyzer.analyze(bytes, language: detected), text: bytes, language: detected)]
    return found
  }

  // MARK: The sample

  /// Texts of the index chosen at random, the same for the same index.
  /// - Parameters:
  ///   - passages: single passages rather than whole articles, as the examples are.
  ///   - excluding: articles that were marked.
  func sample(_ count: Int, passages: Bool, excluding: Set<String>) async throws -> [TrainingText] {
    let chosen = try await index.reading { _, snapshot in
      var documents: [UInt32] = []
      snapshot.columns.forEachDocument { documents.append($0) }
      var random = TrainingRandom(state: UInt64(documents.count))
      documents.shuffle(using: &random)
      return documents
    }
    var texts: [TrainingText] = []
    var seen = excluding
    var next = 0
    while texts.count < count, next < chosen.count {
      let part = Array(chosen[next..<min(next + Self.slice, chosen.count)])
      next += Self.slice
      let known = seen
      let found = try await index.reading { reader, _ in
        var known = known
        var found: [(article: String, text: TrainingText)] = []
        for document in part {
          // What was removed since the documents were listed is no loss.
          guard let record = reader.view.record(document), !(passages ? excluding : known).contains(record.article),
            let stored = try reader.view.article(record.article)
          else { continue }
          known.insert(record.article)
          let tags = passages ? record.topics.map(\.id) : stored.record.topics.map(\.id)
          found.append(
            (
              record.article,
              TrainingText(
                stored.article, passage: passages ? record.number - 1 : nil, isTagged: tags.contains(topic), analyzer: reader.analyzer)
            ))
        }
        try reader.view.check()
        return found
      }
      for (article, text) in found where texts.count < count {
        seen.insert(article)
        texts.append(text)
      }
    }
    return texts
  }

  // MARK: How rare words are

  /// How many passages of the index have each of the terms, and how many there are.
  func frequencies(of terms: [[UInt8]]) async throws -> (documents: [Int], total: Int) {
    var documents: [Int] = []
    for start in stride(from: 0, to: terms.count, by: 2000) {
      let part = Array(terms[start..<min(start + 2000, terms.count)])
      documents += try await index.reading { reader, _ in part.map { Int(reader.view.frequency($0)) } }
    }
    let total = try await index.reading { _, snapshot in
      var total = 0
      snapshot.columns.forEachDocument { _ in total += 1 }
      return total
    }
    return (documents, total)
  }
}
