import Foundation
import TestSupport
import Testing

@testable import ArasAPI
@testable import Client

/// A client that sends garbage, half a line, a line past the limit, or goes away in the middle disturbs no other.
@Suite(.serialized) struct BadClientTests {
  @Test func badClientsDisturbNobody() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      try daemon.save("a.txt", "Title\n\nThe word quixotic stands in the only article that this index has, for now.\n")
      try daemon.start()
      let good = try daemon.ready()
      let endpoint = Endpoint.unix(path: daemon.socket)
      var random = SeededRandom(seed: 7)
      for round in 0..<20 {
        let garbage = try Connection(to: endpoint)
        try garbage.send((0..<500).map { _ in UInt8.random(in: 0...255, using: &random) } + [0x0A])
        let half = try Connection(to: endpoint)
        try half.send(Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"meth".utf8))
        let gone = try Connection(to: endpoint)
        try gone.send(Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"search\",\"params\":{\"q\":\"quixotic\"}}\n".utf8))
        if round % 5 == 0 {
          let long = try Connection(to: endpoint)
          // The daemon answers with an error and closes; what is still being sent then fails, as it should.
          try? long.send(Array(repeating: UInt8(ascii: "x"), count: 3 << 20))
        }
        #expect(try good.search("quixotic").total.articles == 1, "round \(round)")
      }
      let wrong = try DaemonClient(to: endpoint)
      #expect(throws: ClientError.self) { try wrong.call("serach", EmptyRequest()) }
      #expect(try wrong.search("quixotic").total.articles == 1)
      #expect(try daemon.stop() == 0)
    }
  }
}
