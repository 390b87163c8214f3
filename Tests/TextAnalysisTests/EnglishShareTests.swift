// Plain English, told by its small words, and the letters that the other rules look at.

import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct EnglishShareTests {
  private static let english = """
    The ministers said that the road through the valley would be open before the end of the year, and that they had agreed about its cost. \
    Those who live there asked what they should do when the water rises, because the old bridge, which was built between the wars, is gone.
    """

  private static let others = [
    "Les ministres ont déclaré que la route de la vallée serait ouverte avant la fin de l'année et qu'ils étaient d'accord sur son coût. Les "
      + "habitants ont demandé ce qu'ils devaient faire quand les eaux montent, car le vieux pont construit entre les deux guerres a disparu.",
    "Die Minister sagten, dass die Straße durch das Tal vor dem Ende des Jahres offen sein werde und dass sie sich über die Kosten einig seien. "
      + "Die Bewohner fragten, was sie tun sollen, wenn das Wasser steigt, denn die alte Brücke aus der Zeit zwischen den Kriegen ist weg.",
    "De ministers zeiden dat de weg door het dal voor het einde van het jaar open zou zijn en dat zij het eens waren over de kosten ervan. De "
      + "bewoners vroegen wat zij moesten doen als het water stijgt, want de oude brug die tussen de oorlogen was gebouwd is er niet meer.",
    "Ministrowie powiedzieli, że droga przez dolinę będzie otwarta przed końcem roku i że są zgodni co do kosztów. Mieszkańcy pytali, co mają "
      + "robić, gdy woda się podniesie, bo to stary most, a to, co było zbudowane między wojnami, już nie istnieje, i to jest kłopot.",
    "Los ministros dijeron que la carretera del valle estaría abierta antes del fin del año y que estaban de acuerdo sobre su coste. Los "
      + "vecinos preguntaron qué debían hacer cuando sube el agua, porque el viejo puente, construido entre las guerras, ya no existe.",
    "Ministrene sagde, at vejen gennem dalen ville være åben før årets udgang, og at de var enige om prisen for den. De som bor der spurgte, "
      + "hvad de skulle gøre, når vandet stiger, for den gamle bro, som blev bygget mellem krigene, er der ikke mere, og det er for lidt.",
    "Bakanlar vadiden geçen yolun yıl sonundan önce açılacağını ve bedeli üzerinde anlaştıklarını söyledi. Orada yaşayanlar su yükseldiğinde "
      + "ne yapmaları gerektiğini sordu, her zaman kullandıkları iki savaş arasında yapılan eski köprü artık on yıldır yerinde yok.",
  ]

  private func isPlain(_ text: String) -> Bool { Array(text.utf8).withUnsafeBufferPointer { EnglishShare($0).isPlain } }

  @Test func englishProseIsPlain() {
    #expect(isPlain(Self.english))
    #expect(isPlain(Self.english.uppercased()))
    #expect(isPlain(Self.english.replacing(" the ", with: " “the” ")))
  }

  @Test(arguments: others)
  func proseInOtherLanguagesIsNot(_ text: String) {
    #expect(!isPlain(text))
    #expect(LanguageDetector.detect(Array(text.utf8)).language != .english)
  }

  @Test(arguments: others)
  func aTextWithSentencesInAnotherLanguageIsNot(_ text: String) {
    #expect(!isPlain(Self.english + " " + text + " " + Self.english + " " + Self.english))
  }

  @Test func lettersOutsideASCIIBelongToTheirWord() {
    let share = Array("thé théâtre bethe the".utf8).withUnsafeBufferPointer { EnglishShare($0) }
    #expect(share.words == 4 && share.own == 1)
  }

  /// The library gives up on control characters, as texts have them that were read by the wrong code page.
  @Test func controlCharactersDoNotHideEnglish() {
    let found = LanguageDetector.detect(Array(Self.english.replacing(", ", with: " \u{97} ").utf8))
    #expect(found.language == .english && found.confidence >= 0.9)
  }

  @Test func anotherHintLeavesItToTheLibrary() {
    #expect(LanguageDetector.detect(Array(Self.english.utf8), hint: .russian).language == .english)
    #expect(LanguageDetector.detect(Array((Self.english + Self.others[0] + Self.others[0]).utf8), hint: .english).language == .french)
  }

  @Test func lettersAreCountedAsACharacterAtATimeCountsThem() {
    var random = SeededRandom(seed: 5)
    let pieces = ["a", "Z", " ", "the ", "é", "İ", "ə", "Ж", "ї", "ش", "ی", "文", "か", "ა", "𐐀", "5", "’", "\u{301}", "[", "{", "@", "`"]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(text.utf8)
      let counted = bytes.withUnsafeBufferPointer { LetterCount($0) }
      let letters = text.unicodeScalars.map { ($0.value, UnicodeTables.shared.properties($0.value)) }.filter {
        $0.1.kind == .letter || $0.1.kind == .ideograph
      }
      #expect(counted.total == letters.count, "\(text)")
      for script in [Script.latin, .cyrillic, .arabic, .georgian, .han, .hiragana] {
        #expect(counted.count(of: script) == letters.count { $0.1.script == script }, "\(text)")
      }
      for scalar in [0x61, 0x5A, 0x7B, 0x5B, 0xE9, 0x130, 0x259, 0x416, 0x6CC] {
        #expect(counted.count(of: [scalar]) == letters.count { $0.0 == UInt32(scalar) }, "\(text)")
      }
    }
  }

  @Test func shortWordsAreFoundByTheirLetters() {
    let words = ["a", "of", "the", "through", "zzzzzzzz", "between"]
    let set = ShortWords(words.joined(separator: " "))
    func key(_ word: String) -> UInt64 { word.utf8.reduce(0) { ShortWords.key($0, $1) } }
    for word in words { #expect(set.contains(key(word))) }
    for word in ["", "b", "fo", "th", "thee", "hrough"] { #expect(!set.contains(key(word))) }
  }
}
