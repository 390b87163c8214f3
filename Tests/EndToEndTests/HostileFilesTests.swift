import Foundation
import Testing

@testable import ArasAPI
@testable import Client

/// Files that must not hurt: each is indexed or listed in `status` with a reason, and none keeps the others from being found.
@Suite(.serialized) struct HostileFilesTests {
  private static func make(_ folder: URL) throws {
    let manager = FileManager.default
    func write(_ name: String, _ data: Data) throws { try data.write(to: folder.appendingPathComponent(name)) }
    try write(
      "good.txt", Data("A good article\n\nThe word quixotic stands in an article that is in order, and so it has to be found.\n".utf8))
    try write("empty.txt", Data())
    // ARAS_LONG_LINE_MB=50 for the whole of it: an unoptimised build takes minutes over that.
    let length = (ProcessInfo.processInfo.environment["ARAS_LONG_LINE_MB"].flatMap(Int.init) ?? 2) << 20
    var line = Data(capacity: length)
    let sentence = Data("Trade between Iran and Armenia grew again in the last quarter of the year. ".utf8)
    while line.count < length { line.append(sentence) }
    try write("one-line.txt", line)
    try write(
      "invalid-utf8.txt",
      Data("Broken\n\nThe word ".utf8) + Data([0xC3, 0x28, 0xFF]) + Data(" zephyr stands beside bytes that are no text at all.\n".utf8))
    try write(
      "utf16.txt",
      "A title\n\nThe word marzipan stands in a file that was written as UTF-16 by an old program.\n".data(using: .utf16) ?? Data())
    try write(
      "windows-1251.txt",
      "Заголовок статьи\n\nМинистерство иностранных дел сообщило о переговорах между Россией и Арменией, которые прошли в Москве.\n".data(
        using: .windowsCP1251) ?? Data())
    try write("nul.txt", Data("Some text\n\nand then ".utf8) + Data(count: 10) + Data(" zeros".utf8))
    try write("binary.txt", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 7) }))
    try write("secret.txt", Data("secret".utf8))
    try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.appendingPathComponent("secret.txt").path)
    mkfifo(folder.appendingPathComponent("pipe.txt").path, 0o644)
    try manager.createDirectory(at: folder.appendingPathComponent("loop"), withIntermediateDirectories: true)
    symlink("..", folder.appendingPathComponent("loop/up").path)
    symlink("self", folder.appendingPathComponent("self").path)
    try write(
      "with\nnewline \"and\" quotes.txt",
      Data("Odd name\n\nThe word obelisk stands in a file with an odd name, as people do have them.\n".utf8))
    let odd = folder.path + "/"
    var name = Array(odd.utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), CChar(bitPattern: 0xFE)]
    name += ".txt".utf8CString
    if let file = fopen(name, "w") {
      fputs("Odder name\n\nThe word labyrinth stands in a file whose name is no UTF-8 at all, which happens.\n", file)
      fclose(file)
    }
    try write(
      "paragraphs.txt",
      Data(String(repeating: "\n\n", count: 100_000).utf8)
        + Data("The word pepper ends a file of empty paragraphs, and that is all of it.\n".utf8))
    try write(
      "deep.html",
      Data(
        (String(repeating: "<div>", count: 100_000) + "<p>The word lantern stands very deep in this page, but it is there to be found.</p>")
          .utf8))
  }

  @Test func noneHurtsTheOthers() async throws {
    try await onThread {
      let daemon = try RunningDaemon()
      try Self.make(daemon.sources)
      try daemon.start()
      let client = try daemon.ready()
      for word in ["quixotic", "zephyr", "marzipan", "переговорах", "obelisk", "labyrinth", "pepper"] {
        #expect(try client.search(word).total.articles >= 1, "\(word)")
      }
      let status = try client.status()
      func reason(_ name: String) -> String? { status.skipped.first { $0.path.hasSuffix(name) }?.reason }
      #expect(reason("empty.txt") != nil)
      #expect(reason("nul.txt") != nil)
      #expect(reason("binary.txt") != nil)
      if geteuid() != 0 { #expect(reason("secret.txt") != nil) }
      // Both are answers: found, or listed with the reason.
      let isDeepFound = try client.search("lantern").total.articles == 1
      #expect(isDeepFound || reason("deep.html") != nil)
      let isLongFound = try client.search("path:**/one-line.txt").total.articles == 1
      #expect(isLongFound || reason("one-line.txt") != nil)
      for file in status.skipped { #expect(!file.reason.isEmpty && !file.reason.contains("\n"), "\(file)") }

      // Mended, it is tried again.
      try daemon.save("empty.txt", "No longer empty\n\nThe word compass stands in a file that was empty before it was mended.\n")
      _ = try client.wait("compass") { $0.total.articles == 1 }
      #expect(try !client.status().skipped.contains { $0.path.hasSuffix("empty.txt") })
      #expect(try daemon.stop() == 0)
    }
  }
}
