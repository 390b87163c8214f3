import Testing

@testable import Articles

@Suite("Text documents")
struct DocumentTests {
  struct Brief: Sendable {
    var text: String
    var title: String
    var date: String
    var author: String
    var publisher: String
    var language: String
    var last: String
  }

  static let briefs = [
    Brief(
      text:
        "Mənbə: Xəzər Xəbər\nTarix: 12 mart 2024\nMüəllif: Əli Quliyev\n\nSərhəddə yeni körpü açıldı\n\nİki ölkənin nazirləri sərhəddə görüşdülər və yeni körpünü açdılar. Onlar ticarətin artacağını bildirdilər. Əhali bu qərarı alqışladı və yolun tezliklə bərpa olunmasını istədi.\n",
      title: "Sərhəddə yeni körpü açıldı", date: "2024-03-12", author: "Əli Quliyev", publisher: "Xəzər Xəbər", language: "az",
      last: "istədi."),
    Brief(
      text:
        "На границе открыли новый мост\n\nИсточник: Пример\nДата: 12.03.2024\nАвтор: Иван Петров\n\nМинистры двух стран встретились на границе и открыли новый мост. Они заявили, что торговля вырастет, а жители попросили скорее починить дорогу, которая ведёт к мосту.\n\nРаботы начнутся весной.\n",
      title: "На границе открыли новый мост", date: "2024-03-12", author: "Иван Петров", publisher: "Пример", language: "ru",
      last: "весной."),
    Brief(
      text:
        "Kaynak: Örnek Ajansı\nTarih: 3 Ağustos 2021\nYazar: Ayşe Yılmaz\nSınırda yeni köprü açıldı\n\nİki ülkenin bakanları sınırda buluştu ve yeni köprüyü açtı. Ticaretin artacağını söylediler. Halk yolun bir an önce onarılmasını istedi.",
      title: "Sınırda yeni köprü açıldı", date: "2021-08-03", author: "Ayşe Yılmaz", publisher: "Örnek Ajansı", language: "tr",
      last: "istedi."),
    Brief(
      text:
        "منبع: نمونه\nتاریخ: ۱۵ شهریور ۱۴۰۲\nنویسنده: رضا کریمی\n\nپل تازه در مرز گشوده شد\n\nوزیران دو کشور در مرز دیدار کردند و پل تازه را گشودند. آنان گفتند که بازرگانی افزایش می‌یابد. مردم خواستند راه هر چه زودتر بازسازی شود.\n",
      title: "پل تازه در مرز گشوده شد", date: "2023-09-06", author: "رضا کریمی", publisher: "نمونه", language: "fa", last: "شود."),
    Brief(
      text:
        "Աղբյուր՝ չկա\n\nՍահմանին նոր կամուրջ բացվեց\n\nԱղբյուր: Օրինակ\nԱմսաթիվ: 5 մարտի 2024\nՀեղինակ: Արամ Պետրոսյան\n\nԵրկու երկրների նախարարները հանդիպեցին սահմանին և բացեցին նոր կամուրջը։ Նրանք ասացին, որ առևտուրը կաճի։ Բնակիչները խնդրեցին շուտ վերանորոգել ճանապարհը։",
      title: "Աղբյուր՝ չկա", date: "2024-03-05", author: "Արամ Պետրոսյան", publisher: "Օրինակ", language: "hy", last: "ճանապարհը։"),
    Brief(
      text:
        "Lakeside Notes\n14 May 2023\n\nA new bridge opens where two rivers meet\n\nBy Ann Miller\n\nThe ministers of the two states met on the border and opened the new bridge. They said that trade would grow. The people who live there asked them to mend the road that leads to it before the winter comes.\n",
      title: "A new bridge opens where two rivers meet", date: "2023-05-14", author: "Ann Miller", publisher: "Lakeside Notes",
      language: "en",
      last: "comes."),
  ]

  @Test("Briefs with a head of labels are read in every language", arguments: briefs.indices)
  func brief(_ index: Int) throws {
    let brief = Self.briefs[index]
    let article = try Extraction.article(brief.text)
    #expect(article.title == brief.title)
    #expect(article.date?.isoString == brief.date)
    #expect(article.authors == [brief.author])
    #expect(article.publisher == brief.publisher)
    #expect(article.language.rawValue == brief.language)
    #expect(Extraction.body(article).hasSuffix(brief.last))
    #expect(!Extraction.body(article).contains(brief.author))
    Extraction.checkOffsets(article)
  }

  static let prose =
    "The ministers of the two states met on the border and spoke for hours about the road, the bridge and the trade that both of them want to see grow in the years to come, as they told the people who had waited for them."

  @Test("A note of one paragraph keeps everything that is not labelled")
  func note() throws {
    let article = try Extraction.article(
      "\(Self.prose)\n\nOne more line without an end\nand - a list\n\nKeywords: road, bridge\n© Somebody")
    #expect(Extraction.body(article).contains("One more line without an end"))
    #expect(Extraction.body(article).contains("and - a list"))
    #expect(article.keywords == ["road", "bridge"])
    #expect(article.removed.map(\.label) == ["credit"])
  }

  @Test("Interviews, lists and short paragraphs inside the body are kept")
  func body() throws {
    let text =
      "Title of it\n\n\(Self.prose)\n\nQ: Why?\n\nA: Because.\n\n- first point\n- second point\n\nHe agreed.\n\n\(Self.prose) And so on.\n\nHe declined to comment.\n\n- Tail navigation\n"
    let article = try Extraction.article(text)
    for part in ["Q: Why?", "A: Because.", "- first point", "- second point", "He agreed.", "He declined to comment."] {
      #expect(Extraction.body(article).contains(part))
    }
    #expect(!Extraction.body(article).contains("Tail navigation"))
    Extraction.checkOffsets(article)
  }

  @Test("Hard-wrapped lines are joined and their bytes kept")
  func wrapped() throws {
    let paragraph =
      "The ministers of the two states met on the border and spoke for\nhours about the road, the bridge and the trade that both of them\nwant to see grow. Officials from Georgia and from Armenia said that\nTurkey would send an envoy to the next meeting of the council in\nthe spring."
    let article = try Extraction.article("Title\n\n\(paragraph)\n\n\(paragraph) It was\ncold.")
    #expect(article.passages.count == 2)
    #expect(article.passages.map(Extraction.text) == [paragraph, paragraph + " It was\ncold."])
    Extraction.checkOffsets(article)
  }

  @Test("Citation markers are left out and mapped", arguments: ["[12]", "[3, 4]", "[citation needed]", "[Data Ref]", "[1-3]"])
  func markers(_ marker: String) throws {
    let article = try Extraction.article(
      "A claim \(marker) stands here, and another one \(marker). Then [sic] and [2021] and [applause] stay.")
    #expect(Extraction.body(article) == "A claim stands here, and another one. Then [sic] and [2021] and [applause] stay.")
    #expect(article.markers == [marker: 2])
    Extraction.checkOffsets(article)
  }

  @Test("Long paragraphs are split at sentence ends into near-equal parts")
  func split() throws {
    let article = try Extraction.article((1...60).map { "This is the sentence with the number \($0) in it." }.joined(separator: " "))
    let counts = article.passages.map { Extraction.text($0).split(separator: " ").count }
    #expect(counts.reduce(0, +) == 600 && counts.count == 3 && counts.allSatisfy { (180...220).contains($0) })
    Extraction.checkOffsets(article)
  }

  @Test("Short paragraphs are joined under one heading")
  func merge() throws {
    let article = try Extraction.article((1...12).map { "Short paragraph number \($0) has nine words in it." }.joined(separator: "\n\n"))
    #expect(article.passages.count == 2)
    #expect(article.passages.first.map { Extraction.text($0).contains("\n\n") } == true)
    Extraction.checkOffsets(article)
  }

  @Test("A name in the body is no author and a date in the body is no date of publication")
  func bodyIsNoMetadata() throws {
    let article = try Extraction.article("Title\n\n\(Self.prose) On 5 May 2020 it rained.\n\nJohn Smith\n\n\(Self.prose) More.")
    #expect(article.date == nil && article.authors.isEmpty)
    #expect(article.quality.contains("no-date") && article.quality.contains("no-author"))
  }

  @Test("The name of a file gives the date when nothing else does")
  func fileName() throws {
    #expect(try Extraction.article(Self.prose, path: "a/2022-03-04_story.txt").date?.isoString == "2022-03-04")
    #expect(try Extraction.article("Date: 1 May 2021\n\n" + Self.prose, path: "a/2022-03-04_story.txt").date?.isoString == "2021-05-01")
  }

  @Test("An empty file is refused", arguments: ["", "\n\n \n", "\u{FEFF}"])
  func empty(_ text: String) {
    #expect { try Extraction.articles(text, path: "a.txt") } throws: { ($0 as? ExtractionError)?.reason.hasPrefix("empty") == true }
  }
}
