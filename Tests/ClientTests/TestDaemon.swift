// A daemon of a few lines for tests: it listens on a socket in a folder of its own, and a closure says what each
// connection gets.
import Glibc
import Synchronization
import TestSupport

@testable import ArasAPI
@testable import Client

final class TestDaemon: Sendable {
  let path: String
  private let folder: String
  private let listener: Int32

  static let hello = String(
    decoding: RPCMessage.notification("hello", params: HelloParams(version: "test", index: HelloIndex(uuid: "u", revision: 7))),
    as: UTF8.self)

  /// Starts listening; `serve` runs on a thread for each connection, one after another.
  init(_ serve: @escaping @Sendable (TestConnection) -> Void) {
    folder = (try? makeTemporaryFolder()) ?? "/tmp"
    path = folder + "/s"
    self.listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    _ = withUnsafePointer(to: address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) } }
    listen(listener, 8)
    let listening = listener
    let body: @Sendable () -> Void = {
      while true {
        let descriptor = accept(listening, nil, nil)
        guard descriptor >= 0 else {
          close(listening)  // Here and not in deinit, or its number might be another socket's while this thread still accepts.
          return
        }
        serve(TestConnection(descriptor: descriptor))
        close(descriptor)
      }
    }
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    pthread_detach(thread)
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    unlink(path)
    rmdir(folder)
  }

  /// Connects a client, while the daemon is held.
  func connect(patience: DaemonClient.Patience = .init()) throws(ClientError) -> DaemonClient {
    try DaemonClient(to: .unix(path: path), patience: patience)
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Is one connection, from the daemon's side.
final class TestConnection {
  private let descriptor: Int32
  private var buffer = LineBuffer()

  init(descriptor: Int32) { self.descriptor = descriptor }

  func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func sendLine(_ text: String) { send(text + "\n") }

  func greet() { sendLine(TestDaemon.hello) }

  /// Returns the next request; nil where the client has gone.
  func request() -> RPCRequest? {
    while true {
      if let line = buffer.next() {
        guard case .single(.success(let request)) = RPCInput(line: line) else { return nil }
        return request
      }
      let count = buffer.append { FileBytes.read(from: descriptor, into: &$0) }
      guard let count, count > 0 else { return nil }
    }
  }

  func reply(_ result: some JSONWritable, to request: RPCRequest) {
    sendLine(String(decoding: RPCMessage.result(result, id: request.id ?? .null), as: UTF8.self))
  }

  func fail(_ error: APIError, to request: RPCRequest) {
    sendLine(String(decoding: RPCMessage.error(error, id: request.id ?? .null), as: UTF8.self))
  }
}
