// A connected stream socket that sends bytes and gives lines. It never waits to send while the other side waits to
// send, too: what arrives meanwhile is read, so that many requests may be under way at once.
import Glibc

/// Owns one socket; used by one thread.
package final class Connection {
  private let descriptor: Int32
  private var buffer = LineBuffer()
  private var ended = false

  /// Connects to a daemon.
  package init(to endpoint: Endpoint) throws(ClientError) {
    switch endpoint {
    case .unix(let path): descriptor = try Self.connectUnix(path)
    case .tcp(let host, let port): descriptor = try Self.connectTCP(endpoint, host: host, port: port)
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  deinit { close(descriptor) }

  private static func connectUnix(_ path: String) throws(ClientError) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else {
      throw .configuration("the socket's path is longer than \(room - 1) bytes: \(path)")
    }
    try checkOwner(path)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .unreachable(path, reason: reason(errno)) }
    let status = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        retryingConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else {
      close(descriptor)
      throw status == EAGAIN ? .refused(path) : .unreachable(path, reason: reason(status))
    }
    return descriptor
  }

  /// Refuses the folder in /tmp that is this user's by its name but another's by its owner: whoever made it could read
  /// every query and forge every answer.
  private static func checkOwner(_ path: String) throws(ClientError) {
    let folder = "/tmp/aras-\(getuid())"
    guard path.hasPrefix(folder + "/") else { return }
    var status = stat()
    guard lstat(folder, &status) == 0 else { return }
    guard status.st_uid == getuid() else { throw .unreachable(path, reason: "the folder \(folder) belongs to another user") }
  }

  private static func connectTCP(_ endpoint: Endpoint, host: String, port: UInt16) throws(ClientError) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, String(port), &hints, &list)
    guard status == 0 else { throw .unreachable("\(endpoint)", reason: String(cString: gai_strerror(status))) }
    defer { freeaddrinfo(list) }
    var failure = "no address"
    var at = list
    while let address = at?.pointee {
      at = address.ai_next
      let descriptor = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
      guard descriptor >= 0 else { continue }
      var limit = timeval(tv_sec: 10, tv_usec: 0)  // On Linux the limit for sending is the limit for connecting, too.
      setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      let status = retryingConnect(descriptor, address.ai_addr, address.ai_addrlen)
      if status == 0 {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
      }
      failure = reason(status)
      close(descriptor)
    }
    throw .unreachable("\(endpoint)", reason: failure)
  }

  private static func retryingConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> Int32 {
    while connect(descriptor, address, length) != 0 {
      if errno != EINTR { return errno }
    }
    return 0
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Sends bytes, and reads what comes in while the other side takes none.
  package func send(_ bytes: [UInt8]) throws(ClientError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL)) }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        let ready = wait(for: Int16(POLLOUT) | (ended ? 0 : Int16(POLLIN)), milliseconds: -1)
        if ready & Int16(POLLIN) != 0 { fill() }
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  /// Returns the next line; nil where none came in time.
  ///
  /// - Parameter milliseconds: how long to wait; the time starts again with every piece that arrives.
  package func line(within milliseconds: Int32) throws(ClientError) -> [UInt8]? {
    while true {
      if let line = buffer.next() { return line }
      if ended { throw .closed }
      if wait(for: Int16(POLLIN), milliseconds: milliseconds) == 0 { return nil }
      fill()
    }
  }

  private func fill() {
    let descriptor = descriptor
    let count = buffer.append { FileBytes.read(from: descriptor, into: &$0) }
    if count == 0 { ended = true }
    if count == nil, errno != EAGAIN { ended = true }
  }

  /// Returns the events that are ready, 0 where the time is up.
  private func wait(for events: Int16, milliseconds: Int32) -> Int16 {
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    while true {
      let status = poll(&entry, 1, milliseconds)
      if status < 0, errno == EINTR { continue }
      guard status > 0 else { return 0 }
      // A hang-up is seen by reading.
      return entry.revents & (Int16(POLLHUP) | Int16(POLLERR)) != 0 ? entry.revents | Int16(POLLIN) : entry.revents
    }
  }
}
