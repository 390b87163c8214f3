// The outbox as a state: random events against a plain model of what each subscription was told.

import ArasAPI
import TestSupport
import Testing

@testable import Server

@Suite struct OutboxTests {
  private func told(_ bytes: [UInt8]) throws -> (method: String, id: String, number: Int) {
    guard case .notification(let method, let params)? = RPCIncoming(try JSONValue(parsing: bytes)) else { return ("", "", 0) }
    return (method, params["subscription"]?.string ?? "", params["missed"]?.int ?? params["revision"]?.int ?? 0)
  }

  private func numbers(_ outbox: inout Outbox) throws -> [String] {
    var numbers: [String] = []
    while let message = outbox.pop() {
      let told = try told(message)
      numbers.append("\(told.method) \(told.number)")
    }
    return numbers
  }

  @Test func `nothing goes before the reply and everything in order after it`() throws {
    var outbox = Outbox(mostMessages: 10, mostBytes: 1 << 20)
    let ticket = outbox.open()
    outbox.take(FakeService.match("s1", 1), of: ticket)
    outbox.name(ticket, "s1")
    outbox.take(FakeService.match("s1", 2), of: ticket)
    #expect(!outbox.hasMessage)
    outbox.release("s1")
    outbox.take(FakeService.match("s1", 3), of: ticket)
    #expect(try numbers(&outbox) == ["match 1", "match 2", "match 3"])
  }

  @Test func `matches past the bound are counted and told of once there is room`() throws {
    var outbox = Outbox(mostMessages: 4, mostBytes: 1 << 20)
    let ticket = outbox.open()
    outbox.name(ticket, "s1")
    outbox.release("s1")
    for number in 1...10 { outbox.take(FakeService.match("s1", number), of: ticket) }
    #expect(try numbers(&outbox) == ["match 1", "match 2", "match 3", "match 4", "lagged 6"])
    outbox.take(FakeService.match("s1", 11), of: ticket)
    #expect(try numbers(&outbox) == ["match 11"])
  }

  @Test func `bytes are a bound too`() {
    var outbox = Outbox(mostMessages: 1000, mostBytes: 10_000)
    let ticket = outbox.open()
    outbox.name(ticket, "s1")
    outbox.release("s1")
    for number in 1...100 { outbox.take(FakeService.match("s1", number, filler: 4_000), of: ticket) }
    var taken = 0
    while outbox.pop() != nil { taken += 1 }
    #expect(taken < 6)
  }

  @Test func `every match is told or counted whatever happens in whatever order`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let most = Int.random(in: 1...12, using: &random)
      var outbox = Outbox(mostMessages: most, mostBytes: 1 << 20)
      var tickets: [String: Outbox.Ticket] = [:]
      var sent: [String: Int] = [:]
      // By subscription: the number of the last match told or counted.
      var accounted: [String: Int] = [:]
      func pop() throws {
        guard let message = outbox.pop() else { return }
        let told = try told(message)
        #expect(tickets[told.id] != nil, "seed \(seed): a subscription that has ended speaks")
        if told.method == "match" {
          #expect(told.number == accounted[told.id, default: 0] + 1, "seed \(seed)")
          accounted[told.id] = told.number
        } else {
          accounted[told.id, default: 0] += told.number
        }
      }
      for step in 0..<300 {
        let id = tickets.keys.sorted().randomElement(using: &random)
        switch Int.random(in: 0..<20, using: &random) {
        case 0:
          let ticket = outbox.open()
          outbox.name(ticket, "s\(step)")
          tickets["s\(step)"] = ticket
        case 1: if let id { outbox.release(id) }
        case 2:
          if let id, Bool.random(using: &random) {
            let ended = [outbox.close(id), outbox.close(id)]
            #expect(ended == [true, false])
            tickets[id] = nil
          }
        case 3..<12:
          if let id, let ticket = tickets[id] {
            sent[id, default: 0] += 1
            outbox.take(FakeService.match(id, sent[id] ?? 0), of: ticket)
          }
        default: try pop()
        }
      }
      for id in tickets.keys { outbox.release(id) }
      while outbox.hasMessage { try pop() }
      for id in tickets.keys { #expect(accounted[id, default: 0] == sent[id, default: 0], "seed \(seed), \(id)") }
    }
  }
}
