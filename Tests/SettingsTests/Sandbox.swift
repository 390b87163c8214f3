// A folder of its own for a test, with files written into it, and a loader that sees nothing of the world but that folder.

import Foundation

@testable import Settings

final class Sandbox {
  let root: String

  init(_ files: [String: String] = [:]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aras-settings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    root = folder.path
    for (path, text) in files { try write(path, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ relative: String) -> String { root + "/" + relative }

  func write(_ path: String, _ text: String) throws {
    let full = self.path(path)
    try FileManager.default.createDirectory(atPath: Paths.folder(of: full), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: full))
  }

  /// A project folder: registry files and seeds are there, so that the defaults are complete.
  static func project(_ configuration: String? = nil, more: [String: String] = [:]) throws -> Sandbox {
    var files = ["config/actors.yaml": "", "config/topics.yaml": "", "seeds/a.txt": "A"]
    if let configuration { files["config/aras.yaml"] = configuration }
    return try Sandbox(files.merging(more) { $1 })
  }

  func loader(_ environment: [String: String] = [:], at folder: String = "", _ change: (inout SettingsOverrides) -> Void = { _ in })
    -> SettingsLoader
  {
    var overrides = SettingsOverrides()
    change(&overrides)
    var loader = SettingsLoader(
      overrides: overrides, environment: environment.merging(["HOME": path("home")]) { a, _ in a },
      currentDirectory: folder.isEmpty ? root : path(folder), executable: nil, userID: 1234)
    loader.systemFile = path("etc/aras/aras.yaml")
    return loader
  }

  /// The problems of a configuration, one a line, with this folder's path left out.
  func problems(_ environment: [String: String] = [:], _ change: (inout SettingsOverrides) -> Void = { _ in }) -> [String] {
    do {
      _ = try loader(environment, change).load()
      return []
    } catch {
      return error.problems.map { $0.description.replacingOccurrences(of: root + "/", with: "") }
    }
  }
}
