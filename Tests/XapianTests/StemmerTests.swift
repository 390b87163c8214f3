import TestSupport
import Testing
import Xapian

@Suite struct StemmerTests {
  @Test(arguments: [
    ("english", "negotiations", "negoti"), ("en", "countries", "countri"), ("russian", "переговоры", "переговор"),
    ("tr", "görüşmeler", "görüşme"), ("english", "", ""),
  ])
  func aWordHasAStem(language: String, word: String, stem: String) throws {
    #expect(string(try Stemmer(language: language).stem(bytes(word))) == stem)
  }

  @Test func aStemReplacesWhatIsThere() throws {
    let stemmer = try Stemmer(language: "english")
    var out = bytes("something longer")
    bytes("running").withUnsafeBufferPointer { stemmer.stem($0, into: &out) }
    #expect(string(out) == "run")
    [].withUnsafeBufferPointer { stemmer.stem($0, into: &out) }
    #expect(out.isEmpty)
  }

  @Test(arguments: ["klingon", "", "none"])
  func aLanguageWithoutStemmerIsRefused(language: String) throws {
    let kind = try kindOfFailure { _ = try Stemmer(language: language) }
    #expect(kind == .invalidArgument)
  }

  @Test func languagesAreNamedAndEachHasAStemmer() throws {
    #expect(Stemmer.languages.contains("english"))
    #expect(Stemmer.languages.contains("turkish"))
    for language in Stemmer.languages { _ = try Stemmer(language: language) }
  }

  @Test(arguments: seeds)
  func noBytesBreakAStemmer(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for language in Stemmer.languages {
      let stemmer = try Stemmer(language: language)
      for _ in 0..<200 {
        let word = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 1...255, using: &random) }
        #expect(stemmer.stem(word).count <= word.count * 3 + 16, "seed \(seed), \(language), \(word)")
      }
    }
  }

  @Test func theLibraryHasAVersion() {
    #expect(Library.version.split(separator: ".").count == 3)
  }
}
