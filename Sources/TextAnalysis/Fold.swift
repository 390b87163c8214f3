// The search key of a whole string: NFKC, case and diacritics folded, blanks collapsed. For names and field values.

package enum Fold {
  /// The key of a string: what differs in case, diacritics, width, apostrophes or blanks only has the same key.
  package static func folded(_ text: some StringProtocol) -> [UInt8] {
    var text = String(text)
    return text.withUTF8 { folded($0) }
  }

  package static func folded(bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { folded($0) }
  }

  package static func folded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return [] }
    if let key = foldedASCII(bytes) { return key }
    let text = TextBytes(base: base, count: bytes.count)
    let tables = UnicodeTables.shared
    var scalars: [UInt32] = []
    scalars.reserveCapacity(bytes.count)
    var offset = 0
    while offset < text.count {
      let (scalar, length) = text.decode(offset)
      offset += length
      switch tables.properties(scalar).kind {
      case .ignorable: continue
      case .apostrophe: scalars.append(0x27)
      default: scalars.append(scalar)
      }
    }
    var normaliser = Normaliser()
    normaliser.decompose(scalars)
    var result: [UInt8] = []
    normaliser.folded(into: &result, keepingApostrophes: true, limit: .max / 2)
    return collapseBlanks(result)
  }

  /// The same key as a string.
  package static func key(_ text: some StringProtocol) -> String {
    String(decoding: folded(text), as: UTF8.self)
  }

  private static func foldedASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      guard byte < 0x80 else { return nil }
      result.append(byte &- 0x41 < 26 ? byte | 0x20 : byte == 0x60 ? 0x27 : byte)
    }
    return collapseBlanks(result)
  }

  /// Makes runs of blanks one blank, and none at the ends; wide blanks are ASCII ones by now, or line separators.
  private static func collapseBlanks(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isPending = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isSeparator = byte == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
      let isNextLine = byte == 0xC2 && index + 1 < bytes.count && bytes[index + 1] == 0x85
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || isSeparator || isNextLine {
        isPending = !result.isEmpty
        index += isSeparator ? 3 : isNextLine ? 2 : 1
        continue
      }
      if isPending { result.append(0x20) }
      isPending = false
      result.append(byte)
      index += 1
    }
    return result
  }
}
