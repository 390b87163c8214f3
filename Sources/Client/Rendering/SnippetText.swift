// A snippet on one line of a terminal: its marks coloured, its control characters made visible, an ellipsis where the passage goes on.
import ArasAPI

/// Renders text with marks.
package struct SnippetText: Sendable {
  package var theme: Theme

  package init(theme: Theme) { self.theme = theme }

  /// Renders a text whose marks are byte offsets in it; a mark that leaves the text, or starts before the last one ends, is
  /// cut to fit rather than trusted.
  package func render(_ text: String, marks: [Mark], keepsLines: Bool = false) -> String {
    var out = ""
    var offset = 0
    var rest = marks.sorted { $0.start < $1.start }[...]
    var open: Mark?
    var lastIsBreak = false
    for scalar in text.unicodeScalars {
      if let mark = open, offset >= mark.end {
        out += theme.end
        open = nil
      }
      while open == nil, let mark = rest.first, mark.start <= offset {
        rest.removeFirst()
        if mark.end > offset {
          out += theme.begin(mark.kind == .actor ? .actor : .term)
          open = mark
        }
      }
      // Lines of a snippet stand on one line: several breaks make one blank.
      let isBreak = scalar.value <= 0x20 && scalar.properties.isWhitespace && !keepsLines
      if !isBreak || !lastIsBreak { Visible.append(scalar, to: &out, keepsLines: keepsLines) }
      lastIsBreak = isBreak
      offset += UTF8.width(scalar)
    }
    if open != nil { out += theme.end }
    return out
  }

  package func render(_ snippet: Snippet) -> String {
    (snippet.moreBefore ? "… " : "") + render(snippet.text, marks: snippet.marks) + (snippet.moreAfter ? " …" : "")
  }
}
