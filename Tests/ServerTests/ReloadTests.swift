import Foundation
import Logging
import ServiceLifecycle
import Settings
import Synchronization
import Testing

@testable import Server

@Suite(.serialized) final class ReloadTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ar-\(UUID().uuidString.prefix(8))").path

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }

  @Test func `a file that was written, replaced, made or removed has changed`() throws {
    let files = ["a", "b", "c", "d"].map { folder + "/" + $0 }
    try write("a", "1")
    try write("b", "1")
    try write("d", "1")
    var stamps = FileStamps(files: files)
    #expect(stamps.changed(among: files) == [])
    try write("a", "longer")
    try write("c", "new")
    try FileManager.default.removeItem(atPath: files[3])
    #expect(stamps.changed(among: files) == [files[0], files[2], files[3]])
    #expect(stamps.changed(among: files) == [])
    try write("e", "1")
    try FileManager.default.moveItem(atPath: folder + "/e", toPath: files[3])
    #expect(stamps.changed(among: files + [folder + "/f"]) == [files[3]])
  }

  /// Runs a service that looks at a file, until the body is done with what it asks for.
  /// - Parameter body: begun at the second look, when the first one is remembered and signals are trapped.
  private func reloading(
    _ file: String, interval: Duration, _ body: (inout AsyncStream<String>.AsyncIterator) async throws -> Void
  ) async throws {
    let (reasons, continuation) = AsyncStream<String>.makeStream()
    let looks = Mutex(0)
    let isLooking = Gate()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let service = ReloadService(
      files: {
        let count = looks.withLock { count in
          count += 1
          return count
        }
        if count == 2 { isLooking.open() }
        return [file]
      }, interval: interval, logger: logger
    ) {
      continuation.yield($0)
    }
    let group = ServiceGroup(configuration: .init(services: [.init(service: service)], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = reasons.makeAsyncIterator()
      await isLooking.wait()
      try await body(&iterator)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  @Test func `a changed file and a hangup signal ask for a reload`() async throws {
    let file = folder + "/a"
    try write("a", "1")
    try await reloading(file, interval: .milliseconds(2)) { reasons in
      try write("a", "longer")
      #expect(await reasons.next() == "\(file) changed")
      kill(getpid(), SIGHUP)
      while let reason = await reasons.next(), reason != "SIGHUP" {}
    }
  }

  /// What changes is either seen by the second look or told by the folder, which is watched before it.
  @Test func `a change is seen without waiting for the next look`() async throws {
    let file = folder + "/a"
    try write("a", "1")
    try await reloading(file, interval: .seconds(3600)) { reasons in
      for text in ["longer", "longer still"] {
        try write("b", text)
        #expect(rename(folder + "/b", file) == 0)
        #expect(await reasons.next() == "\(file) changed")
      }
    }
  }

  @Test func `a log message stays on its line`() {
    let lines = Mutex<[String]>([])
    let logger = Logger(label: "x") { _ in StandardErrorLog { line in lines.withLock { $0.append(line) } } }
    LogThreshold.set(.warning)
    defer { LogThreshold.set(.info) }
    logger.info("not written")
    logger.warning("a\nb", metadata: ["path": "x\ny", "name": "two words"])
    let text = lines.withLock { $0 }
    #expect(text.count == 1)
    #expect(text.first?.hasSuffix(" warning a\\xab name=\"two words\" path=x\\xay\n") == true)
  }
}
