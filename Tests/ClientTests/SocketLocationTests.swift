import Testing

@testable import Client

@Suite struct SocketLocationTests {
  private func find(
    _ environment: [String: String], files: [String: String] = [:], option: String? = nil, config: String? = nil
  ) throws -> String {
    let location = SocketLocation(environment: environment, userID: 1000, currentDirectory: "/w") { files[$0].map { Array($0.utf8) } }
    return try location.find(option: option, configuration: config).description
  }

  @Test func followsTheOrderOfTheContract() throws {
    let environment = ["ARAS_SOCKET__PATH": "/e.sock", "XDG_RUNTIME_DIR": "/run/u", "HOME": "/home/u"]
    let files = ["/w/config/aras.yaml": "socket:\n  path: run/c.sock\n", "/etc/aras/aras.yaml": "socket: {path: /etc.sock}"]
    #expect(try find(environment, files: files, option: "/o.sock") == "/o.sock")
    #expect(try find(environment, files: files) == "/e.sock")
    #expect(try find(["XDG_RUNTIME_DIR": "/run/u"], files: files) == "/w/run/c.sock")
    #expect(try find([:], files: ["/etc/aras/aras.yaml": "socket: {path: /etc.sock}"]) == "/etc.sock")
    #expect(try find(["XDG_RUNTIME_DIR": "/run/u"]) == "/run/u/aras/arasd.sock")
    #expect(try find(["XDG_RUNTIME_DIR": ""]) == "/tmp/aras-1000/arasd.sock")
    #expect(try find(["ARAS_SOCKET__PATH": "auto"], files: files) == "/tmp/aras-1000/arasd.sock")
  }

  @Test func readsTheFileThatIsNamed() throws {
    let files = [
      "/p/x.yaml": "socket:\n  path: s.sock", "/w/config/aras.yaml": "socket:\n  path: /c.sock",
      "/home/u/.config/aras/aras.yaml": "socket:\n path: ~/s",
    ]
    #expect(try find(["ARAS_CONFIG": "/p/x.yaml"], files: files) == "/p/s.sock")
    #expect(try find(["ARAS_CONFIG": "/p/x.yaml"], files: files, config: "config/aras.yaml") == "/c.sock")
    #expect(try find(["HOME": "/home/u"], files: ["/home/u/.config/aras/aras.yaml": "socket:\n path: ~/s"]) == "/home/u/s")
    #expect(throws: ClientError.self) { try find([:], files: files, config: "/none.yaml") }
  }

  @Test(arguments: [
    ("socket:\n  mode: 0660\n  path: /a b.sock  # why\n", "/a b.sock"), ("# x\nsocket:   # y\n\n  # z\n  path: \"/q#.sock\"", "/q#.sock"),
    ("socket:\n  path: '/s'\r\nindex:\n", "/s"), ("index:\n  path: /i\nsocket:\n  mode: 1\nhttp:\n  path: /h", nil),
    ("socket: {mode: 0660, path: /f}", "/f"),
    ("path: /top", nil), ("socket:\n  path: ~", nil), ("socket:\n  path:   # none", nil), ("", nil), ("\"socket\":\n  \"path\": /k", "/k"),
    ("sockets:\n  path: /no\n", nil),
  ])
  func findsTheSettingInTheConfiguration(text: String, path: String?) {
    #expect(SocketLocation.socketPath(inConfiguration: Array(text.utf8)) == path)
  }

  @Test(arguments: [
    ("/run/a.sock", Endpoint.unix(path: "/run/a.sock")), ("a.sock", .unix(path: "a.sock")),
    ("localhost:7701", .tcp(host: "localhost", port: 7701)),
    ("[::1]:7701", .tcp(host: "::1", port: 7701)), (":7701", .tcp(host: "localhost", port: 7701)), ("./x:7", .unix(path: "./x:7")),
    ("host:0", .unix(path: "host:0")), ("host:99999", .unix(path: "host:99999")),
  ])
  func readsEndpoints(text: String, endpoint: Endpoint) {
    #expect(Endpoint(text) == endpoint)
  }
}

@Suite struct LineBufferTests {
  @Test func givesLinesHoweverTheyArrive() {
    let text = Array("a\r\n\nbcd\nrest".utf8)
    for size in 1...text.count {
      var buffer = LineBuffer()
      var lines: [String] = []
      for start in stride(from: 0, to: text.count, by: size) {
        buffer.append { $0 += text[start..<min(start + size, text.count)] }
        while let line = buffer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      }
      #expect(lines == ["a", "", "bcd"])
      #expect(buffer.rest() == Array("rest".utf8))
      #expect(buffer.rest() == nil && buffer.count == 0)
    }
  }
}

@Suite struct ArgumentPreparationTests {
  @Test(arguments: [
    (["search", "a", "-b", "--limit", "3"], ["search", "a", " -b", "--limit", "3"]), (["search", "-h"], ["search", "-h"]),
    (["search", "-a b", "-"], ["search", " -a b", "-"]), (["search", "--", "-a"], ["search", "--", "-a"]),
    (["show", "-a"], ["show", "-a"]),
    (["--format", "json", "--color=never", "search", "x"], ["search", "--format", "json", "--color=never", "x"]),
    (["--format", "json", "topics", "train", "t"], ["topics", "train", "--format", "json", "t"]),
    (["--format", "json", "topics", "iran"], ["topics", "--format", "json", "iran"]), (["--version"], ["--version"]),
    ([], []), (["--format"], ["--format"]), (["search", "--x y"], ["search", " --x y"]),
    (["search", "--actor=a b"], ["search", "--actor=a b"]),
  ])
  func keepsExclusionsAndMovesGlobalOptions(arguments: [String], prepared: [String]) {
    #expect(ArgumentPreparation.prepared(arguments) == prepared)
  }

  @Test func joinsTheWordsOfAQuery() {
    #expect(ArgumentPreparation.query(of: ["a", " -b", "\"c d\""]) == "a -b \"c d\"")
  }
}
