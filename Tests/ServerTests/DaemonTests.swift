import Engine
import Foundation
import Settings
import Testing

@testable import Server

@Suite struct DaemonTests {
  struct Other: Error {}

  /// An error, and the exit code it ends the daemon with.
  static let failures: [(any Error & Sendable, DaemonFailure.Code)] = [
    (SettingsError([]), .configuration),
    (SocketError(path: "/s", reason: "r", isTaken: true), .busy),
    (SocketError(path: "/s", reason: "r"), .configuration),
    (EngineError(.locked, "l"), .busy),
    (EngineError(.unusable, "u"), .configuration),
    (EngineError(.failed, "f"), .failed),
    (DaemonFailure(.busy, "b"), .busy),
    (Other(), .failed),
  ]

  @Test(arguments: failures.indices)
  func `an error ends the daemon with its exit code`(i: Int) {
    #expect(DaemonFailure(Self.failures[i].0).code == Self.failures[i].1)
  }

  @Test func `stop words are read a word a line, without remarks`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ad-\(UUID().uuidString.prefix(8))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("# words\nvə\r\n  bu  # this\n\n".utf8).write(to: URL(fileURLWithPath: folder + "/az"))
    try Data([0xFF, 0x0A]).write(to: URL(fileURLWithPath: folder + "/bad"))
    var settings = Settings()
    settings.analysis.stopWords = ["az": [folder + "/az"]]
    #expect(try settings.stopWords() == ["az": ["və", "bu"]])
    settings.analysis.stopWords = ["az": [folder + "/bad"]]
    #expect(throws: DaemonFailure.self) { try settings.stopWords() }
  }

  @Test(arguments: [(0, 0, 0), (0, 10, 0), (5, 10, 15), (10, 10, 30), (20, 10, 30)])
  func `the progress bar fills with the work`(done: Int, total: Int, filled: Int) {
    let text = ProgressLine.text(done: done, total: total, rate: 3.6)
    #expect(text.filter { $0 == "█" }.count == filled)
    #expect(text.hasSuffix("\(done)/\(total) files, 4/s"))
  }

  @Test func `threads are as many as said, else as the machine suggests`() {
    var settings = Settings()
    #expect(settings.readerCount >= 2)
    #expect(settings.workerCount >= 1)
    settings.limits.readers = 1
    settings.limits.workers = 5
    #expect(settings.readerCount == 1)
    #expect(settings.workerCount == 5)
  }
}
