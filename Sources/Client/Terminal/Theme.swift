// The colours of the text output, in one place; without colour every style is nothing.

/// Is what a part of the output is.
package enum Style: Sendable {
  case title, path, line, term, actor, bar, selected, faint, problem

  /// The parameters of the escape sequence "select graphic rendition".
  var code: String {
    switch self {
    case .title: "1"
    case .path: "35"
    case .line: "32"
    case .term: "1;33"
    case .actor: "36"
    case .bar: "34"
    case .selected: "1"
    case .faint: "2"
    case .problem: "1;31"
    }
  }
}

/// Dresses parts of the output.
package struct Theme: Sendable {
  package var colored: Bool

  package init(colored: Bool) { self.colored = colored }

  package func begin(_ style: Style) -> String { colored ? "\u{1B}[\(style.code)m" : "" }
  package var end: String { colored ? "\u{1B}[0m" : "" }

  package func apply(_ style: Style, _ text: String) -> String {
    colored && !text.isEmpty ? begin(style) + text + end : text
  }
}

/// Is when the output is coloured.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto, always, never

  /// Decides for one stream.
  package func colored(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }
  }
}
