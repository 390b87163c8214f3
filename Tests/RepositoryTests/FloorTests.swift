import Foundation
import Testing

/// The floors of the house: imports go down only. A target that needs another floor is moved or split, not listed.
@Suite struct FloorTests {
  /// What each target may import of ours.
  static let allowed: [String: Set<String>] = [
    "CXapian": [], "CCLD2": [], "CEpoll": [], "CLibXML2": [],
    "Xapian": ["CXapian"],
    "FileWatch": [], "ArasAPI": [], "Settings": [],
    "TextAnalysis": ["Xapian", "CCLD2"],
    "Articles": ["TextAnalysis", "CLibXML2"],
    "Tagging": ["TextAnalysis"],
    "Engine": ["Xapian", "TextAnalysis", "Tagging", "Articles", "ArasAPI"],
    "Ingest": ["Engine", "FileWatch", "Articles", "Tagging", "Settings"],
    "Server": ["Engine", "Ingest", "FileWatch", "Articles", "Tagging", "TextAnalysis", "ArasAPI", "Settings", "CEpoll"],
    "Client": ["ArasAPI"],
    "arasd": ["Server", "Settings"],
    "aras": ["Client", "ArasAPI"],
  ]

  /// Libraries of others that only these targets may see.
  static let confined: [String: Set<String>] = [
    "NIOCore": [], "NIOPosix": [], "Yams": ["Settings", "Tagging"], "CLibXML2": ["Articles"], "CCLD2": ["TextAnalysis"],
    "CXapian": ["Xapian"], "ArgumentParser": ["aras", "arasd"],
  ]

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func sources(of target: String) -> [URL] {
    let folder = root.appendingPathComponent("Sources/\(target)")
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
  }

  static func imports(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ").map(String.init)[...]
      while let first = words.first, first.hasPrefix("@") || ["package", "internal", "private", "fileprivate", "public"].contains(first) {
        words = words.dropFirst()
      }
      guard words.first == "import", words.count >= 2 else { return nil }
      let name =
        ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"].contains(words[words.startIndex + 1])
        ? words.dropFirst(2).first : words.dropFirst().first
      return name.map { String($0.split(separator: ".").first ?? "") }
    }
  }

  @Test(arguments: allowed.keys.sorted())
  func importsGoDownOnly(_ target: String) throws {
    let ours = Set(Self.allowed.keys)
    for file in Self.sources(of: target) {
      for name in try Self.imports(of: file) {
        if ours.contains(name) {
          #expect(Self.allowed[target]?.contains(name) == true, "\(file.lastPathComponent) of \(target) imports \(name)")
        }
        if let only = Self.confined[name] {
          #expect(only.contains(target), "\(file.lastPathComponent) of \(target) imports \(name)")
        }
      }
    }
  }

  @Test func everyTargetHasAFloor() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appendingPathComponent("Sources").path)
    #expect(Set(folders) == Set(Self.allowed.keys))
  }

  @Test func filesStaySmall() throws {
    for target in Self.allowed.keys {
      for file in Self.sources(of: target) {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(lines <= 500, "\(file.lastPathComponent) of \(target) has \(lines) lines: perhaps it holds two ideas")
      }
    }
  }
}
