// The token for the next page: where the last page ended in the order of the hits, and for which request. It names a place in the order
// rather than a number of hits to skip, so that on a newer revision it still goes on behind the hit that was seen last.
import ArasAPI

struct Cursor: Sendable, Equatable {
  var key: HitKey
  /// Hits before the next page.
  var offset: Int
  /// Of everything in the request that decides the order.
  var request: UInt64

  /// Hash of what decides which hits there are and in which order.
  static func hash(of request: SearchRequest, like: String? = nil) -> UInt64 {
    var hash = StableHash()
    var writer = JSONWriter()
    request.filters.write(to: &writer)
    request.exclude.write(to: &writer)
    for text in [request.q, request.match.rawValue, request.group.rawValue, request.sort.rawValue] { hash.add(text.utf8) }
    hash.add(writer.bytes)
    if let like { hash.add(like.utf8) }
    return hash.value
  }

  var token: String {
    var out = ByteWriter()
    out.number(request)
    out.number(offset)
    out.number(key.primary.bitPattern)
    out.number(key.secondary.bitPattern)
    out.number(key.row)
    return Self.base64(out.bytes)
  }

  init(key: HitKey, offset: Int, request: UInt64) {
    self.key = key
    self.offset = offset
    self.request = request
  }

  init?(token: String) {
    guard let bytes = Self.bytes(base64: token) else { return nil }
    var input = ByteReader(bytes)
    request = UInt64(bitPattern: Int64(input.number()))
    offset = input.number()
    let primary = Double(bitPattern: UInt64(bitPattern: Int64(input.number())))
    let secondary = Double(bitPattern: UInt64(bitPattern: Int64(input.number())))
    key = HitKey(primary: primary, secondary: secondary, row: UInt32(truncatingIfNeeded: input.number()))
    if input.failed || !input.isAtEnd || offset < 0 { return nil }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func bytes(base64 text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for character in text.utf8 {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
      bits &= (1 << count) - 1
    }
    return bytes
  }
}

/// Where a hit stands in the order: greater keys first, then the lower row.
struct HitKey: Sendable, Equatable {
  var primary: Double
  var secondary: Double
  /// Article or document.
  var row: UInt32

  func precedes(_ other: HitKey) -> Bool {
    if primary != other.primary { return primary > other.primary }
    if secondary != other.secondary { return secondary > other.secondary }
    return row < other.row
  }
}
