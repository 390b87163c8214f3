// A file of marked examples, in both of its forms, and what is said of a bad line.
import Testing

@testable import ArasAPI
@testable import Client

@Suite struct MarkedExamplesTests {
  private func parse(_ text: String) throws -> [MarkedExample] {
    try MarkedExamples.parse(InputLines(file: "m", bytes: Array(text.utf8)))
  }

  @Test(arguments: [
    """
    {"text": "Tariffs rose.", "title": "Trade", "label": "yes", "source": "x"}
    {"id": "vje1q5wz65znb#3", "label": "no"}

    {"_id": "doc 7", "id": "7", "body": "Es regnet.", "lang": "de", "label": false}
    {"title": "Trade", "label": 1}
    """
  ])
  func `lines of JSON`(_ text: String) throws {
    #expect(
      try parse(text) == [
        MarkedExample(.text("Tariffs rose.", title: "Trade", language: nil), isYes: true),
        MarkedExample(.id("vje1q5wz65znb#3"), isYes: false),
        MarkedExample(.text("Es regnet.", title: nil, language: "de"), isYes: false),
        MarkedExample(.text("", title: "Trade", language: nil), isYes: true),
      ])
  }

  @Test(arguments: ["", "label\ttext\ttitle\n", "\u{FEFF}# marked by hand\r\n"])
  func `lines of label, tab and text`(_ head: String) throws {
    let rest = "yes\tTariffs rose.\tTrade\nNO\tvje1q5wz65znb#3\r\n-1\tIt rained.\n+\tA \"b\" c\t\n"
    #expect(
      try parse(head + rest) == [
        MarkedExample(.text("Tariffs rose.", title: "Trade", language: nil), isYes: true),
        MarkedExample(.id("vje1q5wz65znb#3"), isYes: false),
        MarkedExample(.text("It rained.", title: nil, language: nil), isYes: false),
        MarkedExample(.text("A \"b\" c", title: nil, language: nil), isYes: true),
      ])
  }

  @Test(arguments: [
    ("yes\ta b\nmaybe\tc d", "m:2: the label is \"maybe\"; expected yes or no"), ("yes a b", "m:1: a label, a tab and a text or an id"),
    ("yes\t ", "m:1: the text is empty"), ("", "m holds no example"), ("label\ttext", "m holds no example"),
    ("{\"text\": \"a\"}", "m:1: has no \"label\""), ("{\"label\": \"yes\"}", "m:1: has neither a \"text\" nor the \"id\""),
    ("{\"text\": \" \", \"label\": true}", "m:1: the \"text\" is empty"), ("{\"text\": 7, \"label\": true}", "m:1: the \"text\" is empty"),
    ("{\"text\": \"a\", \"label\": 2}", "m:1: the label is 2"), ("{\"text\": \"a\", \"label\": \"yes\"", "m:1: not JSON"),
    ("{\"text\": \"a\", \"label\": 1}\n[1]", "m:2: not an object"),
  ])
  func `a bad line is named`(_ text: String, _ message: String) {
    #expect { try parse(text) } throws: { "\($0)".contains(message) }
  }

  @Test func `requests are read as they are written`() throws {
    let request = TrainRequest(
      topic: "gas", label: "Gas", parent: "energy",
      examples: [MarkedExample(.id("a#1"), isYes: true), MarkedExample(.text("t", title: "h", language: "de"), isYes: false)], more: true,
      draft: "d1", wait: true)
    var writer = JSONWriter()
    request.write(to: &writer)
    #expect(try TrainRequest(parameters: JSONValue(parsing: writer.bytes)) == request)
    for (parameters, name) in [
      ("{}", "topic"), ("{\"topic\": \"t\", \"examples\": [{\"id\": \"a\"}]}", "examples[0].label"),
      ("{\"topic\": \"t\", \"examples\": [{\"label\": true}]}", "examples[0].id"), ("{\"topic\": \"t\", \"examples\": {}}", "examples"),
      ("{\"topic\": \"t\", \"exampels\": []}", "exampels"),
    ] {
      #expect { try TrainRequest(parameters: JSONValue(parsing: Array(parameters.utf8))) } throws: {
        ($0 as? APIError)?.detail("parameter")?.string == name
      }
    }
  }
}
