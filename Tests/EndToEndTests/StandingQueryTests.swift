import Foundation
import Testing

@testable import ArasAPI
@testable import Client

/// Standing queries of a running daemon: files are saved, and what is told is what a reader of them would say.
@Suite(.serialized) struct StandingQueryTests {
  /// A daemon that follows an empty folder.
  private func daemon(_ extra: [String] = []) throws -> (RunningDaemon, DaemonClient) {
    let daemon = try RunningDaemon()
    try daemon.start(extra)
    return (daemon, try daemon.ready())
  }

  private func subscribe(_ client: DaemonClient, _ request: SubscribeRequest) throws -> SubscribeResult {
    try client.call("subscribe", request).read()
  }

  /// The next match.
  private func match(_ client: DaemonClient) throws -> MatchNotification {
    guard let notification = try client.notification(within: 60_000) else { throw Failure("no notification within a minute") }
    guard notification.method == "match" else { throw Failure("\(notification.method) instead of a match") }
    return try MatchNotification(json: notification.params)
  }

  private func text(_ title: String, _ paragraphs: [String]) -> String {
    let filler = " The foreign ministers discussed the border and the railway at some length on that day, and nobody was surprised."
    return title + "\n\n" + paragraphs.map { $0 + filler + "\n" }.joined(separator: "\n")
  }

  @Test func aSavedFileIsToldWithItsMarks() async throws {
    try await onThread {
      let (daemon, client) = try daemon()
      let reply = try subscribe(client, SubscribeRequest(q: "\"quixotic plan\" actor:iran"))
      try daemon.save("other.txt", text("Other", ["A plan that is quixotic, in Iran, but no phrase."]))
      try daemon.save("one.txt", text("One", ["The quixotic plan of Iran was shown."]))
      let told = try match(client)
      #expect(told.subscription == reply.subscription)
      #expect(told.revision > reply.revision)
      #expect(told.article.path.hasSuffix("one.txt"))
      let snippet = try #require(told.passage.snippets.first)
      let marked = snippet.marks.map {
        "\(String(decoding: Array(snippet.text.utf8)[$0.start..<$0.end], as: UTF8.self)) \($0.kind.rawValue)"
      }
      #expect(marked == ["quixotic term", "plan term", "Iran actor"] || marked == ["quixotic plan term", "Iran actor"])
      let searched = try client.search("\"quixotic plan\" actor:iran") { $0.group = .passage }
      #expect(searched.hits.first?.passages.first?.snippets == told.passage.snippets)
      #expect(searched.hits.first?.article == told.article)
    }
  }

  @Test func changesAreToldOnceAndDeletionsAndOldTextNot() async throws {
    try await onThread {
      let (daemon, client) = try daemon()
      _ = try subscribe(client, SubscribeRequest(q: "obelisk"))
      // Passages long enough to stand alone.
      let long = (0..<12).map { "Sentence number \($0) speaks of roads, bridges and tunnels in the mountains of the south." }.joined(
        separator: " ")
      func file(_ first: String, _ second: String) -> String {
        text("Title", ["\(first) \(long)", "\(second) \(long)", "The end. \(long)"])
      }
      try daemon.save("a.txt", file("An obelisk stands here.", "Nothing stands here."))
      #expect(try match(client).passage.line == 3)
      // A change elsewhere, then the same text again, then a file that goes: none of them is told.
      try daemon.save("a.txt", file("An obelisk stands here.", "A marzipan tower stands here."))
      _ = try client.wait("marzipan") { $0.total.articles == 1 }
      try daemon.save("b.txt", file("Something else.", "Something else."))
      _ = try client.wait("\"something else\"") { $0.total.articles == 1 }
      try FileManager.default.removeItem(at: daemon.sources.appendingPathComponent("b.txt"))
      _ = try client.wait("\"something else\"") { $0.total.articles == 0 }
      // Its own text changes.
      try daemon.save("a.txt", file("Another obelisk stands here.", "A marzipan tower stands here."))
      let changed = try match(client)
      #expect(changed.passage.snippets.first?.text.contains("Another obelisk") == true)
      // Under another name it is another article.
      _ = rename(daemon.sources.path + "/a.txt", daemon.sources.path + "/renamed.txt")
      #expect(try match(client).article.path.hasSuffix("renamed.txt"))
      _ = try client.wait("obelisk") { $0.total.articles == 1 }
      #expect(try client.notification(within: 0) == nil)
    }
  }

  @Test func twoClientsAreToldOfTheirOwnAndUnsubscribeStops() async throws {
    try await onThread {
      let (daemon, first) = try daemon()
      let second = try DaemonClient(to: .unix(path: daemon.socket))
      let mine = try subscribe(first, SubscribeRequest(q: "zephyr"))
      _ = try subscribe(second, SubscribeRequest(q: "zephyr OR marzipan"))
      #expect(try first.status().subscriptions == 2)
      try daemon.save("a.txt", text("A", ["A zephyr blows."]))
      #expect(try match(first).article.path.hasSuffix("a.txt"))
      #expect(try match(second).article.path.hasSuffix("a.txt"))
      #expect(throws: ClientError.self) { _ = try second.call("unsubscribe", UnsubscribeRequest(subscription: mine.subscription)) }
      _ = try first.call("unsubscribe", UnsubscribeRequest(subscription: mine.subscription))
      #expect(try first.status().subscriptions == 1)
      try daemon.save("b.txt", text("B", ["A zephyr blows again."]))
      try daemon.save("c.txt", text("C", ["A marzipan tower."]))
      #expect(Set([try match(second).article.path, try match(second).article.path].map { $0.suffix(5) }) == ["b.txt", "c.txt"])
      #expect(try first.notification(within: 0) == nil)
    }
  }

  @Test func aClientThatIsKilledLeavesNoSubscription() async throws {
    try await onThread {
      let (daemon, client) = try daemon()
      let watcher = Process()
      watcher.executableURL = RunningDaemon.program("aras")
      watcher.arguments = ["watch", "zephyr", "--socket", daemon.socket]
      let errors = Pipe()
      watcher.standardError = errors
      watcher.standardOutput = Pipe()
      try watcher.run()
      _ = errors.fileHandleForReading.availableData
      let deadline = ContinuousClock.now + .seconds(60)
      while try client.status().subscriptions != 1, ContinuousClock.now < deadline { usleep(5000) }
      #expect(try client.status().subscriptions == 1)
      watcher.interruptHard()
      watcher.waitUntilExit()
      while try client.status().subscriptions != 0, ContinuousClock.now < deadline { usleep(5000) }
      #expect(try client.status().subscriptions == 0)
    }
  }

  @Test func aClientThatNeverReadsHoldsNobodyUp() async throws {
    try await onThread {
      let (daemon, client) = try daemon()
      let silent = try DaemonClient(to: .unix(path: daemon.socket))
      for _ in 0..<20 { _ = try silent.send("subscribe", SubscribeRequest(q: "zephyr")) }
      let deadline = ContinuousClock.now + .seconds(60)
      while try client.status().subscriptions != 20, ContinuousClock.now < deadline { usleep(5000) }
      _ = try subscribe(client, SubscribeRequest(q: "zephyr"))
      let long = (0..<400).map {
        "A zephyr blows in sentence number \($0) over roads, bridges and tunnels in the mountains of the south.\n"
      }
      for number in 0..<4 { try daemon.save("\(number).txt", "Title \(number)\n\n" + long.joined(separator: "\n")) }
      let all = try client.wait("zephyr") { $0.total.articles == 4 }.total.passages
      for _ in 0..<all { #expect(try match(client).article.title?.hasPrefix("Title") == true) }
      #expect(try client.search("zephyr").total.passages == all)
      // The one that did not read is told all the same, or how much it has missed.
      var told = 0
      while told < 20 * all {
        guard let notification = try silent.notification(within: 60_000) else { break }
        told += notification.method == "lagged" ? try LaggedNotification(json: notification.params).missed ?? 0 : 1
      }
      #expect(told == 20 * all)
    }
  }

  @Test func theCommandPrintsMatchesAndEnds() async throws {
    try await onThread {
      let (daemon, client) = try daemon()
      func watch(_ arguments: [String]) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = RunningDaemon.program("aras")
        process.arguments = ["watch", "--socket", daemon.socket] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, output)
      }
      let (text, textOutput) = try watch(["zephyr", "--limit", "1", "--color", "always"])
      let (json, jsonOutput) = try watch(["zephyr", "--limit", "2", "--format", "ndjson", "--not-actor", "iran"])
      let (other, _) = try watch(["-zephyr", "--actor", "iran"])
      let deadline = ContinuousClock.now + .seconds(60)
      while try client.status().subscriptions != 3, ContinuousClock.now < deadline { usleep(5000) }
      try daemon.save("a.txt", self.text("A", ["A zephyr blows."]))
      text.waitUntilExit()
      #expect(text.terminationStatus == 0)
      let printed = String(decoding: textOutput.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(printed.contains("a.txt\u{1B}[0m:\u{1B}[32m") && printed.contains("A \u{1B}[1;33mzephyr\u{1B}[0m blows."), "\(printed)")
      try daemon.save("b.txt", self.text("B", ["A zephyr blows in Iran."]))
      try daemon.save("c.txt", self.text("C", ["A zephyr blows once more."]))
      json.waitUntilExit()
      #expect(json.terminationStatus == 0)
      let lines = String(decoding: jsonOutput.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n")
      let paths = try lines.map { try MatchNotification(json: JSONValue(parsing: String($0))).article.path.suffix(5) }
      #expect(paths == ["a.txt", "c.txt"])
      // The third has had nothing to print, and the daemon goes away.
      #expect(try daemon.stop() == 0)
      other.waitUntilExit()
      #expect(other.terminationStatus == 69)
    }
  }

  @Test func theLimitOfTheConfigurationHolds() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      let config = daemon.folder.appendingPathComponent("aras.yaml")
      let root = RunningDaemon.root.path
      try Data(
        """
        registry:
          actors: ["\(root)/config/actors.yaml"]
          topics: ["\(root)/config/topics.yaml"]
        limits: {subscriptions: 2}
        """.utf8
      ).write(to: config)
      try daemon.start(["--config", config.path])
      let client = try daemon.ready()
      for _ in 0..<2 { _ = try subscribe(client, SubscribeRequest(q: "zephyr")) }
      #expect(throws: ClientError.self) { _ = try subscribe(client, SubscribeRequest(q: "zephyr")) }
    }
  }
}
