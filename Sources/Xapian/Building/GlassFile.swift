// A file of a database that is being built: written and read by offset, closed when nobody holds it.
import Glibc

final class GlassFile: Sendable {
  let path: String
  private let descriptor: Int32

  private init(_ path: String, _ flags: Int32, orSay failure: String) throws(XapianError) {
    self.path = path
    descriptor = open(path, flags | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw XapianError(ofSystem: failure, context: path) }
  }

  /// Makes a file, in the place of one that is there.
  convenience init(creating path: String) throws(XapianError) { try self.init(path, O_RDWR | O_CREAT | O_TRUNC, orSay: "cannot be made") }

  /// Opens a file to be written over, or makes one. A file system that is told to empty a small file, or to put another in its place, may begin
  /// to write it to the disk.
  convenience init(over path: String) throws(XapianError) { try self.init(path, O_RDWR | O_CREAT, orSay: "cannot be made") }

  convenience init(reading path: String) throws(XapianError) { try self.init(path, O_RDONLY, orSay: "cannot be opened") }

  deinit { close(descriptor) }

  /// A file without a name: it goes with the object.
  static func temporary(in directory: String) throws(XapianError) -> GlassFile {
    let file = try GlassFile(creating: "\(directory)/run")
    unlink(file.path)
    return file
  }

  static func contents(of path: String) throws(XapianError) -> [UInt8] {
    let file = try GlassFile(reading: path)
    return try file.read(file.size, at: 0)
  }

  var size: Int { max(0, Int(lseek(descriptor, 0, SEEK_END))) }

  func write(_ bytes: [UInt8], at offset: Int) throws(XapianError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, off_t(offset + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("cannot be written") }
      written += count
    }
  }

  /// Takes off what is behind an offset.
  func end(at offset: Int) throws(XapianError) {
    if ftruncate(descriptor, off_t(offset)) != 0 { throw failure("cannot be written") }
  }

  /// Reads so many bytes, or those up to the end of the file.
  func read(_ count: Int, at offset: Int) throws(XapianError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try read(into: &bytes, at: offset)
    bytes.removeLast(count - got)
    return bytes
  }

  /// Fills an array, as far as the file goes.
  /// - Returns: how many bytes.
  func read(into bytes: inout [UInt8], at offset: Int) throws(XapianError) -> Int {
    var filled = 0
    while filled < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw failure("cannot be read") }
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  private func failure(_ what: String) -> XapianError { XapianError(ofSystem: what, context: path) }
}
