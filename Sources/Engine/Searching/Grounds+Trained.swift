// What the trained layer of a topic says of each passage: the words that speak most for the topic, and most against it.
import ArasAPI
import Tagging
import TextAnalysis

extension Grounds {
  /// Words of a passage that are told, on either side.
  private static let mostFor = 10
  private static let mostAgainst = 3

  func trained(_ tagger: Tagger, _ topic: Int, _ entry: TopicEntry, _ article: TaggingInput, _ stored: StoredArticle) -> [Ground] {
    let passages = tagger.trainedGrounds(
      of: topic, title: article.title, passages: article.passages, year: article.year, publishers: article.publishers)
    return (passages ?? []).flatMap { passage in
      let sum =
        "together its \(passage.words.count) trained words give the passage \(Self.decimal(passage.score)), of "
        + "\(Self.decimal(entry.threshold)) needed"
      let words =
        passage.words.filter { $0.weight > 0 }.prefix(Self.mostFor) + passage.words.filter { $0.weight < 0 }.suffix(Self.mostAgainst)
      return words.map { word in
        var found = ground(
          word.inTitle ? .title : word.inHeading ? .heading(passage.passage) : .passage(passage.passage), Int(word.start)..<Int(word.end),
          stored, rule: word.rule, type: "trained", accepted: word.weight > 0,
          "the trained layer\(word.weight > 0 ? "" : ", against the topic"); \(sum)")
        found.passage = stored.passages[passage.passage].id
        found.weight = Double(word.weight)
        return found
      }
    }
  }

  private static func decimal(_ value: Float) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
