// Where a stream socket listens that is not a file.

import Glibc
import Settings

extension StreamSocket {
  /// A socket bound to a TCP address, and its port.
  static func bound(to address: ListenAddress) throws(SocketError) -> (socket: StreamSocket, port: Int) {
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(address.host, String(address.port), &hints, &list)
    guard status == 0 else { throw SocketError(path: "\(address)", reason: String(cString: gai_strerror(status))) }
    defer { freeaddrinfo(list) }
    var failure: CInt = 0
    var next = list
    while let candidate = next?.pointee {
      next = candidate.ai_next
      let descriptor = socket(candidate.ai_family, candidate.ai_socktype | CInt(SOCK_CLOEXEC.rawValue), candidate.ai_protocol)
      guard descriptor >= 0 else {
        failure = errno
        continue
      }
      let bound = StreamSocket(descriptor)
      var on: CInt = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
      if bind(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0 { return (bound, bound.port ?? address.port) }
      failure = errno
    }
    throw SocketError(
      path: "\(address)", reason: "cannot be bound: \(String(cString: strerror(failure))); name another address in tcp.listen, or off")
  }

  private var port: Int? {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &address) { bytes in
      guard let start = bytes.baseAddress, getsockname(descriptor, start.assumingMemoryBound(to: sockaddr.self), &length) == 0 else {
        return nil
      }
      // The port stands at the same place for both families.
      return Int(UInt16(bigEndian: start.load(fromByteOffset: 2, as: UInt16.self)))
    }
  }
}
