// A client that costs as little as one can: a line out, a line in, on one blocking socket. Replies are looked at only by the caller.
import Glibc

struct LineClient: ~Copyable {
  private let descriptor: CInt
  private var buffer = [UInt8](repeating: 0, count: 1 << 20)

  /// Connects and reads the greeting.
  init(path: String) {
    descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    guard connected == 0, !readLine().isEmpty else { fail("nobody answers at \(path)") }
  }

  deinit { close(descriptor) }

  /// Sends a request, its line end included, and waits for the reply.
  mutating func ask(_ request: [UInt8]) -> ArraySlice<UInt8> {
    guard write(descriptor, request, request.count) == request.count else { fail("a request could not be sent") }
    return readLine()
  }

  private mutating func readLine() -> ArraySlice<UInt8> {
    var count = 0
    while count == 0 || buffer[count - 1] != UInt8(ascii: "\n") {
      let taken = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
      guard taken > 0 else { fail("the daemon closed the connection, or a reply is longer than a megabyte") }
      count += taken
    }
    return buffer[..<(count - 1)]
  }
}

func fail(_ message: String) -> Never {
  print("wire: \(message)")
  exit(1)
}
