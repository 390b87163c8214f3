// What a standing query is answered by: a subscription, and then a notification for every passage that matches.

/// Is the result of `subscribe`.
package struct SubscribeResult: Sendable, Equatable {
  /// The id that its notifications carry and that `unsubscribe` takes.
  package var subscription: String
  /// The revision from which it counts: what a later one adds is told, what this one has is found by a search.
  package var revision: UInt64
  package var query: QueryEcho

  package init(subscription: String, revision: UInt64, query: QueryEcho) {
    self.subscription = subscription
    self.revision = revision
    self.query = query
  }
}

extension SubscribeResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("subscription", subscription)
      $0.field("revision", revision)
      $0.field("query", query)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(subscription: try json.read("subscription"), revision: try json.read("revision"), query: try json.read("query"))
  }
}

/// Is the `params` of the `match` notification: one passage that a standing query matches, as a hit shows it. Nothing is ranked: its score
/// is 0.
package struct MatchNotification: Sendable, Equatable {
  package var subscription: String
  /// The revision that added the passage.
  package var revision: UInt64
  package var article: ArticleSummary
  package var passage: PassageHit
  /// `article` as JSON, where many notifications share it.
  package var articleJSON: [UInt8]?

  package init(subscription: String, revision: UInt64, article: ArticleSummary, passage: PassageHit, articleJSON: [UInt8]? = nil) {
    self.subscription = subscription
    self.revision = revision
    self.article = article
    self.passage = passage
    self.articleJSON = articleJSON
  }
}

extension MatchNotification: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("subscription", subscription)
      $0.field("revision", revision)
      if let articleJSON { $0.field("article", json: articleJSON) } else { $0.field("article", article) }
      $0.field("passage", passage)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      subscription: try json.read("subscription"), revision: try json.read("revision"), article: try json.read("article"),
      passage: try json.read("passage"))
  }
}

/// Is the `params` of the `lagged` notification: matches were left out at this place of the subscription's notifications.
package struct LaggedNotification: Sendable, Equatable {
  package var subscription: String
  /// The last revision of which something was left out.
  package var revision: UInt64
  /// Matches left out; nil where the query could not be run, so that nobody knows.
  package var missed: Int?
  package var message: String

  package init(subscription: String, revision: UInt64, missed: Int?, message: String) {
    self.subscription = subscription
    self.revision = revision
    self.missed = missed
    self.message = message
  }
}

extension LaggedNotification: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("subscription", subscription)
      $0.field("revision", revision)
      $0.field("missed", missed)
      $0.field("message", message)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      subscription: try json.read("subscription"), revision: try json.read("revision"), missed: try json.read("missed"),
      message: try json.read("message"))
  }
}

/// Is what a subscription is told.
package enum StandingEvent: Sendable, Equatable {
  case match(MatchNotification)
  case lagged(LaggedNotification)

  package var subscription: String {
    switch self {
    case .match(let match): match.subscription
    case .lagged(let lagged): lagged.subscription
    }
  }

  package var revision: UInt64 {
    switch self {
    case .match(let match): match.revision
    case .lagged(let lagged): lagged.revision
    }
  }

  /// The notification as it is sent.
  package var message: [UInt8] {
    switch self {
    case .match(let match): RPCMessage.notification("match", params: match)
    case .lagged(let lagged): RPCMessage.notification("lagged", params: lagged)
    }
  }
}
