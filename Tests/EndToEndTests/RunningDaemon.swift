import Foundation

@testable import ArasAPI
@testable import Client

/// The built `arasd`, running on folders of its own that go away with it.
final class RunningDaemon {
  let folder: URL
  let sources: URL
  private let seeds: URL?
  private(set) var process: Process?
  private var environment: [String: String] = [:]

  var socket: String { folder.appendingPathComponent("s").path }
  var index: String { folder.appendingPathComponent("index").path }
  var log: URL { folder.appendingPathComponent("log") }

  /// - Parameter seeds: a folder to serve instead of one of the daemon's own.
  init(seeds: URL? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("aras-e2e-\(UUID().uuidString.prefix(8))")
    sources = folder.appendingPathComponent("articles")
    self.seeds = seeds
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
  }

  deinit {
    process?.interruptHard()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The folder of the built programs: the test bundle lies there, too.
  static let programs = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".build/debug")
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func program(_ name: String) -> URL {
    let near = programs.appendingPathComponent(name)
    return FileManager.default.isExecutableFile(atPath: near.path) ? near : root.appendingPathComponent(".build/debug/\(name)")
  }

  @discardableResult
  func start(_ extra: [String] = []) throws -> Process {
    let process = Process()
    process.executableURL = Self.program("arasd")
    process.currentDirectoryURL = Self.root
    process.arguments =
      ["serve", "--source", (seeds ?? sources).path, "--index", index, "--socket", socket, "--no-http"] + extra
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    let handle = try FileHandle(forWritingTo: log)
    try handle.seekToEnd()
    process.standardError = handle
    process.standardOutput = handle
    try process.run()
    self.process = process
    return process
  }

  /// Connects and waits until everything is indexed.
  func ready() throws -> DaemonClient {
    let deadline = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < deadline {
      if let client = try? DaemonClient(to: .unix(path: socket)), try client.status().state == .ready { return client }
      guard process?.isRunning == true else { throw Failure("arasd ended: \(logText)") }
      usleep(20_000)
    }
    throw Failure("arasd was not ready in time: \(logText)")
  }

  var logText: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  func kill9() {
    guard let process, process.isRunning else { return }
    process.interruptHard()
    process.waitUntilExit()
  }

  func stop() throws -> Int32 {
    guard let process else { return -1 }
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  func save(_ name: String, _ text: String) throws {
    let url = sources.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}

/// Runs a test that talks to other processes on a thread of its own: the cooperative pool has few, and none of them may wait.
func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
  try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}

struct Failure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension Process {
  func interruptHard() { if isRunning { kill(processIdentifier, SIGKILL) } }
}

extension DaemonClient {
  func status() throws -> StatusResult { try call("status", EmptyRequest()).read() }

  func search(_ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) throws -> SearchResult {
    var request = SearchRequest(q: q)
    change(&request)
    return try call("search", request).read()
  }

  /// Asks until the answer is what is waited for: the index follows the files by itself.
  func wait(_ q: String, until holds: (SearchResult) -> Bool) throws -> SearchResult {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let result = try search(q)
      if holds(result) { return result }
      guard ContinuousClock.now < deadline else { throw Failure("\(q): still \(result.total) after a minute") }
      usleep(5000)
    }
  }
}

/// The folder with the real seeds, where there is one.
enum Shared {
  static let folder = ProcessInfo.processInfo.environment["ARAS_SHARED"].map { URL(fileURLWithPath: $0) }
  static let seeds = folder?.appendingPathComponent("seeds")
  static let isThere = seeds.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
}
