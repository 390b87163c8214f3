import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite struct IntakeTests {
  /// What was begun, in order, and the turns that are open.
  private final class Work: Sendable {
    struct State {
      var lines: [String] = []
      var open: [Intake.Turn] = []
      var most = 0
    }

    let state = Mutex(State())

    var lines: [String] { state.withLock { $0.lines } }
    var count: Int { state.withLock { $0.lines.count } }

    func take(_ frame: Frame, _ turn: Intake.Turn) {
      state.withLock { state in
        if case .line(let line) = frame {
          state.lines.append(String(decoding: line, as: UTF8.self))
        } else {
          state.lines.append("overlong")
        }
        state.open.append(turn)
        state.most = max(state.most, state.open.count)
      }
    }

    func finish(_ intake: Intake) -> Bool {
      guard let turn = state.withLock({ $0.open.popLast() }) else { return false }
      intake.finish(turn)
      return true
    }

    func wait(for count: Int) async {
      while self.count < count { await Task.yield() }
    }
  }

  /// An intake of one end of a pair of sockets, and the descriptor of the other.
  private static func run(
    maxLine: Int = 1000, most: Int = 4, _ begin: @escaping @Sendable (Intake, Work, Frame, Bool, Intake.Turn) -> Void,
    _ body: (Intake, Work, CInt) async throws -> Void
  ) async throws {
    var ends: [CInt] = [0, 0]
    try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let threads = try SocketThreads.start(3)
    let intake = Intake(StreamSocket(ends[0]), threads, maxLine: maxLine, most: most)
    let work = Work()
    let running = Task { await intake.run { begin(intake, work, $0, $1, $2) } }
    try await body(intake, work, ends[1])
    close(ends[1])
    intake.abandon()
    await running.value
    threads.stop()
  }

  /// Never keeps its thread, which the intake may need to begin.
  private static func write(_ text: String, to descriptor: CInt) async {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent, CInt(MSG_DONTWAIT)) }
      if count > 0 { sent += count } else { await Task.yield() }
    }
  }

  @Test func `no more are begun than may be in work, and those that follow when there is room, in order`() async throws {
    try await Self.run(most: 3) { _, work, frame, _, turn in
      work.take(frame, turn)
    } _: { intake, work, peer in
      let lines = (0..<50).map { "line \($0)" }
      await Self.write(lines.joined(separator: "\n") + "\n", to: peer)
      await work.wait(for: 3)
      for count in 4...50 {
        #expect(work.finish(intake))
        await work.wait(for: count)
      }
      #expect(work.lines == lines)
      #expect(work.state.withLock { $0.most } == 3)
    }
  }

  /// Were each begun inside of the one before, the stack would end before the lines do.
  @Test(arguments: [1, 4]) func `a great many that are answered at once are begun one after the other`(most: Int) async throws {
    let count = 200_000
    try await Self.run(most: most) { intake, work, frame, _, turn in
      work.state.withLock { $0.lines.append("") }
      intake.finish(turn)
    } _: { _, work, peer in
      await Self.write(String(repeating: "x\n", count: count), to: peer)
      await work.wait(for: count)
      #expect(work.count == count)
    }
  }

  @Test func `a thread may stay with the last of what was read, and others read on meanwhile`() async throws {
    let gate = Gate()
    let leaves = Mutex<[Bool]>([])
    try await Self.run { intake, work, frame, mayStay, turn in
      leaves.withLock { $0.append(mayStay) }
      work.take(frame, turn)
      if frame == .line(Array("stay".utf8)) { while !gate.isOpen { usleep(1000) } }
    } _: { _, work, peer in
      await Self.write("one\ntwo\nstay\n", to: peer)
      await work.wait(for: 3)
      await Self.write("four\n", to: peer)
      await work.wait(for: 4)
      gate.open()
      #expect(leaves.withLock { $0 } == [false, false, true, true])
    }
  }

  @Test func `it ends when the peer has said its last and all is answered`() async throws {
    var ends: [CInt] = [0, 0]
    try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let threads = try SocketThreads.start(1)
    let intake = Intake(StreamSocket(ends[0]), threads, maxLine: 100, most: 4)
    let work = Work()
    let hasEnded = Gate()
    let running = Task {
      await intake.run { frame, _, turn in work.take(frame, turn) }
      hasEnded.open()
    }
    await Self.write("one\ntwo", to: ends[1])
    shutdown(ends[1], CInt(SHUT_WR))
    await work.wait(for: 2)
    #expect(work.finish(intake))
    #expect(!hasEnded.isOpen)
    #expect(work.finish(intake))
    await running.value
    #expect(work.lines == ["one", "two"])
    threads.stop()
    close(ends[1])
  }

  @Test func `what is too long is begun when all before it is answered`() async throws {
    try await Self.run(maxLine: 10) { _, work, frame, _, turn in
      work.take(frame, turn)
    } _: { intake, work, peer in
      await Self.write("one\ntwo\n" + String(repeating: "x", count: 100), to: peer)
      await work.wait(for: 2)
      #expect(work.finish(intake))
      #expect(work.count == 2)
      #expect(work.finish(intake))
      await work.wait(for: 3)
      #expect(work.lines == ["one", "two", "overlong"])
    }
  }

  @Test func `a stop begins what was read and reads no more`() async throws {
    try await Self.run(most: 1) { _, work, frame, _, turn in
      work.take(frame, turn)
    } _: { intake, work, peer in
      await Self.write("one\ntwo\n", to: peer)
      await work.wait(for: 1)
      intake.stop()
      // Nobody reads it: the socket takes nothing any more.
      #expect(send(peer, "three\n", 6, CInt(MSG_NOSIGNAL)) == -1)
      #expect(work.finish(intake))
      await work.wait(for: 2)
      #expect(work.finish(intake))
      #expect(work.lines == ["one", "two"])
    }
  }

  @Test(arguments: 1...5) func `however the bytes arrive, every line is begun once`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let lines = (0..<2_000).map { "\($0) " + String(repeating: "y", count: Int.random(in: 0...60, using: &random)) }
    try await Self.run(most: 8) { intake, work, frame, _, turn in
      work.take(frame, turn)
      // Some are answered at once, the others by another thread.
      if work.state.withLock({ $0.open.count % 3 == 0 }) { _ = work.finish(intake) }
    } _: { intake, work, peer in
      var bytes = (lines.joined(separator: "\n") + "\n")[...]
      while !bytes.isEmpty {
        let count = Int.random(in: 1...3_000, using: &random)
        await Self.write(String(bytes.prefix(count)), to: peer)
        bytes = bytes.dropFirst(count)
        while work.finish(intake) {}
      }
      while work.count < lines.count {
        if !work.finish(intake) { await Task.yield() }
      }
      #expect(Set(work.lines) == Set(lines))
      #expect(work.count == lines.count)
    }
  }
}
