// What a search is typed with on a command line, before the options are read: `-word` is an exclusion of the query
// language, not a row of short options, and options for every command may stand before the command's name.

/// Prepares the arguments of the process.
package enum ArgumentPreparation {
  private static let globalOptions = ["--socket", "--config", "--format", "--color"]
  private static let commandsBelow: [String: Set<String>] = ["topics": ["list", "show", "train", "remove"]]
  private static let queryCommands: Set<String> = ["search", "count", "facets", "suggest", "similar", "export", "watch"]

  package static func prepared(_ arguments: [String]) -> [String] {
    var moved: [String] = []
    var rest = arguments[...]
    while let argument = rest.first {
      if globalOptions.contains(argument), rest.count > 1 {
        moved += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if globalOptions.contains(where: { argument.hasPrefix($0 + "=") }) {
        moved.append(argument)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard let first = rest.first else { return arguments }
    var words = rest.dropFirst()
    var command = [first]
    if let second = words.first, commandsBelow[first]?.contains(second) == true {
      command.append(second)
      words = words.dropFirst()
    }
    return command + moved + (queryCommands.contains(first) ? shielded(words) : Array(words))
  }

  /// Puts a space before each word that would be taken for short options; `query(of:)` takes it away.
  private static func shielded(_ words: ArraySlice<String>) -> [String] {
    var out: [String] = []
    for (index, word) in zip(words.indices, words) {
      if word == "--" { return out + words[index...] }
      let isLong = word.hasPrefix("--") && !word.prefix { $0 != "=" }.contains(where: \.isWhitespace)
      out.append(word.hasPrefix("-") && word != "-" && word != "-h" && !isLong ? " " + word : word)
    }
    return out
  }

  /// Joins the words of a query.
  package static func query(of words: [String]) -> String {
    words.map { $0.hasPrefix(" -") ? String($0.dropFirst()) : $0 }.joined(separator: " ")
  }
}
