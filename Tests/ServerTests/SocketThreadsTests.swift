import Glibc
import Synchronization
import Testing

@testable import Server

@Suite struct SocketThreadsTests {
  private static func pair() throws -> (StreamSocket, StreamSocket) {
    var ends: [CInt] = [0, 0]
    try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    return (StreamSocket(ends[0]), StreamSocket(ends[1]))
  }

  private static func say(_ socket: StreamSocket) { _ = [UInt8(65)].withUnsafeBytes { socket.send($0) } }

  @Test func `a socket's work is done once each time it is armed`() async throws {
    let threads = try SocketThreads.start(1)
    defer { threads.stop() }
    let (one, other) = try Self.pair()
    let (calls, called) = AsyncStream<Void>.makeStream()
    let watch = threads.watch(one, for: .input) { called.yield() }
    Self.say(other)
    var next = calls.makeAsyncIterator()
    for _ in 0..<3 {
      // What was there to read is there still.
      watch.arm()
      await next.next()
    }
    watch.cancel()
    watch.arm()
    // What is armed later comes later, and the other would have come before it.
    let last = threads.watch(one, for: .input) { called.finish() }
    last.arm()
    #expect(await next.next() == nil)
    last.cancel()
  }

  @Test func `threads that are kept hold nobody up while one is left`() async throws {
    let threads = try SocketThreads.start(3)
    defer { threads.stop() }
    let gate = Gate()
    let (calls, called) = AsyncStream<Int>.makeStream()
    var watches: [SocketThreads.Watch] = []
    var peers: [StreamSocket] = []
    for number in 0..<5 {
      let (one, other) = try Self.pair()
      let watch = threads.watch(one, for: .input) {
        called.yield(number)
        if number < 2 { while !gate.isOpen { usleep(1000) } }
      }
      watch.arm()
      Self.say(other)
      watches.append(watch)
      peers.append(other)
    }
    var seen: Set<Int> = []
    for await number in calls {
      seen.insert(number)
      if seen.count == 5 { break }
    }
    gate.open()
    #expect(seen == [0, 1, 2, 3, 4])
    for watch in watches { watch.cancel() }
  }

  @Test func `who waits for room is told when there is some, and of a peer that is gone`() async throws {
    let threads = try SocketThreads.start(1)
    defer { threads.stop() }
    for leaves in [false, true] {
      let (one, other) = try Self.pair()
      let filler = [UInt8](repeating: 66, count: 100_000)
      while filler.withUnsafeBytes({ one.send($0) }) ?? 0 > 0 {}
      let (calls, called) = AsyncStream<Void>.makeStream()
      let watch = threads.watch(one, for: .output) { called.yield() }
      watch.arm()
      if leaves {
        other.shutdown(.both)
      } else {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case .bytes = buffer.withUnsafeMutableBytes({ other.receive(into: $0) }) {}
      }
      var next = calls.makeAsyncIterator()
      await next.next()
      #expect((filler.withUnsafeBytes { one.send($0) } == nil) == leaves)
      watch.cancel()
    }
  }
}
