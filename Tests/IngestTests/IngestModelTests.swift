import FileWatch
import Ingest
import Testing

/// Random work on a tree, checked against a dictionary: whatever happens, in the end the index holds what the files hold.
@Suite(.timeLimit(.minutes(2)))
struct IngestModelTests {
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  @Test(arguments: [false, true])
  func theIndexEndsAsTheFilesAre(polled: Bool) async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed)")
    var random = Random(state: seed)
    let tree = try TemporaryTree()
    let index = FakeIndex()
    var model: [String: String] = [:]
    let folders = ["a", "b", "a/c", "b/d", "a/c/e"]
    for folder in folders { tree.makeFolder(folder) }
    var steps: [[Int]] = []
    for _ in 0..<(polled ? 4 : 12) {
      steps.append((0..<25).map { _ in Int.random(in: 0..<1_000_000, using: &random) })
    }
    let change: (inout IngestOptions) -> Void = { options in
      if polled {
        options.watch.pollBecause = "the test wants it"
        options.watch.pollInterval = 10_000_000
        options.watch.delays.quiet = 10_000_000
      }
    }
    var serial = 0
    // Each round runs a service of its own, so that starts and stops fall among the changes.
    for round in steps {
      var actions: [@Sendable () -> Void] = []
      for number in round {
        serial += 1
        let folder = folders[number % folders.count]
        let name = "\(folder)/f\(number / 10 % 4).txt"
        let text = "text \(serial)"
        switch number % 7 {
        case 0, 1, 2:
          model[name] = text
          actions.append {
            tree.makeFolder("a")
            tree.makeFolder("b")
            for folder in folders { tree.makeFolder(folder) }
            tree.write(name, text)
          }
        case 3:
          model[name] = text
          actions.append {
            for folder in folders { tree.makeFolder(folder) }
            tree.write("\(text).tmp", text)
            tree.rename("\(text).tmp", name)
          }
        case 4:
          model[name] = nil
          actions.append { tree.delete(name) }
        case 5:
          let other = "\(folders[number / 100 % folders.count])/f\(number / 1000 % 4).txt"
          if let text = model[name], name != other {
            model[name] = nil
            model[other] = text
            actions.append {
              for folder in folders { tree.makeFolder(folder) }
              tree.rename(name, other)
            }
          }
        default:
          // A whole folder goes away and comes back under its name, with what was in it.
          actions.append {
            tree.rename(folder, "away")
            tree.rename("away", folder)
          }
        }
      }
      let expected = Dictionary(uniqueKeysWithValues: model.map { ("src/" + $0.key, [$0.value]) })
      for action in actions.prefix(8) { action() }
      let rest = Array(actions.dropFirst(8))
      try await running(index, [tree.source], change: change) { _ in
        for action in rest { action() }
        await index.until { $0.committed == expected }
      }
    }
  }
}
