// One file of the article store, mapped into memory: articles one behind the other, each with its length before it. It only grows; what
// is no longer wanted stays where it is until the whole file is given up.
import Glibc
import Synchronization

/// The mapping lies as long as somebody holds the object, whatever becomes of the file's name.
///
/// Sendable: what is read was written before anybody was told of its place, and is never changed.
final class ArticleSegment: @unchecked Sendable {
  let number: UInt32
  let path: String
  private let descriptor: Int32
  private let base: UnsafeRawPointer
  /// Bytes that are mapped: addresses, of which those behind the end of the file are not to be touched.
  let capacity: Int
  private let end: Atomic<Int>

  /// Bytes of the length before each article.
  static let headSize = 4

  /// Opens a segment, or makes an empty one.
  /// - Parameter room: bytes to map; more where the file has more.
  init(directory: String, number: UInt32, room: Int, creating: Bool) throws(EngineError) {
    path = Self.path(directory, number)
    let descriptor = open(path, creating ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure("opened", path) }
    let size = lseek(descriptor, 0, SEEK_END)
    capacity = max(room, Int(size))
    let mapped = size < 0 ? MAP_FAILED : mmap(nil, capacity, PROT_READ, MAP_SHARED | MAP_NORESERVE, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else {
      let error = Self.failure("mapped into memory", path)
      close(descriptor)
      throw error
    }
    base = UnsafeRawPointer(mapped)
    self.number = number
    self.descriptor = descriptor
    end = Atomic(Int(size))
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: base), capacity)
    close(descriptor)
  }

  /// What the names of segments begin with.
  static let namePrefix = "articles."

  static func path(_ directory: String, _ number: UInt32) -> String { "\(directory)/\(namePrefix)\(number)" }

  /// Bytes of the file.
  var size: Int { end.load(ordering: .acquiring) }

  /// Reads an article where it lies.
  /// - Parameters:
  ///   - offset: of a place that the store gave.
  ///   - body: lent the article for as long as it runs.
  /// - Returns: nil where there is none, or the body says so.
  func read<Result>(at offset: UInt64, _ body: (ArticleBytes) -> Result?) -> Result? {
    let size = size
    guard size >= Self.headSize, offset <= UInt64(size - Self.headSize) else { return nil }
    let start = Int(offset)
    let count = Int(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
    guard count <= size - start - Self.headSize else { return nil }
    return withExtendedLifetime(self) {
      let bytes = UnsafeBufferPointer(start: (base + start + Self.headSize).assumingMemoryBound(to: UInt8.self), count: count)
      return ArticleBytes(bytes).flatMap(body)
    }
  }

  /// The bytes of an article, read from the file and not from memory.
  /// - Returns: nil where there is none, or the file cannot be read.
  func copy(at offset: UInt64) -> [UInt8]? {
    let size = size
    guard size >= Self.headSize, offset <= UInt64(size - Self.headSize) else { return nil }
    let start = Int(offset)
    guard let head = read(Self.headSize, at: start) else { return nil }
    let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= size - start - Self.headSize else { return nil }
    return read(count, at: start + Self.headSize)
  }

  private func read(_ count: Int, at offset: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { return }
        filled += got
      }
    }
    return bytes.count == count ? bytes : nil
  }

  /// Writes behind the end of the file. Of one thread at a time.
  /// - Returns: where the bytes begin.
  func append(_ bytes: [UInt8]) throws(EngineError) -> Int {
    let offset = size
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, off_t(offset + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure("written", path) }
      written += count
    }
    end.store(offset + bytes.count, ordering: .releasing)
    return offset
  }

  private static func failure(_ what: String, _ path: String) -> EngineError {
    EngineError(.failed, "\(path) cannot be \(what): \(String(cString: strerror(errno)))")
  }
}
