// Follows one standing query: asks, and gives out what the daemon tells, for as long as both are there.
import ArasAPI

/// Watches a query over a connection of its own.
package struct Watcher {
  package var client: DaemonClient
  package var request: SubscribeRequest
  /// Matches after which to end; nil for never.
  package var limit: Int?

  package init(client: DaemonClient, request: SubscribeRequest, limit: Int? = nil) {
    self.client = client
    self.request = request
    self.limit = limit
  }

  /// What there is to show.
  package enum Event: Sendable {
    /// The daemon watches from now on.
    case begun(SubscribeResult)
    /// A match, and its `params` as they came.
    case match(MatchNotification, JSONValue)
    case lagged(LaggedNotification)
  }

  /// Returns when there were as many matches as asked for; throws when the daemon goes away.
  package func run(_ show: (Event) -> Void) throws(ClientError) {
    let reply = try client.call("subscribe", request).read(SubscribeResult.self)
    show(.begun(reply))
    var shown = 0
    while limit.map({ shown < $0 }) ?? true {
      let notification: Notification?
      do {
        notification = try client.notification(within: -1)
      } catch .closed {
        throw .gone
      }
      guard let notification, notification.params["subscription"]?.string == reply.subscription else { continue }
      do {
        switch notification.method {
        case "match":
          show(.match(try MatchNotification(json: notification.params), notification.params))
          shown += 1
        case "lagged": show(.lagged(try LaggedNotification(json: notification.params)))
        default: continue
        }
      } catch {
        throw .wrongAnswer("\(error)")
      }
    }
  }
}
