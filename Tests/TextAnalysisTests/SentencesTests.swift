// Where sentences end, and where a full stop does not end one.

import Testing

@testable import TextAnalysis

@Suite struct SentencesTests {
  private func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return Sentences.split(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    ["One ends here.", "Two ends here!", "Three?", "Four…"],
    ["Mr. Aliyev met Gen. Bagheri and Dr. N. Pashinyan.", "They talked."],
    ["The U.S. Army left.", "It was Jan. 5."],
    ["He lives in the U.S.", "He came in 2021."],
    ["Trade rose to 43.3 million.", "No. 5 fell, vs. No. 6."],
    ["He said: “We will go.”", "Then he went."],
    ["\"Is it so?\" he asked.", "\"Yes.\"", "It was."],
    ["It was late (very late. Really) that day.", "Next."],
    ["Wait... what?", "Wait...", "What now?"],
    ["Это Иран.", "А это г. Баку и т.д. до конца.", "Да!"],
    ["آیا ایران است؟", "بله.", "این تهران است."],
    ["Սա Հայաստանն է։", "Իսկ սա՝ Երևանը։"],
    ["这是伊朗。", "那是中国！", "对吗？"],
    ["यह भारत है।", "वह ईरान है।"],
    ["ეს არის საქართველო.", "ის არის თბილისი."],
    ["« Est-ce vrai ? » demande-t-il.", "« Oui. »", "Il part."],
    ["Er sagte: »Ja.«", "»Nein.«", "Dann ging er."],
    ["No end mark at all"],
    ["e.g. this one, i.e. that one.", "Done."],
    ["The years 2021.", "2022 followed."],
  ])
  func aTextHasTheseSentences(_ expected: [String]) {
    let isWide = expected.first?.contains("。") == true
    #expect(sentences(expected.joined(separator: isWide ? "" : " ")) == expected)
  }

  @Test func aBlankLineEndsASentence() {
    #expect(
      sentences("A heading\n\nA sentence\nover two lines. Next\r\n\r\nLast") == [
        "A heading", "A sentence\nover two lines.", "Next", "Last",
      ])
  }

  @Test func aTextOfBlanksHasNone() {
    #expect(sentences("") == [])
    #expect(sentences(" \n \n\n ") == [])
  }
}
