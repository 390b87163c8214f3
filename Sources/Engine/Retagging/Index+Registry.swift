// Taking up another registry: queries are read by it at once, and the articles whose tags it can touch are tagged again, from their
// stored text, in steps between which searches and saves go on.
import Tagging
import TextAnalysis

extension Index {
  /// Whether the tags in the index were made by another registry than the one it has.
  package func isRegistryStale() async throws -> Bool { try await writer.taggedBy() != registry.fingerprint }

  /// Articles tagged again and all that are to be, and how many a second; nil when none waits.
  package var retagProgress: (done: Int, total: Int, rate: Double)? {
    retags.progress.map { progress in
      let seconds = Double(Clock.now &- progress.since) / 1e9
      return (progress.done, progress.total, seconds > 0 ? Double(progress.done) / seconds : 0)
    }
  }

  /// Takes up a registry and options of analysis, and tags again what they touch; returns when searches see it.
  package func replaceRegistry(_ registry: Registry, analysis: AnalysisOptions) async throws {
    try await adopt(registry, analysis: analysis)
    try await retagWaiting()
  }

  /// Takes up a registry and options of analysis: from now on queries are read and articles tagged by them. Those in the index that they
  /// touch wait for `retagWaiting`.
  /// - Returns: how many articles wait.
  @discardableResult
  package func adopt(_ registry: Registry, analysis: AnalysisOptions) async throws -> Int {
    let old = self.registry
    retags.beginAdoption()
    do {
      let isSame = registry.fingerprint == old.fingerprint
      if !isSame { await standing.waitForRoom() }
      try await writer.adopt(registry, analysis, committing: !isSame)
      if retags.needsAll {
        retags.endAdoption(of: registry.fingerprint, touching: await writer.allArticles(), all: true)
      } else if isSame {
        retags.endAdoption()
      } else {
        let (touched, families, trained) = try await read { reader, snapshot in
          let change = TagChange(from: old, to: registry)
          var touched = TouchedArticles(view: reader.view, snapshot: snapshot, change: change)
          return (change.touchesAll ? nil : try touched.articles(), change.families, change.trained)
        }
        var articles = if let touched { touched } else { await writer.allArticles() }
        // Which others a layer gives its topic only their texts tell.
        if touched != nil, trained.contains(where: { registry.topicIndex($0).map { registry.trainedLayer(ofTopic: $0) } != nil }) {
          let known = Set(articles.lazy.map(\.ordinal))
          articles += await writer.allArticles(.ifTrained).filter { !known.contains($0.ordinal) }
        }
        retags.endAdoption(of: registry.fingerprint, touching: articles, families: families, trained: trained, all: false)
      }
    } catch {
      retags.endAdoptionInDoubt()
      throw error
    }
    return retags.count
  }
}
