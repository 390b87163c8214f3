// What the planner makes of a query: the tree that runs, what to mark, and what to tell the user about it.
import ArasAPI
import Xapian

/// A plain word that names an actor and so also finds the other names of it.
struct NamedActor: Sendable, Hashable {
  var word: String
  var id: String
  /// Bytes of the query text.
  var range: Range<Int>
}

struct QueryPlan: Sendable {
  var query: Query
  /// How words side by side were read.
  var match: MatchMode
  /// The tree as it was read; nil when there is nothing to ask.
  var root: QueryNode?
  /// Whether it was read as a sentence rather than as operators.
  var isProse = false
  var marks: [MarkRule] = []
  var expansions: [NamedActor] = []
  var warnings: [QueryWarning] = []
  /// Whether there was not time to check all that may match.
  var isPartial = false
  /// What of the query each part of the tree came from, in the canonical form; only where it was asked for.
  var sources: [Query: String] = [:]
}
