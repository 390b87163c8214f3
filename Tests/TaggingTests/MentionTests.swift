import Testing
import TextAnalysis

@testable import Tagging

/// One sentence, or more, for each rule of acceptance. A text is one article of one passage unless said otherwise.
@Suite struct MentionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var expected: [String]
    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected.sorted()
    }
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case("Iran and Azerbaijan share a border.", "iran", "azerbaijan"),
    Case("IRAN AND AZERBAIJAN SHARE A BORDER", "iran", "azerbaijan"),
    Case("We served turkey and china on a tray."),
    Case("Romania is not where you look for it.", "romania"),
    Case("The Iran–Armenia road and the anti-Iranian mood", "iran", "armenia"),
    Case("Iran’s trade and Armenia's roads", "iran", "armenia"),
    Case("Tehran answered the Kremlin.", "iran", "russia"),
    Case("He told us and then the US told him.", "united-states"),
    Case("The U.S. and the U.N. agreed.", "united-states", "united-nations"),
    Case("SHE TOLD US WHO WAS THERE"),
    Case("East Azerbaijan Province has a governor.", "east-azerbaijan-province"),
    Case("The Turkish Republic of Northern Cyprus held a vote.", "northern-cyprus", "cyprus"),
    Case("Russia's Foreign Ministry spoke.", "russia-mfa", "russia"),
    Case("South Korea and North Korea met.", "south-korea", "north-korea"),
    Case("They went to Moscow. Idaho was far.", "russia"),
    Case("They went to Moscow, Idaho, and Lebanon, Tenn., last week."),
    Case("Iran. Armed Forces Day was quiet.", "iran"),
    Case("The revolutionary guards of the revolution"),
    Case("Zangezur corridor talks", "zangezur-corridor"),
  ])
  func `names, capitals and borders of words`(_ test: Case) {
    #expect(Shared.actors(Shared.tag(test.text)) == test.expected)
  }

  @Test(arguments: [
    Case("Georgia won the game."),
    Case("Georgia's capital Tbilisi was calm.", "georgia"),
    Case("Georgia and Armenia opened a road.", "georgia", "armenia"),
    Case("Jordan scored again and Jordan smiled."),
    Case("Jordan and Israel signed.", "jordan", "israel"),
    Case("Washington was quiet in the rain, and so was Paris."),
    Case("Washington told Moscow and Beijing to talk.", "united-states", "russia", "china"),
    Case("The republic of Georgia is small.", "georgia"),
    Case("Georgian Dream won and the Georgians knew.", "georgian-dream", "georgia"),
    Case("Members of Congress met the US president. Congress voted.", "united-states", "us-congress"),
  ])
  func `weak names need support in the article`(_ test: Case) {
    #expect(Shared.actors(Shared.tag(test.text)) == test.expected)
  }

  @Test(arguments: [
    Case("Putin spoke."),
    Case("President Putin spoke.", "vladimir-putin"),
    Case("Vladimir Putin spoke, and Putin left.", "vladimir-putin"),
    Case("The book by Karim Putin sold well, said Vladimir Putin.", "vladimir-putin"),
    Case("Yesterday in Vienna Maria Putin sang for Foreign Minister Lavrov.", "austria", "sergey-lavrov"),
    Case("In Moscow Putin spoke and President Putin left.", "russia", "vladimir-putin"),
  ])
  func `surnames need a title or the full name`(_ test: Case) {
    #expect(Shared.actors(Shared.tag(test.text)) == test.expected)
  }

  @Test func `a surname in the body is accepted with the article's title`() {
    #expect(Shared.actors(Shared.tag("Later Putin left.", title: "Putin visits a school")) == ["vladimir-putin"])
  }

  @Test func `full names reach other passages but not other articles`() {
    let tags = Shared.tag("Vladimir Putin came.", "Then Putin left.")
    #expect(tags.passages[1].mentions.map(\.rule) == ["surname"])
    #expect(Shared.tag("Then Putin left.").passages[0].mentions.isEmpty)
  }

  @Test func `the year of the article chooses between two of one surname`() {
    #expect(Shared.actors(Shared.tag("President Aliyev spoke.", year: 2020)) == ["ilham-aliyev"])
    #expect(Shared.actors(Shared.tag("President Aliyev spoke.")) == ["ilham-aliyev"])
  }

  @Test func `the publisher's name names nobody`() {
    let text = "The Georgian Institute of Politics wrote about Russia."
    #expect(Shared.actors(Shared.tag(text, publishers: ["Georgian Institute of Politics"])) == ["russia"])
    #expect(Shared.actors(Shared.tag(text)).contains("gip"))
  }

  @Test func `a mention has its bytes, its words, its alias and its rule`() throws {
    let tags = Shared.tag("Then Iran’s Foreign Ministry spoke.")
    let mentions = tags.passages[0].mentions
    #expect(mentions.count == 2)
    let ministry = try #require(mentions.first)
    #expect(Shared.registry.actors[Int(ministry.actor)].id == "iran-mfa")
    #expect((ministry.start, ministry.end) == (5, 30))
    #expect((ministry.firstWord, ministry.lastWord) == (1, 3))
    #expect(ministry.alias == "Iran's Foreign Ministry")
    let iran = try #require(mentions.last)
    #expect((iran.start, iran.end) == (5, 9))
    #expect(iran.rule == "name")
  }

  @Test func `salience comes from title, first sentence and repetition`() {
    let tags = Shared.tag(
      "Iran opened a school. Armenia watched.", "Russia and Russia again. China once.", title: "A school for Turkey")
    let salient = tags.actors.filter(\.isSalient).map { Shared.registry.actors[Int($0.actor)].id }.sorted()
    #expect(salient == ["iran", "russia", "turkey"])
    #expect(tags.actors.count == 5)
  }

  @Test func `tagging the same article twice gives the same tags`() {
    let analyzer = Analyzer()
    let tagger = Tagger(registry: Shared.registry)
    let passage = Shared.passage("President Putin met Iran's envoy in Baku on the peace talks.", analyzer: analyzer)
    let first = tagger.tag(title: nil, passages: [passage])
    _ = tagger.tag(title: nil, passages: [Shared.passage("Nothing here.", analyzer: analyzer)])
    #expect(tagger.tag(title: nil, passages: [passage]) == first)
    #expect(tagger.tag(title: nil, passages: []) == ArticleTags())
  }
}
