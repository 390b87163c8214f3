import Testing

@testable import Articles

@Suite("Decoding")
struct DecodingTests {
  static let russian = "Министры двух стран встретились на границе и говорили о дороге."
  static let turkish = "İki ülkenin bakanları sınırda görüştü ve yol hakkında konuştu, şimdi bekliyorlar."
  static let french = "Les ministres des deux États se sont réunis à la frontière pour évoquer le développement régional."
  static let arabic = "التقى وزراء البلدين على الحدود وتحدثوا عن الطريق"

  /// The bytes of a text in a code page.
  static func encode(_ text: String, _ page: CodePage) throws -> [UInt8] {
    try text.unicodeScalars.map { scalar in
      if scalar.isASCII { return UInt8(scalar.value) }
      return UInt8(0x80 + (try #require(page.high.firstIndex { UInt32($0) == scalar.value })))
    }
  }

  @Test(
    "Code pages are told by the plausibility of their reading",
    arguments: [(russian, "windows-1251"), (turkish, "windows-1254"), (french, "windows-1252"), (arabic, "windows-1256")])
  func codePages(_ text: String, _ name: String) throws {
    let page = try #require(CodePage.named(name))
    let decoded = try Decoding.decode(try Self.encode(text, page))
    #expect(decoded.encoding == name)
    #expect(String(decoding: decoded.text, as: UTF8.self) == text)
    #expect(!decoded.isRepaired)
  }

  @Test("UTF-16 is read with and without a mark", arguments: [true, false], [true, false])
  func utf16(_ bigEndian: Bool, _ mark: Bool) throws {
    for text in [Self.russian, Self.turkish, Self.french, Self.arabic] {
      var bytes: [UInt8] = mark ? (bigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []
      for unit in text.utf16 { bytes += bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
      #expect(String(decoding: try Decoding.decode(bytes).text, as: UTF8.self) == text)
    }
  }

  @Test("The mark of UTF-8 is dropped and line ends become LF")
  func lines() throws {
    #expect(try Decoding.decode([0xEF, 0xBB, 0xBF] + Array("a\r\nb\rc\n\r\nd".utf8)).text == Array("a\nb\nc\n\nd".utf8))
  }

  @Test("A few bad bytes in UTF-8 are repaired and said so")
  func repaired() throws {
    var bytes = Array(Self.russian.utf8)
    bytes.insert(0xFF, at: 2)
    let decoded = try Decoding.decode(bytes)
    #expect(decoded.isRepaired && decoded.encoding == "utf-8")
    #expect(decoded.text == Array(("М\u{FFFD}" + Self.russian.dropFirst()).utf8))
  }

  @Test("What is no text is refused with the reason")
  func binary() {
    func reason(_ bytes: [UInt8]) -> String? {
      do {
        _ = try Decoding.decode(bytes)
        return nil
      } catch { return error.reason }
    }
    #expect(reason(Array("seventeen letters".utf8) + [0, 0, 1, 2]) == "binary content (NUL bytes at byte 17): not a text file")
    #expect(reason(Array("%PDF-1.7".utf8))?.contains("PDF") == true)
    #expect(reason([1, 2, 3, 4, 5, 6, 7, 1, 2, 3])?.contains("control") == true)
  }
}
