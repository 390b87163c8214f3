// The standing queries of one connection: from the method that makes them to the task that sends what they find. They end with it.

import ArasAPI
import Synchronization

final class Subscriptions: Sendable {
  private struct State {
    var outbox: Outbox
    var isClosed = false
    /// The task that sends, while there is nothing to send.
    var sender: CheckedContinuation<Void, Never>?
  }

  private let service: any SearchService
  private let limit: Int
  private let state: Mutex<State>

  /// - Parameter limit: subscriptions at most.
  init(service: any SearchService, limit: Int, outbox: Outbox) {
    self.service = service
    self.limit = limit
    state = Mutex(State(outbox: outbox))
  }

  /// What it finds is held back until `release`.
  func subscribe(_ request: SubscribeRequest) async throws -> SubscribeResult {
    let ticket = try state.withLock { state throws(APIError) in
      guard state.outbox.count < limit else {
        throw .busy(
          "this connection has \(state.outbox.count) subscriptions, as many as limits.subscriptions_per_connection allows",
          retryAfterMs: 10_000)
      }
      return state.outbox.open()
    }
    do {
      let result = try await service.subscribe(request) { [weak self] events in self?.take(events, of: ticket) }
      let isClosed = state.withLock { state in
        if !state.isClosed { state.outbox.name(ticket, result.subscription) }
        return state.isClosed
      }
      if isClosed { service.unsubscribe(result.subscription) }
      return result
    } catch {
      wake { $0.close(ticket) }
      throw error
    }
  }

  /// The reply to `subscribe` has been sent.
  func release(_ id: String) {
    wake { $0.release(id) }
  }

  /// Returns whether there was such a subscription. Nothing of it is sent from when this returns, but for a message under way.
  func unsubscribe(_ id: String) -> Bool {
    guard wake({ $0.close(id) }) ?? false else { return false }
    service.unsubscribe(id)
    return true
  }

  /// Ends all of them.
  func close() {
    let (ids, sender) = state.withLock { state in
      defer {
        state.isClosed = true
        state.sender = nil
      }
      return (state.isClosed ? [] : state.outbox.ids, state.sender)
    }
    for id in ids { service.unsubscribe(id) }
    sender?.resume()
  }

  private func take(_ events: [StandingEvent], of ticket: Outbox.Ticket) {
    wake { outbox in for event in events { outbox.take(event, of: ticket) } }
  }

  /// Changes the outbox, and wakes who sends from it; nil when it is closed.
  @discardableResult
  private func wake<Result: Sendable>(_ change: (inout Outbox) -> Result) -> Result? {
    let (result, sender) = state.withLock { state -> (Result?, CheckedContinuation<Void, Never>?) in
      guard !state.isClosed else { return (nil, nil) }
      defer { state.sender = nil }
      return (change(&state.outbox), state.sender)
    }
    sender?.resume()
    return result
  }

  /// Bytes after which no more messages are handed over at once.
  private static let mostAtOnce = 64 << 10

  /// Waits for the next messages and hands them to `send`, which must not wait; nil when there will be none. For one task.
  ///
  /// What is handed over is not held against what happens meanwhile: a reply to `unsubscribe` that is sent after it is read after it.
  func next<Sent: Sendable>(_ send: ([[UInt8]]) -> Sent) async -> Sent? {
    while true {
      let (isClosed, sent) = state.withLock { state -> (Bool, Sent?) in
        if state.isClosed { return (true, nil) }
        let messages = state.outbox.pop(upTo: Self.mostAtOnce)
        return (false, messages.isEmpty ? nil : send(messages))
      }
      if isClosed || sent != nil { return sent }
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if state.isClosed || state.outbox.hasMessage { return true }
          state.sender = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    }
  }
}
