// Wishes to index anew that are being carried out, each with the files that it still waits for.

struct Tickets: Sendable {
  private struct Ticket {
    var request: ReindexRequest
    var unknown: [String] = []
    /// Walks that it waits for.
    var walks: Int
    var remaining: Set<FileID> = []
    var total = 0
    var started: UInt64
    /// Nil until the reply was given.
    var progress: AsyncStream<IngestProgress>.Continuation?
  }

  private var tickets: [Int: Ticket] = [:]
  private var nextNumber = 1

  var isEmpty: Bool { tickets.isEmpty }

  mutating func open(_ request: ReindexRequest, walks: Int, files: Set<FileID>, unknown: [String], at now: UInt64) -> Int {
    defer { nextNumber += 1 }
    tickets[nextNumber] = Ticket(
      request: request, unknown: unknown, walks: walks, remaining: files, total: files.count, started: now)
    replyIfKnown(nextNumber)
    return nextNumber
  }

  /// One of its walks found these files to look at.
  mutating func walked(_ number: Int, files: Set<FileID>) {
    guard var ticket = tickets[number] else { return }
    ticket.walks -= 1
    ticket.remaining.formUnion(files)
    ticket.total = ticket.remaining.count
    tickets[number] = ticket
    replyIfKnown(number)
  }

  /// A file was looked at.
  mutating func finished(_ id: FileID, at now: UInt64) {
    for number in tickets.keys {
      guard tickets[number]?.remaining.remove(id) != nil, let ticket = tickets[number] else { continue }
      ticket.progress?.yield(progress(of: ticket, at: now))
    }
  }

  /// Everything looked at so far is committed.
  mutating func committed(at now: UInt64) {
    for (number, ticket) in tickets where ticket.walks == 0 && ticket.remaining.isEmpty {
      ticket.progress?.yield(progress(of: ticket, at: now))
      ticket.progress?.finish()
      tickets[number] = nil
    }
  }

  /// Ends all of them, done or not.
  mutating func endAll() {
    for ticket in tickets.values {
      if let progress = ticket.progress { progress.finish() } else { ticket.request.reply.resume(throwing: IngestStopped()) }
    }
    tickets = [:]
  }

  private mutating func replyIfKnown(_ number: Int) {
    guard let ticket = tickets[number], ticket.walks == 0, ticket.progress == nil else { return }
    let (stream, continuation) = AsyncStream.makeStream(of: IngestProgress.self, bufferingPolicy: .bufferingNewest(1))
    tickets[number]?.progress = continuation
    ticket.request.reply.resume(returning: Reindex(queued: ticket.total, unknown: ticket.unknown, progress: stream))
  }

  private func progress(of ticket: Ticket, at now: UInt64) -> IngestProgress {
    let done = ticket.total - ticket.remaining.count
    let seconds = Double(now &- ticket.started) / 1e9
    return IngestProgress(done: done, total: ticket.total, rate: seconds > 0 ? Double(done) / seconds : 0)
  }
}
