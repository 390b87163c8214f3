// What a connection has to say, on its way out. Whoever has a message ready gives it to the system there and then, on its own thread. What the
// system does not take at once, because the peer reads slowly, waits here and goes when there is room.

import Synchronization

/// Sends whole messages to one peer, from any thread, in the order in which they are handed over.
final class Sender: Sendable {
  /// The peer is gone, or was given up.
  struct Lost: Error {}

  /// The end of something sent, in bytes since the beginning.
  struct Place: Sendable {
    fileprivate var end: Int
  }

  private struct State {
    var isClosed = false
    /// Bytes that the system has not taken. While there are any, what comes next has to follow them.
    var waiting: [UInt8] = []
    /// Bytes of `waiting` that the system has taken since.
    var gone = 0
    /// Bytes that the system was given, of all that was ever sent.
    var taken = 0
    /// Who waits until so many bytes are taken.
    var waiters: [(end: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    /// Waits for room. Of a descriptor of its own, since the threads know a descriptor by one direction only.
    var room: SocketThreads.Watch?
  }

  private let socket: StreamSocket
  private let threads: SocketThreads
  private let state = Mutex(State())

  init(_ socket: StreamSocket, _ threads: SocketThreads) {
    self.socket = socket
    self.threads = threads
  }

  /// Bytes that the system has not taken.
  var unsent: Int { state.withLock { $0.waiting.count - $0.gone } }

  /// Sends messages, each as a line.
  /// - Returns: nil when the system has taken them, else what `wait` waits for.
  func send(_ messages: [[UInt8]]) -> Place? {
    var lines: [UInt8] = []
    lines.reserveCapacity(messages.reduce(0) { $0 + $1.count + 1 })
    for message in messages {
      lines += message
      lines.append(UInt8(ascii: "\n"))
    }
    return state.withLock { state in
      var sent = 0
      if state.waiting.isEmpty, !state.isClosed {
        guard let count = lines.withUnsafeBytes({ socket.send($0) }) else {
          close(&state)
          return Place(end: .max)
        }
        sent = count
        state.taken += count
        if sent == lines.count { return nil }
      }
      guard !state.isClosed else { return Place(end: .max) }
      let isFirst = state.waiting.isEmpty
      state.waiting += lines[sent...]
      if isFirst { waitForRoom(&state) }
      return Place(end: state.isClosed ? .max : state.taken + state.waiting.count - state.gone)
    }
  }

  /// Returns when the system has taken what was sent.
  func wait(for place: Place) async throws {
    try await withCheckedThrowingContinuation { continuation in
      let result: Result<Void, any Error>? = state.withLock { state in
        if state.taken >= place.end { return .success(()) }
        if state.isClosed { return .failure(Lost()) }
        state.waiters.append((place.end, continuation))
        return nil
      }
      if let result { continuation.resume(with: result) }
    }
  }

  /// Nothing goes out any more; who waits is told.
  func close() {
    let left = state.withLock { state in
      close(&state)
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in left { waiter.continuation.resume(throwing: Lost()) }
  }

  private func close(_ state: inout State) {
    state.isClosed = true
    // A peer that has got half of a message is not to wait for the other half, nor to be heard any more.
    socket.shutdown(.both)
    state.waiting = []
    state.gone = 0
    state.room?.cancel()
    state.room = nil
  }

  private func waitForRoom(_ state: inout State) {
    if state.room == nil {
      guard let socket = socket.duplicate() else { return close(&state) }
      state.room = threads.watch(socket, for: .output) { [weak self] in self?.sendWaiting() }
    }
    state.room?.arm()
  }

  private func sendWaiting() {
    let taken = state.withLock { state -> [CheckedContinuation<Void, any Error>]? in
      guard !state.isClosed else { return [] }
      guard let count = state.waiting.withUnsafeBytes({ socket.send(UnsafeRawBufferPointer(rebasing: $0[state.gone...])) }) else {
        return nil
      }
      state.gone += count
      state.taken += count
      if state.gone == state.waiting.count {
        state.waiting.removeAll(keepingCapacity: state.waiting.capacity <= Self.keptRoom)
        state.gone = 0
      } else {
        // So that what is gone does not pile up before a peer that is never quite done.
        if state.gone > state.waiting.count / 2 {
          state.waiting.removeFirst(state.gone)
          state.gone = 0
        }
        state.room?.arm()
      }
      let taken = state.taken
      defer { state.waiters.removeAll { $0.end <= taken } }
      return state.waiters.filter { $0.end <= taken }.map(\.continuation)
    }
    guard let taken else { return close() }
    for continuation in taken { continuation.resume() }
  }

  private static let keptRoom = 64 << 10
}
