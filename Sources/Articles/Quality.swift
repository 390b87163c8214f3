// Flags that tell a reader what to beware of: no date, an invented author, leaked prompts, quotations that nobody said.
import TextAnalysis

enum Quality {
  /// Whether the passages have at least so many words.
  static func hasWords(_ count: Int, in passages: [Passage]) -> Bool {
    var words = 0
    for passage in passages where words < count {
      words += passage.text.withUnsafeBufferPointer { BlockStatistics($0, 0..<$0.count).words }
    }
    return words >= count
  }

  /// Whether most of the quotations of at least five words, of which there are three or more, stand beside no verb of saying.
  static func hasUnattributedQuotations(_ passages: [Passage], title: String?) -> Bool {
    let quoted = passages.filter { $0.text.count <= 100_000 }.map { passage in
      (text: passage.text, quotations: passage.text.withUnsafeBufferPointer { Quotation.all(in: $0) })
    }
    guard quoted.reduce(0, { $0 + $1.quotations.count }) >= 3 else { return false }
    let title = Names.lower(title ?? "")
    var all = 0
    var attributed = 0
    for (text, quotations) in quoted {
      text.withUnsafeBufferPointer { text in
        for quotation in quotations {
          let inside = lower(text, quotation.inside)
          guard inside.split(whereSeparator: { $0 == " " || $0 == "\n" }).count >= 5 else { continue }
          let bare = inside.trimmingMarks()
          if title.count > 0, title.contains(bare) { continue }
          all += 1
          let around = lower(text, quotation.before(59, in: text)) + " " + lower(text, quotation.after(49, in: text))
          if around.split(whereSeparator: { !$0.isLetter }).contains(where: { cues.contains(String($0)) }) { attributed += 1 }
        }
      }
    }
    return all >= 3 && attributed * 2 < all
  }

  private static func lower(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: TextForms.lower(UnsafeBufferPointer(rebasing: text[range])), as: UTF8.self)
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
