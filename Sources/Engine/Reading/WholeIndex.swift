// The index on disk as seen from one who works on a part of it and now and then has to know what the rest holds. It opens when it is
// first asked, moves to the newest commit once for each part, and a look-up that falls behind a commit is made again.
import Xapian

/// Confined to one thread.
final class WholeIndex {
  private let files: IndexFiles
  private var view: DatabaseView?
  private var isFresh = false

  /// Reopenings after which a look-up that keeps falling behind is given up.
  private static let mostReopenings = 8

  init(_ files: IndexFiles) { self.files = files }

  /// From now on what is asked is answered from a newer commit.
  func refresh() { isFresh = false }

  func ask<Answer>(_ body: (DatabaseView) -> Answer) throws(XapianError) -> Answer {
    let view: DatabaseView
    if let opened = self.view {
      view = opened
      if !isFresh { try view.reopen() }
    } else {
      view = try DatabaseView(files)
      self.view = view
    }
    isFresh = true
    for _ in 1..<Self.mostReopenings {
      view.clear()
      let answer = body(view)
      do {
        try view.check()
        return answer
      } catch {
        guard error.isRetriable else { throw error }
      }
      try view.reopen()
    }
    let answer = body(view)
    try view.check()
    return answer
  }
}
