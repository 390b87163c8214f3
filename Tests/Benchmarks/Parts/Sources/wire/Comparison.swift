// The same queries asked within the process and over the socket.
import ArasAPI
import Engine
import Glibc
import Measuring

/// What the passes of one side took, in nanoseconds.
struct Times {
  var walls: [UInt64] = []
  var here: UInt64 = 0
  var there: UInt64 = 0

  /// Microseconds a query.
  var mean: Double { Double(walls.reduce(0, +)) / Double(walls.count) / 1000 }
  var processor: Double { Double(here + there) / Double(walls.count) / 1000 }
  var ofDaemon: Double { Double(there) / Double(walls.count) / 1000 }

  /// Microseconds of each query's fastest pass, in the mean: what remains true on a busy machine.
  func fastest(of queries: Int) -> Double {
    let best = (0..<queries).map { query in stride(from: query, to: walls.count, by: queries).map { walls[$0] }.min() ?? 0 }
    return Double(best.reduce(0, +)) / Double(queries) / 1000
  }

  func percentile(_ share: Double) -> Double { Double(walls.sorted()[min(walls.count - 1, Int(Double(walls.count) * share))]) / 1000 }
}

struct Question: Sendable {
  /// As it is sent, with the line's end.
  var line: [UInt8]
  var request: SearchRequest

  init(_ line: some Collection<UInt8>) throws {
    self.line = Array(line) + [UInt8(ascii: "\n")]
    request = try SearchRequest(parameters: try JSONValue(parsing: Array(line))["params"] ?? .null)
  }
}

struct Comparison: ~Copyable {
  let index: Index
  let questions: [Question]
  let daemon: pid_t
  var client: LineClient
  private(set) var inProcess = Times()
  private(set) var bySocket = Times()

  init(_ index: Index, _ questions: [Question], daemon: pid_t, socket: String) {
    self.index = index
    self.questions = questions
    self.daemon = daemon
    client = LineClient(path: socket)
  }

  /// Both sides must find the same, or their times say nothing.
  mutating func check() async throws {
    for question in questions {
      let result = try await index.search(question.request)
      let reply = try JSONValue(parsing: client.ask(question.line))["result"]
      let ids = reply?["hits"]?.array?.compactMap { $0["passages"]?.array?.first?["id"]?.string }
      guard ids == result.hits.compactMap(\.passages.first?.id), reply?["total"]?["passages"]?.int == result.total.passages else {
        fail("the daemon and the index in this process do not answer the same: \(String(decoding: question.line, as: UTF8.self))")
      }
    }
  }

  /// Sides take turns in who begins; the first round is not counted.
  mutating func run(rounds: Int) async throws {
    for round in 0...rounds {
      if round == 1 { (inProcess, bySocket) = (Times(), Times()) }
      for isSocket in [round.isMultiple(of: 2), !round.isMultiple(of: 2)] {
        if isSocket { askDaemon() } else { try await askIndex() }
      }
    }
  }

  private mutating func askIndex() async throws {
    let began = time()
    for question in questions {
      let began = wallTime()
      _ = try await index.search(question.request)
      inProcess.walls.append(wallTime() - began)
    }
    inProcess.here += time() - began
  }

  private mutating func askDaemon() {
    let (here, there) = (time(), time(of: daemon))
    for question in questions {
      let began = wallTime()
      _ = client.ask(question.line)
      bySocket.walls.append(wallTime() - began)
    }
    bySocket.here += time() - here
    bySocket.there += time(of: daemon) - there
  }
}
