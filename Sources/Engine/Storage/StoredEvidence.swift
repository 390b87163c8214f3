// How a piece of evidence for a topic is written into a passage's record: the rule, or the trained word, and where it stands when that is
// not the passage's own text.
import Tagging

extension Tagging.TopicEvidence {
  private static let trained = "trained: "
  private static let heading = " (heading)"
  private static let title = " (title)"

  /// `gas pipeline*`, `peace talks (heading)`, `trained: tariff`, `trained: tariff (title)`
  var storedRule: String { (isTrained ? Self.trained + rule : rule) + (inTitle ? Self.title : inHeading ? Self.heading : "") }

  /// Whether the offsets of a stored rule are those of the passage's text.
  static func isInText(storedRule rule: String) -> Bool {
    !rule.hasSuffix(heading) && !(rule.hasPrefix(trained) && rule.hasSuffix(title))
  }
}
