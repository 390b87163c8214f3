// `aras topics`: the topics that there are, and those that a user teaches by examples.
import ArasAPI
import ArgumentParser
import Client

struct Topics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the topics, shows one, and learns one from examples.",
    discussion: """
      Examples:
        aras topics energy
        aras topics show arms-trade
        aras topics train gas-trade --from marked.jsonl --label "Gas trade" --parent economy-energy
        aras topics remove gas-trade
      """,
    subcommands: [ListTopics.self, ShowTopic.self, TrainTopic.self, RemoveTopic.self], defaultSubcommand: ListTopics.self)
}

struct ListTopics: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the topics with their counts.")

  @OptionGroup var list: ListArguments

  func run() throws {
    try list.global.withClient { (client) throws(ClientError) in
      let reply = try client.call("topics", list.request)
      let result = try reply.read(TopicsResult.self)
      switch list.global.format {
      case .text: Streams.output(list.global.text.topics(result))
      case .json: list.global.printJSON(reply)
      case .ndjson: Streams.output(NDJSON.elements(of: reply.value, key: "topics"))
      case .csv: Streams.output(CSV.topics(result))
      }
      return result.distinct == 0 ? .nothingFound : .found
    }
  }
}

struct ShowTopic: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints one topic: its rules, and the words that its trained layer knows.")

  @Argument(help: "The id or the label of a topic.") var topic: [String]
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let reply = try client.call("topic", TopicRequest(topic: topic.joined(separator: " ")))
      switch global.format {
      case .text: Streams.output(global.text.topic(try reply.read()))
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.members(reply.value))
      }
      return .found
    }
  }
}

struct TrainTopic: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learns a topic from marked examples.",
    discussion: """
      The examples: JSON Lines of {"text": …, "title": …, "label": "yes"} or {"id": …, "label": "no"}, where an id is that of an article \
      or a passage, as search prints it; or lines of yes or no, a tab, and a text or an id. At least 10 must be marked yes, better 50; \
      what is marked no should be what could be mistaken for the topic. A bad line is named, and nothing is learnt.

      A passage has the topic when its rules say so, or what was learnt. Training again replaces what was learnt before.

      Examples:
        aras topics train arms-trade --from marked.tsv
        aras topics train gas-trade --from marked.jsonl --label "Gas trade" --parent economy-energy
      """)

  @Argument(help: "The id of a topic, there already or new: lower-case letters, digits and hyphens.") var topic: String
  @Option(help: ArgumentHelp("The marked examples; - for standard input.", valueName: "file"), completion: .file()) var from: String
  @Option(help: "How a new topic is shown; else made of its id.") var label: String?
  @Option(help: ArgumentHelp("The topic that a new one belongs to.", valueName: "id")) var parent: String?
  @Flag(help: "Do not wait until the index is tagged anew.") var noWait = false
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient(patience: .long) { (client) throws(ClientError) in
      let examples = try MarkedExamples.read(from)
      let request = TrainRequest(topic: topic, label: label, parent: parent, examples: examples, wait: !noWait)
      let reply = try MarkedExamples.train(request, with: client)
      switch global.format {
      case .text: Streams.output(global.text.trained(try reply.read()))
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.members(reply.value))
      }
      return .found
    }
  }
}

struct RemoveTopic: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Takes away what was learnt for a topic; its rules stay.")

  @Argument(help: "The id of a topic.") var topic: String
  @Flag(help: "Do not wait until the index is tagged anew.") var noWait = false
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient(patience: .long) { (client) throws(ClientError) in
      let reply = try client.call("forget", TopicRequest(topic: topic, wait: !noWait))
      let result = try reply.read(ForgetResult.self)
      switch global.format {
      case .text:
        Streams.output("\(Visible.text(result.file)) removed; \(result.stays ? "the topic keeps its rules" : "the topic is gone")\n")
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.members(reply.value))
      }
      return .found
    }
  }
}
