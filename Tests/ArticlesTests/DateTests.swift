import Testing

@testable import Articles

@Suite("DateReader")
struct DateReaderTests {
  @Test(
    "Dates are read in the forms of every configured language",
    arguments: [
      ("2023-09-05", "2023-09-05"), ("2023-09-05T10:20:00Z", "2023-09-05"), ("2023/9/5", "2023-09-05"), ("25/12/2023", "2023-12-25"),
      ("12/25/2023", "2023-12-25"), ("05.09.2023", "2023-09-05"),
      ("5.9.23", "2023-09-05"), ("5 September 2023", "2023-09-05"), ("September 5, 2023", "2023-09-05"), ("Sept. 5, 2023", "2023-09-05"),
      ("5th of September, 2023", "2023-09-05"),
      ("September 2023", "2023-09"), ("2023-09", "2023-09"), ("2023", "2023"), ("Tue, 05 Sep 2023 10:00:00 GMT", "2023-09-05"),
      ("12 марта 2024 года", "2024-03-12"), ("12 марта 2024 г.", "2024-03-12"),
      ("12 mart 2024-cü il", "2024-03-12"), ("12 mart 2024", "2024-03-12"), ("12 Mart 2024", "2024-03-12"),
      ("3 Ağustos 2021", "2021-08-03"), ("İyul 2020", "2020-07"), ("12 березня 2024 року", "2024-03-12"),
      ("۱۵ شهریور ۱۴۰۲", "2023-09-06"), ("۱۴۰۲/۰۶/۱۴", "2023-09-05"), ("1402/06/14", "2023-09-05"), ("۵ سپتامبر ۲۰۲۳", "2023-09-05"),
      ("1 فروردین 1400", "2021-03-21"), ("1445/03/01", "2023-09-16"),
      ("12 مارس 2024", "2024-03-12"), ("١٢ مارس ٢٠٢٤", "2024-03-12"), ("5 مارتի 2024", "2024"), ("5 մարտի 2024", "2024-03-05"),
      ("2024 թ. մարտի 5", "2024-03-05"), ("5 մարտի, 2024թ.", "2024-03-05"),
      ("12 მარტი, 2024", "2024-03-12"), ("2024 წლის 12 მარტი", "2024-03-12"), ("12. März 2024", "2024-03-12"),
      ("1er mars 2024", "2024-03-01"), ("12 août 2022", "2022-08-12"), ("2023年9月5日", "2023-09-05"),
      ("9 رمضان 1445", "2024-03-19"),
    ])
  func field(_ text: String, _ iso: String) {
    #expect(DateReader.field(text)?.isoString == iso, "\(text)")
  }

  @Test(
    "What is no date is not read as one",
    arguments: [
      "31/02/2023", "version 1.2.3", "5 apples 2023x", "99/99/9999", "12:30", "phone 520.786.0820", "in March", "", "May be", "13/13/2023",
    ])
  func none(_ text: String) {
    #expect(DateReader.dates(in: text).isEmpty, "\(text)")
  }

  @Test("A date of two small numbers stays open until evidence decides")
  func open() {
    #expect(DateReader.dates(in: "05/09/2023").first?.value == .swappable(first: 5, second: 9, year: 2023))
  }

  @Test(
    "The evidence of the document decides between day and month",
    arguments: [
      ("05/09/2023", "", "2023-09-05"), ("05/09/2023", "September 2023", "2023-09-05"), ("05/09/2023", "May 2023", "2023-05-09"),
      ("05/09/2023", "Updated 09/25/2023", "2023-05-09"),
      ("05/09/2023", "Updated 25/09/2023", "2023-09-05"), ("05/09/2023", "May 2021", "2023-09-05"),
    ])
  func evidence(_ date: String, _ footer: String, _ iso: String) throws {
    let prose =
      "The ministers of the two states met on the border and spoke for hours about the road, the bridge and the trade that both of them want to see grow in the years to come."
    let article = try Extraction.article("\(date)\n\nA title of the article\n\n\(prose)\n\n\(prose) Then they left.\n\n\(footer)\n")
    #expect(article.date?.isoString == iso)
  }

  @Test("Years and months keep their precision")
  func precision() {
    #expect(DateReader.field("2021")?.precision == .year)
    #expect(DateReader.field("May 2021")?.precision == .month)
    #expect(DateReader.field("1 May 2021")?.precision == .day)
  }

  @Test(
    "Seconds and milliseconds since 1970 are read in records",
    arguments: [("1693872000", "2023-09-05"), ("1693872000000", "2023-09-05"), ("20230905", "2023-09-05"), ("1693872000.5", "2023-09-05")])
  func epoch(_ text: String, _ iso: String) {
    #expect(Record.day(text, dayFirst: true)?.isoString == iso)
  }
}
