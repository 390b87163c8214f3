// The columns as they were in memory when the index was closed, in a file beside its tables: an index of a million passages is opened from
// it in a fraction of the time that reading them out of the database takes. The database is the truth: a file of another commit, or one that
// is not whole, is not read, and after a stop that was none (a process that was killed) there is no file of the last commit.
import FoundationEssentials
import Xapian

struct ContentsFile {
  /// What the file holds.
  struct Contents {
    var columns: Columns
    /// Bytes of the article store in use, by segment.
    var liveBytes: [UInt32: Int]
  }

  /// A commit that no other has the name of.
  struct Commit: Equatable {
    var uuid: String
    var revision: UInt64

    /// The one that a database stands at.
    init(of database: borrowing some DatabaseReading & ~Copyable) throws(XapianError) {
      uuid = try database.uuid
      revision = try database.revision
    }

    init(uuid: String, revision: UInt64) {
      self.uuid = uuid
      self.revision = revision
    }
  }

  private let url: URL

  /// - Parameter directory: of the database.
  init(directory: String) { url = URL(filePath: Self.path(directory)) }

  static func path(_ directory: String) -> String { "\(directory)/contents" }

  /// Writes the file, which the next commit makes useless. One that cannot be written is missed by nobody.
  /// - Parameter sizes: of the files of the segments, bytes.
  func write(_ contents: Contents, of commit: Commit, sizes: [UInt32: Int]) {
    var out = ByteWriter()
    out.number(Schema.version)
    out.string(commit.uuid)
    out.number(commit.revision)
    out.list(contents.liveBytes.sorted { $0.key < $1.key }) { out, segment in
      out.number(segment.key)
      out.number(segment.value)
      out.number(sizes[segment.key] ?? 0)
    }
    contents.columns.write(to: &out)
    var digest = ContentDigest()
    digest.add(out.bytes)
    withUnsafeBytes(of: digest.value.littleEndian) { out.append($0) }
    do { try Data(out.bytes).write(to: url) } catch { remove() }
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// What was written of a commit.
  /// - Parameter sizes: of the files of the segments as they are now, bytes.
  /// - Returns: nil where there is no file, it is of another commit, or not what was written, or where articles are missing.
  func read(_ commit: Commit, sizes: [UInt32: Int]) -> Contents? {
    guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else { return nil }
    return data.withUnsafeBytes { bytes in
      let end = bytes.count - MemoryLayout<UInt64>.size
      guard end >= 0 else { return nil }
      var input = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[..<end]).assumingMemoryBound(to: UInt8.self))
      guard input.number() == Schema.version, input.string() == commit.uuid, input.number() == Int(commit.revision) else { return nil }
      var digest = ContentDigest()
      digest.add(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
      guard UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)) == digest.value else { return nil }
      var liveBytes: [UInt32: Int] = [:]
      for (number, live, size) in input.list({ (UInt32(truncatingIfNeeded: $0.number()), $0.number(), $0.number()) }) {
        guard let found = sizes[number], found >= size else { return nil }
        liveBytes[number] = live
      }
      let columns = Columns(reading: &input)
      return input.failed || !input.isAtEnd ? nil : Contents(columns: columns, liveBytes: liveBytes)
    }
  }
}
