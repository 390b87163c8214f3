// A large file of records, prepared by several threads: the one that it was given to reads parts of it and hands all of them on in their
// order; others, as they are free, read parts ahead of it.
import Articles
import Dispatch
import Synchronization

/// Thrown where the program is ending.
struct Interrupted: Error {}

final class PartedFile<Prepared: Sendable>: Sendable {
  /// What came of a part.
  struct Result: Sendable {
    var articles: Chunks<Prepared>
    var keys: [String] = []
    var badRecords: [BadRecord] = []
    var isEmpty = true
    /// What ended it before its end.
    var error: (any Error)?
  }

  private struct State {
    /// The part that nobody has begun, and the one that is to be handed on.
    var next = 0
    var current = 0
    var results: [Int: Result] = [:]
    var helpers = 0
    var isGivenUp = false
  }

  let bytes: [UInt8]
  let parts: [RecordPart]
  let shown: String
  let source: String
  let extractor: ArticleExtractor
  private let state = Mutex(State())
  private let ready = DispatchSemaphore(value: 0)

  init(_ bytes: [UInt8], _ parts: [RecordPart], shown: String, source: String, of options: Source) {
    self.bytes = bytes
    self.parts = parts
    self.shown = shown
    self.source = source
    extractor = options.extractor
  }

  /// Parts that may be read ahead.
  private static var ahead: Int { 8 }

  /// Takes a part that nobody has begun; nil where there is none, or enough lie ready.
  func claim() -> Int? {
    state.withLock { state in
      guard !state.isGivenUp, state.next < min(parts.count, state.current + Self.ahead) else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func put(_ result: Result, of part: Int) {
    state.withLock { $0.results[part] = result }
    ready.signal()
  }

  /// The result of the part that is to be handed on next; nil as long as it is not there.
  func takeCurrent() -> Result? {
    state.withLock { state in
      guard let result = state.results.removeValue(forKey: state.current) else { return nil }
      state.current += 1
      return result
    }
  }

  /// Waits until some part has been read.
  func wait() { ready.wait() }

  /// No more parts are to be read.
  func giveUp() { state.withLock { $0.isGivenUp = true } }

  /// Whether one more helper is worth while; if so it counts as there.
  func takesHelper(upTo most: Int) -> Bool {
    state.withLock { state in
      guard state.helpers < most, state.next < min(parts.count, state.current + Self.ahead) else { return false }
      state.helpers += 1
      return true
    }
  }

  func noteHelperLeft() { state.withLock { $0.helpers -= 1 } }
}

extension FilePreparation {
  /// Reads all parts of a file, with the help of threads that have nothing else to do, and hands them on in their order.
  func extract(
    _ file: PartedFile<Target.Prepared>, _ channel: Channel<Job<Target.Prepared>.Message>, _ worker: Target.Worker,
    _ remarks: inout FileRemarks
  ) throws {
    defer { file.giveUp() }
    var isEmpty = true
    var handedOn = 0
    while handedOn < file.parts.count {
      if stop.isRaised { throw Interrupted() }
      while file.takesHelper(upTo: threads - 1) { queue.put(Job(work: .help(file))) }
      if var result = file.takeCurrent() {
        for key in result.keys { remarks.note(key: key) }
        for record in result.badRecords { remarks.note(record) }
        for chunk in result.articles.takeAll() { handOn(chunk, channel, worker) }
        if let error = result.error { throw error }
        isEmpty = isEmpty && result.isEmpty
        handedOn += 1
      } else if let part = file.claim() {
        file.put(read(part, of: file, with: worker), of: part)
      } else {
        file.wait()
      }
    }
    if isEmpty { throw ExtractionError.noRecord }
  }

  /// Reads parts of a file that another thread has begun, as long as nothing else waits.
  func help(_ file: PartedFile<Target.Prepared>, with worker: Target.Worker) {
    defer { file.noteHelperLeft() }
    while !stop.isRaised, let part = file.claim() {
      file.put(read(part, of: file, with: worker), of: part)
      if !queue.isEmpty { return }
    }
  }

  private func read(_ part: Int, of file: PartedFile<Target.Prepared>, with worker: Target.Worker) -> PartedFile<Target.Prepared>.Result {
    var result = PartedFile<Target.Prepared>.Result(articles: Chunks(limits))
    do {
      try file.extractor.extract(file.parts[part], of: file.bytes, badRecord: { result.badRecords.append($0) }) { article in
        if stop.isRaised { throw Interrupted() }
        result.isEmpty = false
        if let key = article.key { result.keys.append(key) }
        result.articles.add(try target.prepare(article, path: file.shown, source: file.source, with: worker), bytes: article.text.count)
      }
      result.isEmpty = result.isEmpty && result.badRecords.isEmpty
    } catch {
      result.error = error
    }
    return result
  }
}
