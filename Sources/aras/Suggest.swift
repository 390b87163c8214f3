// `aras suggest`, and what the shell's completion asks of the daemon.
import ArasAPI
import ArgumentParser
import Client

struct Suggest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Completes what is typed: words, phrases, titles, actors and topics with their counts.",
    discussion: """
      Examples:
        aras suggest zang
        aras suggest "ceasefire agr"
        aras suggest actor:ир
        aras suggest --format ndjson --limit 5 sanc
      """)

  @Argument(help: "The beginning of a query; none for the most frequent topics and actors.") var prefix: [String] = []
  @Option(help: "Completions at most.") var limit = SuggestRequest.defaultLimit
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit must be at least 0.") }
  }

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let request = SuggestRequest(q: ArgumentPreparation.query(of: prefix), limit: limit)
      let reply = try client.call("suggest", request)
      let result = try reply.read(SuggestResult.self)
      switch global.format {
      case .text: Streams.output(global.text.suggestions(result))
      case .json: global.printJSON(reply)
      case .ndjson: Streams.output(NDJSON.elements(of: reply.value, key: "suggestions"))
      case .csv: Streams.output(CSV.suggestions(result))
      }
      return result.suggestions.isEmpty ? .nothingFound : .found
    }
  }
}

/// Completes words while a command is typed in a shell: what the daemon suggests, and nothing where none answers.
enum ShellCompletion {
  /// Seconds that somebody at a shell waits.
  private static let patience = DaemonClient.Patience(helloSeconds: 1, replySeconds: 1)
  private static let limit = 50

  /// The words that begin like the word at the cursor.
  @Sendable static func words(_ arguments: [String], _ word: String) -> [String] {
    guard !word.isEmpty else { return [] }
    return suggestions(arguments, word).filter { ($0.kind == .word || word.contains(":")) && !$0.text.contains(" ") }.map(\.text)
  }

  /// The ids of a field that begin like the word at the cursor, or of which a name does.
  @Sendable static func values(of field: String, _ arguments: [String], _ word: String) -> [String] {
    suggestions(arguments, "\(field):\(word)").compactMap { $0.kind == .actor || $0.kind == .topic ? $0.id : nil }
  }

  private static func suggestions(_ arguments: [String], _ typed: String) -> [Suggestion] {
    do {
      let endpoint = try SocketLocation.ofThisProcess.find(
        option: value(of: "--socket", arguments), configuration: value(of: "--config", arguments))
      let client = try DaemonClient(to: endpoint, patience: patience)
      return try client.call("suggest", SuggestRequest(q: typed, limit: limit)).read(SuggestResult.self).suggestions
    } catch {
      return []
    }
  }

  private static func value(of option: String, _ arguments: [String]) -> String? {
    if let place = arguments.firstIndex(of: option), place + 1 < arguments.count { return arguments[place + 1] }
    return arguments.first { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }
}
