// What is known of the files and what is to be done next: the state of ingest without threads, files or index.
import FileWatch

/// The plan of work. Pure: walks, changes and outcomes go in; files to look at come out.
struct IngestPlan: Sendable {
  /// What the index has.
  private(set) var known: [FileID: IndexedFile] = [:]
  /// What a walk found and nobody reads, with the reason.
  private(set) var passedOver: [FileID: String] = [:]
  /// Links that show a file under a further name: file → links.
  private var links: [FileID: Set<FileID>] = [:]

  private struct Wish {
    var trigger: Trigger
    var urgent: Bool
  }
  private var wishes: [FileID: Wish] = [:]
  private var urgent = WorkList()
  private var bulk = WorkList()
  /// Files being looked at, with the wish that came meanwhile.
  private var inFlight: [FileID: Wish?] = [:]
  /// Since when a file is in the middle of a change, nanoseconds of the monotonic clock.
  private var unsettled: [FileID: UInt64] = [:]
  /// How long a file may be so before it is taken as it is: long enough for a slow download, not for ever, as a log is.
  static let patience: UInt64 = 600_000_000_000

  /// Files looked at and to be looked at since there was last nothing to do.
  private(set) var done = 0
  private(set) var total = 0

  var isIdle: Bool { wishes.isEmpty && inFlight.isEmpty }
  /// Whether a file is in the middle of a change and will be looked at again.
  var hasUnsettled: Bool { !unsettled.isEmpty }
  var waiting: Int { wishes.count + inFlight.count }

  init() {}

  /// Starts from what the index has; what it has of no source is returned.
  init(_ files: [IndexedFile], locate: (IndexedFile) -> FileID?) {
    for file in files {
      if let id = locate(file) { known[id] = file }
    }
  }

  // MARK: In

  /// Asks for a look at a file, and at the links that show it.
  mutating func wish(_ id: FileID, _ trigger: Trigger, urgent isUrgent: Bool) {
    put(id, trigger, urgent: isUrgent)
    for link in links[id] ?? [] where link != id { put(link, trigger, urgent: isUrgent) }
  }

  private mutating func put(_ id: FileID, _ trigger: Trigger, urgent isUrgent: Bool) {
    if inFlight.keys.contains(id) {
      let meanwhile = inFlight[id] ?? nil
      inFlight[id] = Wish(trigger: max(trigger, meanwhile?.trigger ?? trigger), urgent: isUrgent || (meanwhile?.urgent ?? false))
      return
    }
    if let old = wishes[id] {
      wishes[id] = Wish(trigger: max(old.trigger, trigger), urgent: old.urgent || isUrgent)
      if isUrgent, !old.urgent { urgent.append(id) }
      return
    }
    if isIdle { (done, total) = (0, 0) }
    total += 1
    wishes[id] = Wish(trigger: trigger, urgent: isUrgent)
    if isUrgent { urgent.append(id) } else { bulk.append(id) }
  }

  /// Asks for a look at every known file under the directories, and at what was passed over there.
  mutating func wish(under trees: Set<BytePath>, of source: Int) {
    for id in Array(known.keys) + Array(passedOver.keys) + Array(inFlight.keys) where id.source == source {
      var directory: BytePath? = id.path
      while let next = directory {
        if trees.contains(next) {
          wish(id, .compare, urgent: true)
          break
        }
        directory = next.parent
      }
    }
  }

  /// Takes a walk and asks for what differs; returns the files asked for.
  /// - Parameters:
  ///   - retrying: asks also for the files that failed and did not change since.
  ///   - isUrgent: whether what differs is what somebody just changed.
  @discardableResult
  mutating func scanned(
    _ walk: Walk, source: Int, under: BytePath, trigger: Trigger = .compare, retrying: Bool, urgent isUrgent: Bool = false
  ) -> Set<FileID> {
    var asked: Set<FileID> = []
    var seen: Set<BytePath> = []
    for id in passedOver.keys where id.source == source && (under.isRoot || id.path == under || id.path.isUnder(under)) {
      passedOver[id] = nil
    }
    for entry in walk.passedOver { passedOver[FileID(source: source, path: entry.path)] = entry.reason }
    for file in walk.files {
      seen.insert(file.path)
      let id = FileID(source: source, path: file.path)
      if let target = file.target { links[FileID(source: source, path: target), default: []].insert(id) }
      if trigger == .compare, let known = known[id], known.isComplete, known.fingerprint.isOf(file.status),
        unsettled[id] == nil, !(retrying && known.failure != nil && known.articles == 0)
      {
        continue
      }
      put(id, trigger, urgent: isUrgent)
      asked.insert(id)
    }
    for id in known.keys where id.source == source && !seen.contains(id.path) {
      guard under.isRoot || id.path == under || id.path.isUnder(under) else { continue }
      // Of a folder that cannot be read nothing is known to be gone.
      if walk.unreadable.contains(where: { id.path.isUnder($0) || $0.isRoot }) { continue }
      put(id, .compare, urgent: isUrgent)
      asked.insert(id)
    }
    return asked
  }

  // MARK: Out

  struct Next {
    var id: FileID
    var trigger: Trigger
    var urgent: Bool
    var known: IndexedFile?
    var insist: Bool
  }

  /// The next file to look at: those that somebody just changed before the others.
  mutating func next(at now: UInt64) -> Next? {
    while let id = urgent.popFirst() ?? bulk.popFirst() {
      guard let wish = wishes.removeValue(forKey: id) else { continue }
      inFlight[id] = .some(nil)
      return Next(
        id: id, trigger: wish.trigger, urgent: wish.urgent, known: known[id],
        insist: unsettled[id].map { now >= $0 + IngestPlan.patience } ?? false)
    }
    return nil
  }

  /// What came of a look. Returns false when the file must be looked at again once it is quiet.
  mutating func finished(_ id: FileID, _ outcome: FileOutcome, target: BytePath? = nil, record: IndexedFile?, at now: UInt64) -> Bool {
    let again = inFlight.removeValue(forKey: id) ?? nil
    done += 1
    if let target { links[FileID(source: id.source, path: target), default: []].insert(id) }
    if outcome != .unsettled { unsettled[id] = nil }
    passedOver[id] = nil
    switch outcome {
    case .gone: known[id] = nil
    case .passedOver(let reason):
      known[id] = nil
      passedOver[id] = reason
    case .unchanged: break
    case .touched, .indexed, .failed, .interrupted: known[id] = record
    case .unsettled: unsettled[id] = unsettled[id] ?? now
    }
    if let again { put(id, again.trigger, urgent: again.urgent) }
    return outcome != .unsettled || again != nil
  }
}

/// A first-in first-out list that gives back its room.
private struct WorkList: Sendable {
  private var items: [FileID] = []
  private var head = 0

  mutating func append(_ id: FileID) {
    items.append(id)
  }

  mutating func popFirst() -> FileID? {
    guard head < items.count else { return nil }
    defer {
      head += 1
      if head > 1024, head * 2 > items.count {
        items.removeFirst(head)
        head = 0
      }
    }
    return items[head]
  }
}
