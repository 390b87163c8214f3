// From the bytes of a file to UTF-8: strict UTF-8 first, UTF-16 by its mark or its pattern of zeros, and only then the code page of
// Windows whose reading is the most plausible. What is no text at all is refused with the reason.

struct DecodedText {
  var text: [UInt8]
  /// `utf-8`, `utf-16le`, `windows-1251` …
  var encoding: String
  /// Whether bytes that were no UTF-8 became U+FFFD.
  var isRepaired: Bool
}

enum Decoding {
  /// Decodes a text file; line ends become LF.
  static func decode(_ bytes: [UInt8], declared: String? = nil) throws(ExtractionError) -> DecodedText {
    if let name = binaryKind(bytes) {
      throw ExtractionError(reason: "binary content (\(name)): not a text file")
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], bigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], bigEndian: true) }
    if let zero = bytes.firstIndex(of: 0) {
      if let bigEndian = utf16Order(bytes) { return utf16(bytes[...], bigEndian: bigEndian) }
      throw ExtractionError(reason: "binary content (NUL bytes at byte \(zero)): not a text file")
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if isMostlyControls(content) { throw ExtractionError(reason: "binary content (control characters): not a text file") }
    let check = content.withUnsafeBufferPointer { UTF8Check($0) }
    if check.errors == 0 { return DecodedText(text: withUnixLines(content), encoding: "utf-8", isRepaired: false) }
    if check.errors * 4 <= check.sequences {
      return DecodedText(
        text: withUnixLines(Array(String(decoding: content, as: UTF8.self).utf8)[...]), encoding: "utf-8", isRepaired: true)
    }
    if let page = declared.flatMap(CodePage.named) ?? CodePage.mostPlausible(for: content) {
      return DecodedText(text: withUnixLines(page.decode(content)[...]), encoding: page.name, isRepaired: false)
    }
    return DecodedText(text: withUnixLines(Array(String(decoding: content, as: UTF8.self).utf8)[...]), encoding: "utf-8", isRepaired: true)
  }

  /// CRLF and CR become LF.
  static func withUnixLines(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(0x0D) else { return Array(bytes) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D {
        out.append(0x0A)
      } else if byte != 0x0A || previous != 0x0D {
        out.append(byte)
      }
      previous = byte
    }
    return out
  }

  // MARK: UTF-16

  private static func utf16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> DecodedText {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var i = bytes.startIndex
    while i + 1 < bytes.endIndex {
      let (a, b) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
      units.append(bigEndian ? a << 8 | b : b << 8 | a)
      i += 2
    }
    let text = String(decoding: units, as: UTF16.self)
    return DecodedText(
      text: withUnixLines(Array(text.utf8)[...]), encoding: bigEndian ? "utf-16be" : "utf-16le",
      isRepaired: bytes.count % 2 != 0 || text.unicodeScalars.contains("\u{FFFD}"))
  }

  /// The byte order of UTF-16 without a mark: one that makes the sample nearly all letters, blanks and common marks; nil for neither.
  private static func utf16Order(_ bytes: [UInt8]) -> Bool? {
    guard bytes.count >= 8, bytes.count % 2 == 0 else { return nil }
    func plausible(_ bigEndian: Bool) -> Double {
      let end = min(bytes.count, 8192)
      var good = 0
      var i = 0
      var last: UInt32?
      var jumps = 0
      while i + 1 < end {
        let unit = bigEndian ? UInt32(bytes[i]) << 8 | UInt32(bytes[i + 1]) : UInt32(bytes[i + 1]) << 8 | UInt32(bytes[i])
        if (unit >= 0x20 && unit < 0x7F) || unit == 0x0A || unit == 0x0D || unit == 9 || (unit < 0xFF00 && Scalars.isLetter(unit))
          || (0x2010...0x2026).contains(unit) || unit == 0xAB || unit == 0xBB
          || (0x60C...0x66D).contains(unit)
        {
          good += 1
        }
        // Text stays in a page or two of the code table.
        if let last, unit >> 8 != last >> 8, unit >> 8 != 0, last >> 8 != 0 { jumps += 1 }
        last = unit
        i += 2
      }
      let units = Double(end / 2)
      return (Double(good) - Double(jumps)) / units
    }
    let (little, big) = (plausible(false), plausible(true))
    guard max(little, big) >= 0.9 else { return nil }
    return big > little
  }

  // MARK: Not text

  private static func binaryKind(_ bytes: [UInt8]) -> String? {
    let kinds: [([UInt8], String)] = [
      (Array("%PDF-".utf8), "a PDF document"), ([0x50, 0x4B, 3, 4], "a ZIP archive or an office document"),
      ([0x7F, 0x45, 0x4C, 0x46], "an ELF program"), ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
      ([0xFF, 0xD8, 0xFF], "a JPEG image"), (Array("GIF8".utf8), "a GIF image"), ([0x1F, 0x8B], "gzip data"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd data"), (Array("BZh".utf8), "bzip2 data"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz data"), ([0xD0, 0xCF, 0x11, 0xE0], "an old office document"),
      (Array("SQLite format 3".utf8), "an SQLite database"),
    ]
    guard let kind = kinds.first(where: { bytes.starts(with: $0.0) }) else { return nil }
    // The letters alone may begin a sentence.
    if kind.1 == "bzip2 data" || kind.1 == "a GIF image" {
      guard bytes.prefix(512).contains(where: { $0 < 9 }) else { return nil }
    }
    return kind.1
  }

  private static func isMostlyControls(_ bytes: ArraySlice<UInt8>) -> Bool {
    let head = bytes.prefix(65_536)
    let controls = head.count { $0 < 0x20 && !($0 >= 0x08 && $0 <= 0x0D) && $0 != 0x1B || $0 == 0x7F }
    return controls * 20 > head.count
  }
}

/// Counts what is and what is not UTF-8.
struct UTF8Check {
  /// Well-formed sequences of more than one byte.
  var sequences = 0
  /// Bytes that belong to none.
  var errors = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var i = 0
    let count = bytes.count
    while i < count {
      let first = bytes[i]
      if first < 0x80 {
        i += 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch first {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, low) = (3, 0xA0)
      case 0xED: (length, high) = (3, 0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, low) = (4, 0x90)
      case 0xF4: (length, high) = (4, 0x8F)
      case 0xF1...0xF3: length = 4
      default: length = 0
      }
      var isValid = length > 0 && i + length <= count
      if isValid {
        isValid = bytes[i + 1] >= low && bytes[i + 1] <= high
        var k = 2
        while isValid, k < length {
          isValid = bytes[i + k] & 0xC0 == 0x80
          k += 1
        }
      }
      if isValid {
        sequences += 1
        i += length
      } else {
        errors += 1
        i += 1
      }
    }
  }
}
