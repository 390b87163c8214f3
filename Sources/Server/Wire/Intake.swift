// What one peer asks, on its way in: read when it comes, cut into lines, taken into work in their order. A peer that has as much in work as it
// may have is not read, and so is held back.

import DequeModule
import Synchronization

final class Intake: Sendable {
  /// A line, the thread's leave to stay with it, and what is to be called with `Turn` when it is answered.
  typealias Begin = @Sendable (Frame, _ mayStay: Bool, Turn) -> Void

  /// One line's time in work.
  final class Turn: Sendable {
    /// Whether who began it has gone on. Until then it is for them to look what comes next, lest each line begin inside of the one before.
    fileprivate let isLeft = Atomic(false)
  }

  private struct State {
    var framer: LineFramer
    /// Read and not begun.
    var frames: Deque<Frame> = []
    var running = 0
    /// Whether a thread will look when the peer says more.
    var isArmed = false
    /// Nothing more is read.
    var hasEnded = false
    var begin: Begin?
    /// Resumed when nothing more is read and all is answered.
    var end: CheckedContinuation<Void, Never>?

    /// Whether the peer is to be read again; noted as done.
    mutating func takeArming(_ most: Int) -> Bool {
      guard !hasEnded, !isArmed, running < most, begin != nil else { return false }
      isArmed = true
      return true
    }
  }

  private enum Step {
    case begin(Frame, Begin, isLast: Bool, arms: Bool), arm
    case end(CheckedContinuation<Void, Never>)
    case nothing
  }

  private let socket: StreamSocket
  private let threads: SocketThreads
  private let most: Int
  private let state: Mutex<State>
  private let watch = Mutex<SocketThreads.Watch?>(nil)

  /// Bytes read at once.
  private static let room = 64 << 10

  /// - Parameters:
  ///   - maxLine: bytes.
  ///   - most: lines in work at once.
  init(_ socket: StreamSocket, _ threads: SocketThreads, maxLine: Int, most: Int) {
    self.socket = socket
    self.threads = threads
    self.most = most
    state = Mutex(State(framer: LineFramer(maxLine: maxLine)))
  }

  /// Begins line after line, until the peer has said its last and all is answered.
  func run(_ begin: @escaping Begin) async {
    let watch = threads.watch(socket, for: .input) { [weak self] in self?.receive() }
    self.watch.withLock { $0 = watch }
    await withCheckedContinuation { continuation in
      state.withLock {
        $0.begin = begin
        $0.end = continuation
      }
      proceed(mayStay: false)
    }
    watch.cancel()
    state.withLock { $0.begin = nil }
  }

  /// A line is answered.
  func finish(_ turn: Turn) {
    state.withLock { $0.running -= 1 }
    if turn.isLeft.load(ordering: .sequentiallyConsistent) { proceed(mayStay: false) }
  }

  /// Nothing more is read; what was read is answered.
  func stop() {
    state.withLock { $0.hasEnded = true }
    socket.shutdown(.input)
    proceed(mayStay: false)
  }

  /// Nothing is begun any more, and what is in work is not waited for.
  func abandon() {
    let end = state.withLock { state in
      state.hasEnded = true
      state.frames = []
      defer { state.end = nil }
      return state.end
    }
    end?.resume()
  }

  /// On one of the threads.
  private func receive() {
    withUnsafeTemporaryAllocation(byteCount: Self.room, alignment: 16) { buffer in
      let received = socket.receive(into: buffer)
      state.withLock { state in
        state.isArmed = false
        guard !state.hasEnded else { return }
        var frames: [Frame] = []
        switch received {
        case .bytes(let count): state.framer.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { frames.append($0) }
        case .nothing: break
        case .end:
          state.framer.finish { frames.append($0) }
          state.hasEnded = true
        case .lost:
          state.frames = []
          state.hasEnded = true
        }
        state.frames += frames
      }
    }
    proceed(mayStay: true)
  }

  /// - Parameter mayStay: whether the thread may be kept busy with the last line of those that there are.
  private func proceed(mayStay: Bool) {
    while true {
      switch next() {
      case .begin(let frame, let begin, let isLast, let arms):
        if arms { arm() }
        let turn = Turn()
        begin(frame, mayStay && isLast, turn)
        turn.isLeft.store(true, ordering: .sequentiallyConsistent)
      case .arm: return arm()
      case .end(let continuation): return continuation.resume()
      case .nothing: return
      }
    }
  }

  private func next() -> Step {
    state.withLock { state in
      if let frame = state.frames.first, let begin = state.begin {
        // What cannot be told apart from what follows is answered when all before it is.
        guard frame == .overlong ? state.running == 0 : state.running < most else { return .nothing }
        state.running += 1
        state.frames.removeFirst()
        let isLast = state.frames.isEmpty
        let arms = isLast && state.takeArming(most)
        return .begin(frame, begin, isLast: isLast, arms: arms)
      }
      if state.hasEnded {
        guard state.running == 0, let end = state.end else { return .nothing }
        state.end = nil
        return .end(end)
      }
      return state.takeArming(most) ? .arm : .nothing
    }
  }

  private func arm() { watch.withLock { $0 }?.arm() }
}
