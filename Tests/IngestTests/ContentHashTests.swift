import Ingest
import Testing

@Suite struct ContentHashTests {
  private func hash(_ text: String) -> UInt64 {
    Array(text.utf8).withUnsafeBytes { contentHash($0) }
  }

  @Test(arguments: [
    ("", 0xEF46_DB37_51D8_E999 as UInt64), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
    ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
  ])
  func publishedValuesComeOut(text: String, expected: UInt64) {
    #expect(hash(text) == expected)
  }

  @Test func everyByteCounts() {
    let base = [UInt8](repeating: 7, count: 101)
    var hashes: Set<UInt64> = []
    for index in base.indices {
      var changed = base
      changed[index] = 8
      hashes.insert(changed.withUnsafeBytes { contentHash($0) })
    }
    #expect(hashes.count == base.count)
  }
}
