// What one connection's standing queries have to say and has not been sent yet. A pure state: events go in, messages come out, in order
// and within bounds. A client that reads too slowly loses matches, but never without being told how many, and in the right place.

import ArasAPI
import DequeModule

struct Outbox: Sendable {
  /// Stands for a subscription from before its id is known.
  typealias Ticket = Int

  private struct Subscription: Sendable {
    var id: String?
    /// Matches that came before the reply that says the id.
    var held: [[UInt8]]? = []
    /// Matches left out since the last that was taken, and the revision of the last of them.
    var missed = 0
    var revision: UInt64 = 0
  }

  private struct Message: Sendable {
    var ticket: Ticket
    var bytes: [UInt8]
  }

  private let mostMessages: Int
  private let mostBytes: Int
  private var subscriptions: [Ticket: Subscription] = [:]
  private var tickets: [String: Ticket] = [:]
  private var next = 0
  private var queue: Deque<Message> = []
  /// Of what is queued and what is held.
  private var messages = 0
  private var bytes = 0
  /// Subscriptions that have matches left out to tell of, in the order in which that began.
  private var lagging: [Ticket] = []

  init(mostMessages: Int, mostBytes: Int) {
    self.mostMessages = mostMessages
    self.mostBytes = mostBytes
  }

  /// Subscriptions, those without an id among them.
  var count: Int { subscriptions.count }
  var ids: [String] { Array(tickets.keys) }

  // MARK: Subscriptions

  mutating func open() -> Ticket {
    next += 1
    subscriptions[next] = Subscription()
    return next
  }

  mutating func name(_ ticket: Ticket, _ id: String) {
    subscriptions[ticket]?.id = id
    tickets[id] = ticket
  }

  /// The reply that says the id has been sent: what was held back may follow.
  mutating func release(_ id: String) {
    guard let ticket = tickets[id], let held = subscriptions[ticket]?.held else { return }
    subscriptions[ticket]?.held = nil
    queue += held.map { Message(ticket: ticket, bytes: $0) }
    tellLagging()
  }

  /// Ends a subscription, with what it has not said yet.
  mutating func close(_ ticket: Ticket) {
    guard let subscription = subscriptions.removeValue(forKey: ticket) else { return }
    if let id = subscription.id { tickets[id] = nil }
    lagging.removeAll { $0 == ticket }
    let left = queue.filter { $0.ticket == ticket }.map(\.bytes) + (subscription.held ?? [])
    messages -= left.count
    bytes -= left.reduce(0) { $0 + $1.count }
    queue.removeAll { $0.ticket == ticket }
    tellLagging()
  }

  mutating func close(_ id: String) -> Bool {
    guard let ticket = tickets[id] else { return false }
    close(ticket)
    return true
  }

  // MARK: Messages

  /// Takes an event, or counts it where there is no room.
  mutating func take(_ event: StandingEvent, of ticket: Ticket) {
    guard var subscription = subscriptions[ticket] else { return }
    if case .match = event, subscription.missed > 0 || messages >= mostMessages || bytes >= mostBytes {
      if subscription.missed == 0 { lagging.append(ticket) }
      subscription.missed += 1
      subscription.revision = event.revision
      subscriptions[ticket] = subscription
      return
    }
    append(event.message, ticket)
  }

  private mutating func append(_ message: [UInt8], _ ticket: Ticket) {
    messages += 1
    bytes += message.count
    if subscriptions[ticket]?.held != nil {
      subscriptions[ticket]?.held?.append(message)
    } else {
      queue.append(Message(ticket: ticket, bytes: message))
    }
  }

  var hasMessage: Bool { !queue.isEmpty }

  /// The next message to send.
  mutating func pop() -> [UInt8]? {
    guard let message = queue.popFirst()?.bytes else { return nil }
    messages -= 1
    bytes -= message.count
    tellLagging()
    return message
  }

  /// The next messages to send, those that begin within so many bytes.
  mutating func pop(upTo limit: Int) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    var size = 0
    while size < limit, let message = pop() {
      size += message.count
      messages.append(message)
    }
    return messages
  }

  /// With half of the room free again, the subscriptions that have lost matches say so and go on.
  private mutating func tellLagging() {
    guard messages <= mostMessages / 2, bytes <= mostBytes / 2 else { return }
    for ticket in lagging {
      guard let subscription = subscriptions[ticket], let id = subscription.id, subscription.held == nil else { continue }
      let notice = LaggedNotification(
        subscription: id, revision: subscription.revision, missed: subscription.missed,
        message: "\(subscription.missed) matches were left out: the client reads more slowly than they come; search for them")
      subscriptions[ticket]?.missed = 0
      append(StandingEvent.lagged(notice).message, ticket)
    }
    lagging.removeAll { subscriptions[$0]?.missed ?? 0 == 0 }
  }
}
