// A snippet on one line of a terminal: its marks coloured, its control characters made visible.
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
      Visible.append(scalar, to: &out, keepsLines: keepsLines)
      offset += UTF8.width(scalar)
    }
    if open != nil { out += theme.end }
    return out
  }

  package func render(_ snippet: Snippet) -> String { render(snippet.text, marks: snippet.marks) }
}
