import FileWatch
import Glibc
import TestSupport
import Testing

@Suite struct TreeWalkerTests {
  private func walk(_ tree: TemporaryTree, _ filter: TreeFilter = .init()) -> Walk {
    TreeWalker(root: tree.root, filter: filter).walk()
  }

  @Test func everyFileIsFoundOnce() throws {
    let tree = try TemporaryTree()
    tree.makeFolder("a")
    tree.makeFolder("a/b")
    for name in ["x.txt", "a/y.txt", "a/b/z.txt", ".hidden"] { tree.write(name) }
    let found = walk(tree)
    #expect(found.files.map(\.path.key).sorted() == ["a/b/z.txt", "a/y.txt", "x.txt"])
    #expect(found.files.allSatisfy { $0.status.size == 4 })
    #expect(found.passedOver.isEmpty)
  }

  @Test func namesAreBytes() throws {
    let tree = try TemporaryTree()
    let names = [[0xFF, 0xFE, 0x41], Array("new\nline".utf8), Array("quo\"te's".utf8), Array(" ".utf8)].map { BytePath(bytes: $0) }
    for name in names { tree.write(bytes: name, "x") }
    #expect(walk(tree).files.map(\.path).sorted() == names.sorted())
  }

  @Test func linksStayInsideAndNeverLoop() throws {
    let tree = try TemporaryTree()
    let outside = try TemporaryTree()
    outside.write("secret.txt")
    tree.makeFolder("a")
    tree.write("a/real.txt")
    tree.link("good.txt", to: "a/real.txt")
    tree.link("out.txt", to: outside.path + "/secret.txt")
    tree.link("outdir", to: outside.path)
    tree.link("a/up", to: "..")
    tree.link("self", to: "self")
    tree.link("dangling.txt", to: "nowhere")
    let found = walk(tree)
    #expect(found.files.map(\.path.key).sorted() == ["a/real.txt", "good.txt"])
    #expect(found.files.first { $0.path.key == "good.txt" }?.target == BytePath("a/real.txt"))
    let reasons = Dictionary(uniqueKeysWithValues: found.passedOver.map { ($0.path.key, $0.reason) })
    #expect(reasons.keys.sorted() == ["a/up", "dangling.txt", "out.txt", "outdir", "self"])
    #expect(reasons["out.txt"]?.contains("out of the source") == true)
    #expect(reasons["self"]?.contains("loop") == true)
    #expect(reasons["a/up"]?.contains("a folder") == true)
  }

  @Test func pipesAreNotOpened() throws {
    let tree = try TemporaryTree()
    tree.makePipe("pipe.txt")
    let found = walk(tree)
    #expect(found.files.isEmpty)
    #expect(found.passedOver.map(\.path) == [BytePath("pipe.txt")])
    #expect(found.passedOver.map(\.reason) == ["a named pipe is not read"])
  }

  @Test(.disabled(if: geteuid() == 0, "root may read everything, so nothing is forbidden here"))
  func aForbiddenFolderIsTold() throws {
    let tree = try TemporaryTree()
    tree.makeFolder("closed")
    _ = withCPath(tree.absolute("closed")) { chmod($0, 0) }
    defer { _ = withCPath(tree.absolute("closed")) { chmod($0, 0o755) } }
    let found = walk(tree)
    #expect(found.unreadable == [BytePath("closed")])
    #expect(found.passedOver.first?.reason.contains("permission denied") == true)
  }

  @Test func aDeepTreeIsWalkedToTheLimitOfTheSystem() throws {
    let tree = try TemporaryTree()
    var name = "d"
    for _ in 0..<300 {
      tree.makeFolder(name)
      name += "/d"
    }
    tree.write(String(name.dropLast(2)) + "/deep.txt")
    #expect(walk(tree).files.count == 1)
  }

  @Test func theEnteringCallComesBeforeTheListing() throws {
    let tree = try TemporaryTree()
    tree.makeFolder("a")
    let found = TreeWalker(root: tree.root, filter: .init()).walk { tree.write($0.appending(Array("late.txt".utf8)).key) }
    #expect(found.files.map(\.path.key).sorted() == ["a/late.txt", "late.txt"])
  }
}
