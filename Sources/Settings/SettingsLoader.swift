// Finds the configuration file, reads it, lays the environment and the command line over it, and fills in what depends on
// where things lie. Every problem found on the way is reported at once.

import Foundation
import Yams

/// Loads the settings; everything it asks of the world is a field, so that a test can say it.
package struct SettingsLoader: Sendable {
  package var overrides: SettingsOverrides
  package var environment: [String: String]
  package var currentDirectory: String
  /// The running program's path, for the files that come with it.
  package var executable: String?
  /// The last place where a configuration file is looked for.
  package var systemFile = "/etc/aras/aras.yaml"
  package var userID: UInt32

  package init(
    overrides: SettingsOverrides = .init(), environment: [String: String] = ProcessInfo.processInfo.environment,
    currentDirectory: String = FileManager.default.currentDirectoryPath,
    executable: String? = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), userID: UInt32 = getuid()
  ) {
    self.overrides = overrides
    self.environment = environment
    self.currentDirectory = currentDirectory
    self.executable = executable
    self.userID = userID
  }

  private var home: String? { environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } }

  /// Reads the settings.
  package func load() throws(SettingsError) -> Settings {
    let file = try configurationFile()
    let root = try file.map(parse)
    let shown = file ?? "defaults"
    let context = ReadingContext(
      file: shown, fileBase: file.map(Paths.base(ofConfiguration:)) ?? currentDirectory, project: file.map(Paths.base(ofConfiguration:)),
      currentDirectory: currentDirectory, home: home, environment: environment)

    var settings = Settings()
    settings.file = file
    var problems: [SettingsProblem] = []
    var sections: [String: Node] = [:]
    for (key, value) in root?.mapping ?? [:] {
      let name = key.scalar?.string ?? "?"
      sections[name] = value
      if !Self.sectionNames.contains(name) {
        problems.append(
          SettingsProblem(
            origin: shown, line: key.mark?.line, key: name, message: "is not a section",
            nearest: nearest(to: name, among: Self.sectionNames)))
      }
    }
    func read<A: Area>(_ area: inout A) {
      var reader = SectionReader(section: A.section, node: sections[A.section], context: context)
      area.read(from: &reader)
      reader.finish()
      problems += reader.problems
    }
    read(&settings.index)
    read(&settings.socket)
    read(&settings.tcp)
    read(&settings.http)
    read(&settings.registry)
    read(&settings.analysis)
    read(&settings.limits)
    read(&settings.log)
    var reader = SourcesReader(context: context)
    let sources = reader.sources(sections["sources"])
    problems += reader.problems
    problems += unknownVariables()
    apply(sources, to: &settings, context: context, problems: &problems)
    complete(&settings, base: context.fileBase, problems: &problems)
    guard problems.isEmpty else { throw SettingsError(problems.sorted(by: Self.inOrder)) }
    return settings
  }

  static let sectionNames = [
    IndexSettings.section, "sources", SocketSettings.section, TCPSettings.section, HTTPSettings.section, RegistrySettings.section,
    AnalysisSettings.section, LimitSettings.section, LogSettings.section,
  ]

  /// The configuration file: `--config`, `$ARAS_CONFIG`, `./config/aras.yaml`, the user's, the system's. One that was named must be there.
  private func configurationFile() throws(SettingsError) -> String? {
    for (origin, named) in [("--config", overrides.config), ("ARAS_CONFIG", environment["ARAS_CONFIG"])] {
      guard let named, !named.isEmpty else { continue }
      let path = Paths.absolute(named, base: currentDirectory, home: home)
      guard Self.isFile(path) else {
        throw SettingsError([SettingsProblem(origin: origin, key: "", message: "there is no file \(path), expected a configuration file")])
      }
      return path
    }
    var places = [Paths.absolute("config/aras.yaml", base: currentDirectory, home: nil)]
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      places.append(folder + "/aras/aras.yaml")
    } else if let home {
      places.append(home + "/.config/aras/aras.yaml")
    }
    places.append(systemFile)
    return places.first(where: Self.isFile)
  }

  private func parse(_ file: String) throws(SettingsError) -> Node {
    func wrong(_ line: Int?, _ message: String) -> SettingsError {
      SettingsError([SettingsProblem(origin: file, line: line, key: "", message: message)])
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw wrong(nil, "cannot be read; check its permissions")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw wrong(nil, "is not UTF-8 text, expected YAML")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw wrong(error.line, "is not valid YAML: \(error.problem)")
    } catch {
      throw wrong(nil, "is not valid YAML: \(error)")
    }
    // An empty file, or one with comments alone, is all defaults.
    guard let root, root.scalar?.string.isEmpty != true else { return Node([(Node, Node)]()) }
    guard root.mapping != nil else { throw wrong(root.mark?.line, "expected sections such as index: and sources:") }
    return root
  }

  private func unknownVariables() -> [SettingsProblem] {
    environment.keys.sorted().compactMap { variable in
      guard variable.hasPrefix("ARAS_"), let mark = variable.range(of: "__") else { return nil }
      let section = variable[variable.index(variable.startIndex, offsetBy: 5)..<mark.lowerBound].lowercased()
      guard !Self.sectionNames.contains(section) || section == "sources" else { return nil }
      let message = section == "sources" ? "is not a setting, expected ARAS_SOURCES with a list" : "is not a section"
      return SettingsProblem(origin: variable, key: section, message: message, nearest: nearest(to: section, among: Self.sectionNames))
    }
  }

  /// Lays the command line over what was read.
  private func apply(_ sources: [SourceSettings]?, to settings: inout Settings, context: ReadingContext, problems: inout [SettingsProblem])
  {
    func absolute(_ path: String) -> String { Paths.absolute(path, base: currentDirectory, home: home) }
    if !overrides.sources.isEmpty {
      settings.sources = Self.named(overrides.sources.map(absolute), project: context.project)
    } else {
      settings.sources = sources ?? []
      let seeds = Paths.absolute("seeds", base: context.fileBase, home: nil)
      if sources == nil, Self.isFolder(seeds) { settings.sources = [SourceSettings(path: seeds, project: context.fileBase)] }
      if settings.sources.isEmpty, problems.isEmpty {
        problems.append(
          SettingsProblem(
            origin: settings.file ?? "configuration", key: "sources",
            message: "there is nothing to index; name a folder with --source PATH, or list sources in the configuration file"))
      }
    }
    if let index = overrides.index { settings.index.path = absolute(index) }
    if let socket = overrides.socket {
      settings.socket.path = absolute(socket)
      if settings.socket.path.utf8.count > 107 {
        problems.append(
          SettingsProblem(
            origin: "--socket", key: "socket.path", message: "is too long, expected at most 107 bytes (a limit of the system)"))
      }
    }
    if overrides.noHTTP { settings.http.listen = nil }
    if let http = overrides.http {
      if let address = ListenAddress(http) {
        settings.http.listen = address
      } else {
        problems.append(SettingsProblem(origin: "--http", key: "http.listen", message: "is '\(http)', expected ADDR:PORT"))
      }
    }
  }

  /// Fills in the defaults that depend on where things lie, and makes the rest absolute.
  private func complete(_ settings: inout Settings, base: String, problems: inout [SettingsProblem]) {
    settings.index.path = Paths.absolute(settings.index.path, base: base, home: home)
    if settings.socket.path == "auto" { settings.socket.path = defaultSocket() }
    for (key, name, list) in [
      ("actors", "actors.yaml", \RegistrySettings.actors), ("topics", "topics.yaml", \RegistrySettings.topics),
    ] {
      if settings.registry[keyPath: list].isEmpty {
        let places = Paths.candidates(
          for: name, configuration: settings.file, currentDirectory: currentDirectory, executable: executable)
        if let found = places.first(where: Self.isFile) { settings.registry[keyPath: list] = [found] }
      }
      for file in settings.registry[keyPath: list] where !Self.isFile(file) {
        problems.append(
          SettingsProblem(
            origin: settings.file ?? "configuration", key: "registry.\(key)", message: "there is no file \(file), expected a registry file")
        )
      }
    }
    settings.registry.trained = settings.registry.trainedFolder
    for file in settings.analysis.synonyms + settings.analysis.stopWords.values.flatMap({ $0 }) where !Self.isFile(file) {
      problems.append(
        SettingsProblem(
          origin: settings.file ?? "configuration", key: "analysis", message: "there is no file \(file), expected a word list"))
    }
  }

  /// The socket's place when nothing names one: the session's runtime folder, else a folder that only this user can enter.
  private func defaultSocket() -> String {
    if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") { return runtime + "/aras/arasd.sock" }
    return "/tmp/aras-\(userID)/arasd.sock"
  }

  /// Gives each path a name of its own: the last part of the path, numbered where two are the same.
  static func named(_ paths: [String], project: String?) -> [SourceSettings] {
    var sources: [SourceSettings] = []
    for path in paths where !sources.contains(where: { $0.path == path }) {
      let name = Paths.name(of: path)
      var unique = name
      var number = 2
      while sources.contains(where: { $0.name == unique }) {
        unique = "\(name)-\(number)"
        number += 1
      }
      sources.append(SourceSettings(path: path, name: unique, project: project))
    }
    return sources
  }

  private static func inOrder(_ a: SettingsProblem, _ b: SettingsProblem) -> Bool {
    (a.line ?? .max) < (b.line ?? .max)
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

extension YamlError {
  /// The line of the error, where the parser gives one.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  fileprivate var problem: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _), .reader(let problem, _, _, _):
      problem
    case .duplicatedKeysInMapping(let duplicates, _): "the key \(duplicates.joined(separator: ", ")) is there twice"
    default: description
    }
  }
}
