// The commands that look something up: an article, the registry's actors and topics.
import ArasAPI
import ArgumentParser
import Client

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints an article, or one passage of it (ID#3), with the actors in it marked.")

  @Argument(help: "The id of an article or a passage, as search prints it.") var id: String
  @Flag(help: "List what was left out of the search.") var removed = false
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let reply = try client.call("get", GetRequest(id: id, removed: removed))
      switch global.format {
      case .text: Streams.output(global.text.show(try reply.read()))
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.show(try reply.read()))
      }
      return .found
    }
  }
}

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says why an article or a passage has an actor, a place or a topic, or why not: every name and rule that stands in it.")

  @Argument(help: "The id of an article or a passage, as search prints it.") var id: String
  @Argument(help: "An actor, a place or a topic: its id, its label or any of its names.") var tag: [String]
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let reply = try client.call("why", WhyRequest(id: id, tag: tag.joined(separator: " ")))
      let result = try reply.read(WhyResult.self)
      switch global.format {
      case .text: Streams.output(global.text.why(result))
      case .json: global.printJSON(reply)
      case .ndjson: Streams.output(NDJSON.elements(of: reply.value, key: "grounds"))
      case .csv: Streams.output(CSV.why(result))
      }
      return result.tagged ? .found : .nothingFound
    }
  }
}

struct ListArguments: ParsableArguments {
  @Argument(help: "A part of an id, a name or an alias, in any script; none for all.") var query: [String] = []
  @Option(help: "Entries at most.") var limit = 20
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit must be at least 0.") }
  }

  var request: ListRequest { ListRequest(query: query.joined(separator: " "), limit: limit) }
}

struct Actors: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lists the registry's actors with their counts.")

  @OptionGroup var list: ListArguments

  func run() throws {
    try list.global.withClient { (client) throws(ClientError) in
      let reply = try client.call("actors", list.request)
      let result = try reply.read(ActorsResult.self)
      switch list.global.format {
      case .text: Streams.output(list.global.text.actors(result))
      case .json: list.global.printJSON(reply)
      case .ndjson: Streams.output(NDJSON.elements(of: reply.value, key: "actors"))
      case .csv: Streams.output(CSV.actors(result))
      }
      return result.distinct == 0 ? .nothingFound : .found
    }
  }
}
