// The commented configuration file of the project shows every setting with its default: it is read here and compared with
// the structs, and every field of every struct must be written in it.

import Foundation
import Testing
import Yams

@testable import Settings

@Suite struct ConfigurationFileTests {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .resolvingSymlinksInPath()

  static let areas: [any Area] = [
    IndexSettings(), SocketSettings(), TCPSettings(), HTTPSettings(), RegistrySettings(), AnalysisSettings(), LimitSettings(),
    LogSettings(),
  ]

  func file() throws -> String {
    try String(contentsOf: Self.project.appendingPathComponent("config/aras.yaml"), encoding: .utf8)
  }

  @Test func `the file says what the defaults say`() throws {
    let box = try Sandbox.project()
    let defaults = try box.loader().load()
    try box.write("config/aras.yaml", file())
    var written = try box.loader().load()
    #expect(written.file == box.path("config/aras.yaml"))
    written.file = nil
    #expect(written == defaults)
  }

  @Test func `every field of every area is read by its name and stands in the file`() throws {
    let root = try #require(try Yams.compose(yaml: file()))
    let context = ReadingContext(file: "f", fileBase: "/", currentDirectory: "/", home: nil, environment: [:])
    for var area in Self.areas {
      var reader = SectionReader(section: type(of: area).section, node: nil, context: context)
      let fields = Mirror(reflecting: area).children.compactMap(\.label).map(snakeCase)
      area.read(from: &reader)
      #expect(reader.asked.sorted() == fields.sorted())
      let keys = root[type(of: area).section]?.mapping?.keys.compactMap(\.scalar?.string) ?? []
      #expect(keys.sorted() == fields.sorted(), "section \(type(of: area).section)")
    }
  }

  @Test func `every field of a source stands in the file`() throws {
    let root = try #require(try Yams.compose(yaml: file()))
    let fields = Mirror(reflecting: SourceSettings(path: "")).children.compactMap(\.label).map(snakeCase).filter { $0 != "shown" }
    #expect(fields == SourcesReader.keys)
    #expect(root["sources"]?.sequence?.first?.mapping?.keys.compactMap(\.scalar?.string) == fields)
  }

  @Test func `every section of the file is known and the other way round`() throws {
    let root = try #require(try Yams.compose(yaml: file()))
    #expect(root.mapping?.keys.compactMap(\.scalar?.string).sorted() == SettingsLoader.sectionNames.sorted())
    #expect(Set(SettingsLoader.sectionNames) == Set(Self.areas.map { type(of: $0).section } + ["sources"]))
  }

  private func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
