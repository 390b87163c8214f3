// Topics that users teach by examples: drafts that come in parts, one training at a time, and the files that training writes.

import ArasAPI
import Engine
import Foundation
import Synchronization
import Tagging

/// Trains topics and takes their trained layers away.
final class TopicTraining: Sendable {
  private struct Draft {
    var examples: [MarkedExample]
    var bytes: Int
    var touched: ContinuousClock.Instant
  }

  private struct State {
    var drafts: [String: Draft] = [:]
    var next = 1
    var isTraining = false
  }

  private let index: Index
  private let folder: @Sendable () -> String?
  private let adopt: @Sendable () async throws -> Void
  private let state = Mutex(State())

  /// Bytes of text that drafts may hold together, and how long one is kept that nobody adds to.
  private static let mostDraftBytes = 256 << 20
  private static let draftLife = Duration.seconds(600)

  /// - Parameters:
  ///   - folder: where trained layers are stored.
  ///   - adopt: takes up the registry's files as they are now and tags the index anew.
  init(index: Index, folder: @escaping @Sendable () -> String?, adopt: @escaping @Sendable () async throws -> Void) {
    self.index = index
    self.folder = folder
    self.adopt = adopt
  }

  func train(_ request: TrainRequest) async throws -> Answer {
    if request.more { return try keep(request) }
    var request = request
    if let draft = request.draft { request.examples = try take(draft) + request.examples }
    let began = state.withLock { state in
      defer { state.isTraining = true }
      return !state.isTraining
    }
    guard began else { throw APIError.busy("another topic is being trained; try again in a moment", retryAfterMs: 1000) }
    defer { state.withLock { $0.isTraining = false } }
    let training = try await index.train(request)
    let path = try store(training)
    var result = TrainResult(
      topic: training.topic.id, label: training.label, isNew: training.isNew, layer: TrainedLayerInfo(training.topic),
      found: training.outcome.found, mistaken: training.outcome.mistaken, share: training.outcome.share, file: path)
    // Without waiting, the reload sees the file within a second.
    if request.wait { result.revision = try await adopted(path) }
    return result
  }

  func forget(_ request: TopicRequest) async throws -> Answer {
    let registry = index.registry
    guard let id = registry.resolveTopic(request.topic).first, let number = registry.topicIndex(id) else {
      throw APIError.notFound("there is no topic \"\(request.topic)\"; aras topics lists them")
    }
    guard registry.trainedLayer(ofTopic: number) != nil, let path = path(of: id) else {
      throw APIError.notFound("the topic \"\(id)\" has no trained layer; its rules stand in a file of registry.topics")
    }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw APIError.internalError("\(path) cannot be removed: \(Self.reason(error)); remove it by hand, and the daemon takes that up")
    }
    let entry = registry.topics[number]
    var result = ForgetResult(topic: id, file: path, stays: !(entry.rules.isEmpty && registry.trainedLayer(ofTopic: number)?.label != nil))
    if request.wait { result.revision = try await adopted(path) }
    return result
  }

  private func adopted(_ path: String) async throws -> UInt64 {
    do {
      try await adopt()
    } catch let error as RegistryError {
      throw APIError.internalError("\(path) is changed, but the registry cannot be taken up: \(error)")
    }
    while index.isRetagging { try await Task.sleep(for: .milliseconds(20)) }
    return index.revision
  }

  // MARK: Drafts

  private func keep(_ request: TrainRequest) throws(APIError) -> DraftResult {
    let now = ContinuousClock.now
    let bytes = request.examples.reduce(0) { $0 + $1.size }
    let result: Result<DraftResult, APIError> = state.withLock { state in
      state.drafts = state.drafts.filter { now - $0.value.touched < Self.draftLife }
      let name = request.draft ?? "d\(state.next)"
      guard var draft = request.draft == nil ? Draft(examples: [], bytes: 0, touched: now) : state.drafts[name] else {
        return .failure(Self.unknown(name))
      }
      guard state.drafts.values.reduce(bytes, { $0 + $1.bytes }) <= Self.mostDraftBytes else {
        return .failure(
          .busy("drafts hold \(Self.mostDraftBytes >> 20) MiB already; name articles by id rather than by text", retryAfterMs: 60_000))
      }
      if request.draft == nil { state.next += 1 }
      draft.examples += request.examples
      draft.bytes += bytes
      draft.touched = now
      state.drafts[name] = draft
      return .success(DraftResult(draft: name, examples: draft.examples.count))
    }
    return try result.get()
  }

  private func take(_ name: String) throws(APIError) -> [MarkedExample] {
    guard let draft = state.withLock({ $0.drafts.removeValue(forKey: name) }) else { throw Self.unknown(name) }
    return draft.examples
  }

  private static func unknown(_ name: String) -> APIError {
    .notFound("there is no draft \"\(name)\": one is kept for ten minutes; send the examples again")
  }

  // MARK: Files

  private func path(of id: String) -> String? { folder().map { "\($0)/\(id).\(TrainedTopicFile.fileExtension)" } }

  private func store(_ training: Training) throws(APIError) -> String {
    guard let folder = folder(), let path = path(of: training.topic.id) else {
      throw APIError.internalError("there is no folder for trained topics; set registry.trained in the configuration")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      // In one step: a reload must never meet half of it.
      try Data(TrainedTopicFile.bytes(training.topic, signature: training.signature)).write(to: URL(filePath: path), options: .atomic)
      return path
    } catch {
      throw APIError.internalError(
        "the trained topic cannot be stored as \(path): \(Self.reason(error)); make the folder writable for the daemon, or set "
          + "registry.trained in the configuration")
    }
  }

  private static func reason(_ error: any Error) -> String { (error as NSError).localizedFailureReason ?? error.localizedDescription }
}

extension MarkedExample {
  /// Bytes that it takes in memory, nearly.
  fileprivate var size: Int {
    switch source {
    case .id(let id): 64 + id.utf8.count
    case .text(let text, let title, _): 64 + text.utf8.count + (title?.utf8.count ?? 0)
    }
  }
}
