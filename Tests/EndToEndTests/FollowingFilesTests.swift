import Foundation
import Testing

@testable import ArasAPI
@testable import Client

/// The index follows the files by itself, whatever happens to them.
@Suite(.serialized) struct FollowingFilesTests {
  private func text(_ title: String, _ body: String) -> String {
    "\(title)\n\n\(body) The foreign ministers of Armenia and Azerbaijan discussed the border and the railway at some length on that day.\n"
  }

  @Test func savedChangedRenamedMovedAndDeleted() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      try daemon.save("first.txt", text("First", "The word quixotic stands here."))
      try daemon.start()
      let client = try daemon.ready()
      #expect(try client.search("quixotic").total.articles == 1)

      try daemon.save("second.txt", text("Second", "The word zephyr stands here."))
      let second = try client.wait("zephyr") { $0.total.articles == 1 }
      #expect(second.hits.first?.article.path.hasSuffix("second.txt") == true)

      try daemon.save("first.txt", text("First", "The word obelisk stands here."))
      _ = try client.wait("obelisk") { $0.total.articles == 1 }
      #expect(try client.search("quixotic").total.articles == 0)

      // As editors save: a file beside it takes its place.
      try daemon.save("first.txt~", text("First", "The word labyrinth stands here."))
      _ = rename(daemon.sources.path + "/first.txt~", daemon.sources.path + "/first.txt")
      _ = try client.wait("labyrinth") { $0.total.articles == 1 }
      #expect(try client.search("obelisk").total.articles == 0)

      _ = rename(daemon.sources.path + "/second.txt", daemon.sources.path + "/third.txt")
      let moved = try client.wait("zephyr") { $0.hits.first?.article.path.hasSuffix("third.txt") == true }
      #expect(moved.total.articles == 1)

      try daemon.save("../outside/deep/fourth.txt", text("Fourth", "The word marzipan stands here."))
      _ = rename(daemon.folder.path + "/outside", daemon.sources.path + "/inside")
      _ = try client.wait("marzipan") { $0.total.articles == 1 }
      _ = rename(daemon.sources.path + "/inside", daemon.folder.path + "/outside")
      _ = try client.wait("marzipan") { $0.total.articles == 0 }

      let before = try client.search("*").facets[.actor]?.values.first { $0.id == "armenia" }?.count
      #expect(before == 2)
      try FileManager.default.removeItem(at: daemon.sources.appendingPathComponent("third.txt"))
      _ = try client.wait("zephyr") { $0.total.articles == 0 }
      #expect(try client.search("*").facets[.actor]?.values.first { $0.id == "armenia" }?.count == 1)
      #expect(try daemon.stop() == 0)
    }
  }

  @Test func whatChangedWhileItWasNotRunning() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      for name in ["a", "b", "c"] { try daemon.save("\(name).txt", text("Title \(name)", "The word \(name)alpha stands here.")) }
      try daemon.start()
      let uuid = try daemon.ready().status().uuid
      #expect(try daemon.stop() == 0)
      try FileManager.default.removeItem(at: daemon.sources.appendingPathComponent("a.txt"))
      try daemon.save("b.txt", text("Title b", "The word bbeta stands here."))
      try daemon.save("d.txt", text("Title d", "The word dalpha stands here."))
      try daemon.start()
      let client = try daemon.ready()
      #expect(try client.status().uuid == uuid)
      #expect(try client.search("aalpha").total.articles == 0)
      #expect(try client.search("balpha").total.articles == 0)
      for word in ["bbeta", "calpha", "dalpha"] { #expect(try client.search(word).total.articles == 1, "\(word)") }
    }
  }

  @Test func aSecondDaemonLeavesTheIndexAlone() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      try daemon.save("a.txt", text("Title", "The word quixotic stands here."))
      let first = try daemon.start()
      let client = try daemon.ready()
      let second = Process()
      second.executableURL = RunningDaemon.program("arasd")
      second.currentDirectoryURL = RunningDaemon.root
      second.arguments = ["serve", "--source", daemon.sources.path, "--index", daemon.index, "--socket", daemon.socket + "2", "--no-http"]
      let pipe = Pipe()
      second.standardError = pipe
      try second.run()
      let message = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      second.waitUntilExit()
      #expect(second.terminationStatus == 75)
      #expect(message.contains("in use by another arasd") && message.contains("\(first.processIdentifier)"), "\(message)")
      #expect(try client.search("quixotic").total.articles == 1)
    }
  }

  @Test func actorsAreReloadedWithoutARestart() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      try daemon.save("a.txt", text("Title", "The Zorblatt Agency opened an office in Ruritania last week, and nobody was surprised."))
      let own = daemon.folder.appendingPathComponent("own.yaml")
      let config = daemon.folder.appendingPathComponent("aras.yaml")
      try Data("actors: []\n".utf8).write(to: own)
      let root = RunningDaemon.root.path
      try Data(
        """
        registry:
          actors: ["\(root)/config/actors.yaml", "\(own.path)"]
          topics: ["\(root)/config/topics.yaml"]
        """.utf8
      ).write(to: config)
      try daemon.start(["--config", config.path])
      let client = try daemon.ready()
      #expect(try client.search("actor:zorblatt-agency").total.articles == 0)
      try Data(
        """
        actors:
          - id: zorblatt-agency
            kind: organisation
            label: Zorblatt Agency
            names: [Zorblatt Agency]

        """.utf8
      ).write(to: own)
      let found = try client.wait("actor:zorblatt-agency") { $0.total.articles == 1 }
      #expect(found.facets[.actor]?.values.contains { $0.id == "zorblatt-agency" && $0.label == "Zorblatt Agency" } == true)
    }
  }
}
