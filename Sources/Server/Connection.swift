// One client's connection from greeting to end. Requests are worked on side by side and answered as they get ready; a peer
// that does not read its answers, or sends what cannot be read, harms nobody but itself.

import ArasAPI
import Engine
import Logging
import ServiceLifecycle

/// What every connection is given.
struct ConnectionContext: Sendable {
  var methods: MethodTable
  var maxLine: Int
  /// Requests in work at once.
  var inFlight: Int
  /// Bytes of unsent replies at which the peer is given up.
  var writeBuffer: Int
  /// Standing queries at most.
  var subscriptions: Int
  /// Their notifications that may wait to be sent.
  var notifications: Int
  var version: String
  var logger: Logger
}

/// Serves one client.
final class Connection: Sendable {
  private let socket: StreamSocket
  private let sender: Sender
  private let intake: Intake
  private let context: ConnectionContext
  private let subscriptions: Subscriptions

  init(_ socket: StreamSocket, _ threads: SocketThreads, _ context: ConnectionContext) {
    self.socket = socket
    self.context = context
    sender = Sender(socket, threads)
    intake = Intake(socket, threads, maxLine: context.maxLine, most: context.inFlight)
    subscriptions = Subscriptions(
      service: context.methods.service, limit: context.subscriptions,
      outbox: Outbox(mostMessages: context.notifications, mostBytes: context.writeBuffer))
  }

  /// How long a peer has that is not served any more to read what it was sent.
  private static let patience = Duration.seconds(2)

  /// Calls: a line of nothing but commas and digits would be answered at hundreds of times its size.
  private static let mostInBatch = 10_000

  /// Greets, and answers line by line until the peer has said its last and has been answered.
  func run() async {
    await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        let cutOff = await withDiscardingTaskGroup(returning: Task<Void, Never>.self) { group in
          group.addTask(executorPreference: InPlaceExecutor.shared) { await self.notify() }
          await serve()
          // Standing queries end with what the peer has to say. A message under way is still sent, if it is read.
          subscriptions.close()
          return Task { await self.closeLater() }
        }
        cutOff.cancel()
      } onGracefulShutdown: {
        // No further requests; those in work are answered.
        self.intake.stop()
      }
    } onCancel: {
      close()
    }
    close()
  }

  private func close() {
    // First, so that who is told by the sender begins with nothing more.
    intake.abandon()
    sender.close()
  }

  private func closeLater() async {
    do { try await Task.sleep(for: Self.patience) } catch { return }
    close()
  }

  private func serve() async {
    let hello = HelloParams(version: context.version, maxLine: context.maxLine, index: await context.methods.service.identity())
    do { try await send(RPCMessage.notification("hello", params: hello)) } catch { return }
    await intake.run { self.begin($0, mayStay: $1, $2) }
  }

  /// Begins with a line on the thread that has read it.
  /// - Parameter mayStay: whether a query may keep the thread.
  private func begin(_ frame: Frame, mayStay: Bool, _ turn: Intake.Turn) {
    guard case .line(let line) = frame else {
      Task {
        try? await refuseOverlong()
        self.intake.finish(turn)
      }
      return
    }
    switch RPCInput(line: line) {
    case .single(let call):
      PatientThread.run(mayStay) {
        _ = Task(executorPreference: InPlaceExecutor.shared) {
          await self.handle(call)
          self.intake.finish(turn)
        }
      }
    case .batch(let calls):
      PatientThread.run(false) {
        _ = Task(executorPreference: InPlaceExecutor.shared) {
          await self.handle(batch: calls)
          self.intake.finish(turn)
        }
      }
    }
  }

  /// Sends what standing queries have to say, in order: who reads slowly is waited for here.
  private func notify() async {
    while let sent = await subscriptions.next({ sender.send($0) }) {
      guard let place = sent else { continue }
      do { try await sender.wait(for: place) } catch {
        subscriptions.close()
        return
      }
    }
  }

  private func handle(_ call: RPCCall) async {
    let (message, followUp) = await outcome(of: call)
    if let message { try? await send(message) }
    await followUp?()
  }

  /// Answers a batch in one line, its calls worked on side by side like those of single lines.
  private func handle(batch calls: [RPCCall]) async {
    guard calls.count <= Self.mostInBatch else {
      let error = APIError.invalidRequest("a batch of \(calls.count) calls; \(Self.mostInBatch) are the most")
      try? await send(RPCMessage.error(error, id: .null))
      return
    }
    var messages = [[UInt8]?](repeating: nil, count: calls.count)
    var followUps: [@Sendable () async -> Void] = []
    await withTaskGroup(of: (Int, [UInt8]?, (@Sendable () async -> Void)?).self) { group in
      func take(_ result: (Int, [UInt8]?, (@Sendable () async -> Void)?)?) {
        guard let (i, message, followUp) = result else { return }
        messages[i] = message
        if let followUp { followUps.append(followUp) }
      }
      for (i, call) in calls.enumerated() {
        if i >= context.inFlight { take(await group.next()) }
        group.addTask {
          let (message, followUp) = await self.outcome(of: call)
          return (i, message, followUp)
        }
      }
      while let result = await group.next() { take(result) }
    }
    if let message = RPCMessage.batch(messages.compactMap { $0 }) { try? await send(message) }
    for followUp in followUps { await followUp() }
  }

  /// The reply to a call, none for a notification, and what is to be done after the reply.
  private func outcome(of call: RPCCall) async -> ([UInt8]?, (@Sendable () async -> Void)?) {
    switch call {
    case .failure(let failure): return (RPCMessage.failure(failure), nil)
    case .success(let request):
      do {
        let reply = try await context.methods.reply(to: request, subscriptions: subscriptions)
        guard let id = request.id else { return (nil, nil) }
        var followUp = reply.progress.map { progress in { @Sendable in await self.report(progress, of: id) } }
        if let subscription = reply.subscription { followUp = { self.subscriptions.release(subscription) } }
        return (Self.result(reply.answer, id: id), followUp)
      } catch {
        return (request.id.map { RPCMessage.error(error, id: $0) }, nil)
      }
    }
  }

  private static func result(_ answer: some JSONWritable, id: RPCID) -> [UInt8] { RPCMessage.result(answer, id: id) }

  private func report(_ progress: AsyncStream<ReindexProgress>, of id: RPCID) async {
    var last = ReindexProgress(done: 0, total: 0, rate: 0)
    do {
      for await step in progress {
        last = step
        // The one with the revision is the last.
        if step.revision == nil { try await notify(step, of: id, finished: false) }
      }
      try await notify(last, of: id, finished: true)
    } catch {
      // The peer is gone; the work goes on without it.
      return
    }
  }

  private func notify(_ step: ReindexProgress, of id: RPCID, finished: Bool) async throws {
    let params = ProgressNotification(
      request: id, done: step.done, total: step.total, rate: step.rate, finished: finished, revision: step.revision)
    try await send(RPCMessage.notification("progress", params: params))
  }

  /// Says that the line was too long and closes, but only after the peer had a moment to read why: closing on a peer that is
  /// still sending would take the answer away with it.
  private func refuseOverlong() async throws {
    let error = APIError.invalidRequest("a line is longer than \(context.maxLine) bytes; the connection is closed")
    try await send(RPCMessage.error(error, id: .null))
    socket.shutdown(.output)
    Task { await closeLater() }
  }

  /// Sends a message and returns when the system has taken all of it.
  private func send(_ message: [UInt8]) async throws {
    guard let place = sender.send([message]) else { return }
    if sender.unsent > context.writeBuffer + message.count {
      context.logger.warning("a client does not read its replies; its connection is closed")
      close()
    }
    try await sender.wait(for: place)
  }
}
