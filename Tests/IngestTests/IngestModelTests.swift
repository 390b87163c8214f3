import FileWatch
import Glibc
import Ingest
import TestSupport
import Testing

/// Random work on a tree, checked against a dictionary: whatever happens, in the end the index holds what the files hold.
@Suite(.timeLimit(.minutes(10)))
struct IngestModelTests {

  typealias Action = @Sendable (TemporaryTree) -> Void

  static let folders = ["a", "b", "a/c", "b/d", "a/c/e"]

  /// What the files hold, and the next step that changes it.
  struct Model {
    var texts: [String: String] = [:]
    var serial = 0

    /// The index when it is in step.
    var expected: [String: [String]] { Dictionary(uniqueKeysWithValues: texts.map { ("src/" + $0.key, [$0.value]) }) }

    mutating func step(_ random: inout SeededRandom) -> Action {
      serial += 1
      let name = Model.name(&random)
      // All of one length, so that only the times and the content tell them apart.
      let text = "text \(100_000 + serial)"
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1, 2:
        texts[name] = text
        return { $0.write(name, text) }
      case 3:
        texts[name] = text
        return { tree in
          tree.write("unfinished.tmp", text)
          tree.rename("unfinished.tmp", name)
        }
      case 4:
        texts[name] = nil
        return { $0.delete(name) }
      case 5:
        let other = Model.name(&random)
        guard name != other, let moved = texts.removeValue(forKey: name) else { return { _ in } }
        texts[other] = moved
        return { $0.rename(name, other) }
      case 6:
        // A folder goes away and comes back under its name, with what was in it.
        let folder = folders[Int.random(in: 0..<folders.count, using: &random)]
        return { tree in
          tree.rename(folder, "away")
          tree.rename("away", folder)
        }
      default:
        // Two folders change places, with all that they hold; neither is in the other.
        let (one, other) = Bool.random(using: &random) ? ("a", "b") : ("a/c/e", "b/d")
        texts = Dictionary(
          uniqueKeysWithValues: texts.map { name, text in
            for (old, new) in [(one, other), (other, one)] where name.hasPrefix(old + "/") {
              return (new + name.dropFirst(old.count), text)
            }
            return (name, text)
          })
        return { tree in
          tree.rename(one, "away")
          tree.rename(other, one)
          tree.rename("away", other)
          for folder in folders { tree.makeFolder(folder) }
        }
      }
    }

    private static func name(_ random: inout SeededRandom) -> String {
      "\(folders[Int.random(in: 0..<folders.count, using: &random)])/f\(Int.random(in: 0..<4, using: &random)).txt"
    }
  }

  @Test(arguments: [false, true])
  func theIndexEndsAsTheFilesAre(polled: Bool) async throws {
    let seed = getenv("ARAS_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: .min ... .max)
    print("polled \(polled), seed \(seed)")
    var random = SeededRandom(seed: seed)
    let tree = try TemporaryTree()
    let index = FakeIndex()
    var model = Model()
    for folder in IngestModelTests.folders { tree.makeFolder(folder) }
    // Each round runs a service of its own, so that starts and stops fall among the changes.
    for round in 0..<(polled ? 4 : 12) {
      for _ in 0..<8 { model.step(&random)(tree) }
      let steps = (0..<17).map { _ in model.step(&random) }
      let expected = model.expected
      try await running(
        index, [tree.source],
        change: { options in
          guard polled else { return }
          options.watch.pollBecause = "the test wants it"
          options.watch.pollInterval = 10_000_000
          options.watch.delays.quiet = 10_000_000
        },
        { _ in
          for step in steps { step(tree) }
          await index.until { $0.committed == expected }
        })
      let committed = index.committed
      let wrong = Set(expected.keys).union(committed.keys).filter { expected[$0] != committed[$0] }.sorted()
      guard wrong.isEmpty else {
        let lines = wrong.map { "\($0): \(committed[$0] ?? []) instead of \(expected[$0] ?? [])" }
        Issue.record("seed \(seed), polled \(polled), round \(round):\n\(lines.joined(separator: "\n"))")
        return
      }
    }
  }
}
