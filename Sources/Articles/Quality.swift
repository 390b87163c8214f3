// Flags that tell a reader what to beware of: no date, an invented author, leaked prompts, quotations that nobody said.
import TextAnalysis

enum Quality {
  /// Quotations of at least five words, and how many of them stand beside a verb of saying.
  static func quotations(in passages: [Passage], title: String?) -> (all: Int, attributed: Int) {
    let title = Names.lower(title ?? "")
    var all = 0
    var attributed = 0
    for passage in passages where passage.text.count <= 100_000 {
      let text = Array(String(decoding: passage.text, as: UTF8.self).unicodeScalars)
      for quote in pairs(in: text) {
        let inside = Names.lower(Names.string(text[quote]))
        let words = inside.split { $0 == " " || $0 == "\n" }
        guard words.count >= 5 else { continue }
        let bare = inside.trimmingMarks()
        if title.count > 0, title.contains(bare) { continue }
        all += 1
        let before = text[max(0, quote.lowerBound - 60)..<max(0, quote.lowerBound - 1)]
        let after = text[min(text.count, quote.upperBound + 1)..<min(text.count, quote.upperBound + 50)]
        let around = Names.lower(Names.string(before) + " " + Names.string(after)).split { !$0.isLetter }
        if around.contains(where: { cues.contains(String($0)) }) { attributed += 1 }
      }
    }
    return (all, attributed)
  }

  /// Ranges between paired quotation marks.
  private static func pairs(in text: [Unicode.Scalar]) -> [Range<Int>] {
    var pairs: [Range<Int>] = []
    var open: (at: Int, close: Set<UInt32>)?
    for (i, scalar) in text.enumerated() {
      if let current = open {
        if current.close.contains(scalar.value) {
          pairs.append((current.at + 1)..<i)
          open = nil
        } else if scalar.value == 0x0A || i - current.at > 1500 {
          open = nil
        }
        continue
      }
      switch scalar.value {
      case 0x22: open = (i, [0x22])
      case 0x201C: open = (i, [0x201D, 0x22])
      case 0x201E: open = (i, [0x201C, 0x201D])
      case 0xAB: open = (i, [0xBB])
      default: break
      }
    }
    return pairs
  }

  private static let cues: Set<String> = {
    let list = """
      said says say told tells warned warns announced announces stated states pledged pledging declared declares added adds according noted notes argued argues claimed claims wrote writes explained \
      insisted asked replied tweeted posted stressed emphasized emphasised reported reports confirmed denied called urged vowed promised remarked commented сказал сказала заявил заявила отметил отметила \
      сообщил сообщила подчеркнул подчеркнула добавил добавила написал словам предупредил пояснил dedi söyledi belirtti açıkladı ifade vurguladı ekledi kaydetti konuştu bildirdi deyib bildirib qeyd vurğulayıb \
      əlavə söyləyib گفت گفته افزود اظهار تاکید اعلام نوشت ասել ասաց հայտարարել հայտարարեց նշել նշեց قال قالت أضاف صرح أكد أعلن თქვა განაცხადა აღნიშნა sagte erklärte betonte a-t-il déclaré dit affirmé сказав заявив зазначив
      """
    return Set(list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }()

  /// The phrases that a language model's prompt or refusal leaves behind.
  static func hasPromptArtefact(_ passages: [Passage], markers: [String: Int]) -> Bool {
    if markers.contains(where: { $0.value >= 3 && isPlaceholder($0.key) }) { return true }
    return passages.contains { passage in
      passage.text.withUnsafeBufferPointer { bytes in artefacts.occurs(in: bytes) }
    }
  }

  /// A marker that names the kind of a source instead of a source.
  private static func isPlaceholder(_ marker: String) -> Bool {
    let lower = Names.lower(marker)
    return lower.contains("data") || lower == "[source]" || lower == "[ref]" || lower == "[reference]" || lower == "[cite]"
  }

  private static let artefacts = PhraseSet([
    "Data Kalimat", "As an AI language model", "as an AI language model", "As a large language model", "my knowledge cutoff",
    "my last knowledge update", "I cannot fulfill", "I can't assist with",
    "Here is a rewritten", "Here's a rewritten", "Certainly! Here", "Sure, here is", "Sure! Here", "[Insert ", "[insert ", "[Your Name]",
    "{{title", "oaicite", "turn0search", "как языковая модель",
    "bir yapay zeka dil modeli", "به عنوان یک مدل زبانی",
  ])
}
