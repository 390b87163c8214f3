import Foundation
import Testing

@testable import Settings

@Suite struct SettingsLoaderTests {
  @Test func `defaults hold without any configuration file`() throws {
    let box = try Sandbox.project()
    let settings = try box.loader().load()
    #expect(settings.file == nil)
    #expect(settings.index.path == box.path("index"))
    #expect(settings.sources == [SourceSettings(path: box.path("seeds"), name: "seeds", project: box.root)])
    #expect(settings.socket.path == "/tmp/aras-1234/arasd.sock")
    #expect(settings.registry.actors == [box.path("config/actors.yaml")])
    #expect(settings.http.listen == ListenAddress(host: "127.0.0.1", port: 7700))
    #expect(settings.tcp.listen == nil)
    #expect(settings.limits == LimitSettings())
  }

  @Test func `the socket lies in the runtime folder of the session`() throws {
    let box = try Sandbox.project()
    #expect(try box.loader(["XDG_RUNTIME_DIR": "/run/user/7"]).load().socket.path == "/run/user/7/aras/arasd.sock")
  }

  /// The files that are there, the environment and the option; the one that is read.
  static let searchOrder: [([String], [String: String], String?, String)] = [
    (["etc/aras/aras.yaml"], [:], nil, "etc/aras/aras.yaml"),
    (["etc/aras/aras.yaml", "home/.config/aras/aras.yaml"], [:], nil, "home/.config/aras/aras.yaml"),
    (["home/.config/aras/aras.yaml", "config/aras.yaml"], [:], nil, "config/aras.yaml"),
    (["config/aras.yaml", "named.yaml"], ["ARAS_CONFIG": "named.yaml"], nil, "named.yaml"),
    (["config/aras.yaml", "named.yaml", "other.yaml"], ["ARAS_CONFIG": "named.yaml"], "other.yaml", "other.yaml"),
  ]

  @Test(arguments: searchOrder)
  func `the first configuration file in the search order is read`(
    files: [String], environment: [String: String], option: String?, expected: String
  ) throws {
    let box = try Sandbox.project(more: Dictionary(uniqueKeysWithValues: files.map { ($0, "sources: [.]\n") }))
    #expect(try box.loader(environment) { $0.config = option }.load().file == box.path(expected))
  }

  @Test func `XDG_CONFIG_HOME stands in for the home folder's own`() throws {
    let box = try Sandbox.project(more: ["xdg/aras/aras.yaml": "sources: [.]", "home/.config/aras/aras.yaml": ""])
    #expect(try box.loader(["XDG_CONFIG_HOME": box.path("xdg")]).load().file == box.path("xdg/aras/aras.yaml"))
  }

  @Test func `a named configuration file must be there`() throws {
    let box = try Sandbox.project()
    #expect(box.problems { $0.config = "no.yaml" } == ["--config: there is no file no.yaml, expected a configuration file"])
    #expect(box.problems(["ARAS_CONFIG": "no.yaml"]) == ["ARAS_CONFIG: there is no file no.yaml, expected a configuration file"])
  }

  @Test func `paths start beside the config folder, else in the file's own folder`() throws {
    let box = try Sandbox.project("index: {path: i}\nsources: [texts]\n", more: ["etc/x.yaml": "index: {path: i}\nsources: [texts]\n"])
    let project = try box.loader().load()
    #expect(project.index.path == box.path("i"))
    #expect(project.sources.map(\.path) == [box.path("texts")])
    let other = try box.loader { $0.config = "etc/x.yaml" }.load()
    #expect(other.index.path == box.path("etc/i"))
    #expect(other.sources.map(\.path) == [box.path("etc/texts")])
  }

  @Test func `paths of the environment and the command line start in the current folder`() throws {
    let box = try Sandbox.project("index: {path: i}\n", more: ["sub/x": ""])
    var loader = box.loader(["ARAS_INDEX__PATH": "e"], at: "sub")
    loader.overrides.config = "../config/aras.yaml"
    #expect(try loader.load().index.path == box.path("sub/e"))
    loader.overrides.index = "o"
    loader.overrides.sources = ["s", "~/t", "../s"]
    let settings = try loader.load()
    #expect(settings.index.path == box.path("sub/o"))
    #expect(settings.sources.map(\.path) == [box.path("sub/s"), box.path("home/t"), box.path("s")])
    #expect(settings.sources.map(\.name) == ["s", "t", "s-2"])
  }

  @Test func `a source is shown from the project's folder, and by its whole path when it lies elsewhere`() throws {
    let box = try Sandbox.project("sources: [seeds, ./a/b, /else/where, .]\n")
    #expect(try box.loader().load().sources.map(\.shown) == ["seeds", "a/b", "/else/where", "."])
    #expect(try box.loader { $0.sources = ["seeds", "/x"] }.load().sources.map(\.shown) == ["seeds", "/x"])
    let without = try Sandbox.project()
    #expect(try without.loader { $0.sources = ["seeds"] }.load().sources.map(\.shown) == [without.path("seeds")])
  }

  @Test func `options go over the environment, and the environment over the file`() throws {
    let box = try Sandbox.project("http: {listen: 127.0.0.1:1}\nlog: {level: error}\nlimits: {readers: 3}\nsources: [a]\n")
    let environment = ["ARAS_HTTP__LISTEN": "127.0.0.1:2", "ARAS_LOG__LEVEL": "debug", "ARAS_SOURCES": "b, c"]
    let fromEnvironment = try box.loader(environment).load()
    #expect(fromEnvironment.http.listen?.port == 2)
    #expect(fromEnvironment.log.level == .debug)
    #expect(fromEnvironment.limits.readers == 3)
    #expect(fromEnvironment.sources.map(\.name) == ["b", "c"])
    #expect(try box.loader(environment) { $0.http = "[::1]:3" }.load().http.listen == ListenAddress(host: "::1", port: 3))
    #expect(try box.loader(environment) { $0.noHTTP = true }.load().http.listen == nil)
    #expect(try box.loader(environment) { $0.socket = "s.sock" }.load().socket.path == box.path("s.sock"))
  }

  @Test func `registry files are found beside the configuration, by the executable, or in its source tree`() throws {
    let box = try Sandbox([
      "etc/aras/aras.yaml": "sources: [/x]", "etc/aras/actors.yaml": "", "usr/share/aras/topics.yaml": "", "usr/bin/arasd": "",
      "tree/config/actors.yaml": "", "tree/.build/debug/arasd": "", "empty/x": "",
    ])
    var loader = box.loader(at: "empty")
    loader.executable = box.path("usr/bin/arasd")
    let installed = try loader.load()
    #expect(installed.registry.actors == [box.path("etc/aras/actors.yaml")])
    #expect(installed.registry.topics == [box.path("usr/share/aras/topics.yaml")])
    #expect(
      installed.watchedFiles
        == [box.path("etc/aras/aras.yaml")] + installed.registry.actors + installed.registry.topics + [box.path("usr/share/aras/trained")])
    loader.systemFile = "/nonexistent"
    loader.executable = box.path("tree/.build/debug/arasd")
    loader.overrides.sources = ["/x"]
    #expect(try loader.load().registry.actors == [box.path("tree/config/actors.yaml")])
  }

  @Test func `nothing to index is an error that says what to do`() throws {
    let box = try Sandbox(["config/actors.yaml": ""])
    let problems = box.problems()
    #expect(problems.count == 1)
    #expect(problems.first?.contains("--source PATH") == true)
  }

  @Test func `a reload takes up registry, analysis and log, and names what needs a restart`() throws {
    var settings = Settings()
    var other = Settings()
    other.registry.actors = ["/a"]
    other.log.level = .debug
    other.limits.readers = 9
    other.index.path = "/elsewhere"
    #expect(settings.adopt(other) == ["index", "limits"])
    #expect(settings.registry.actors == ["/a"])
    #expect(settings.log.level == .debug)
    #expect(settings.limits.readers == 0)
  }
}
