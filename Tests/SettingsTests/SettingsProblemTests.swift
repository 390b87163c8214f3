import Testing

@testable import Settings

@Suite struct SettingsProblemTests {
  /// A configuration, and what is said of it.
  static let table: [(String, [String])] = [
    ("", []),
    ("# nothing\n", []),
    ("tcp:\n# listen: x\n", []),
    ("socket:\n  mod: 0660\n", ["config/aras.yaml:2: socket.mod: is not a setting; did you mean socket.mode?"]),
    ("sockets:\n  mode: 0660\n", ["config/aras.yaml:1: sockets: is not a section; did you mean socket?"]),
    ("entirely: 1\n", ["config/aras.yaml:1: entirely: is not a section"]),
    ("index: here\n", ["config/aras.yaml:1: index: expected a section with keys below it"]),
    ("socket:\n  mode: rw\n", ["config/aras.yaml:2: socket.mode: is 'rw', expected permissions in octal such as 0660"]),
    (
      "http:\n  listen: 7700\n",
      ["config/aras.yaml:2: http.listen: is '7700', expected an address and a port such as 127.0.0.1:7700, or off"]
    ),
    ("limits:\n  queue: many\n", ["config/aras.yaml:2: limits.queue: is 'many', expected a whole number from 0 to 1000000"]),
    (
      "limits:\n  results: much\n",
      ["config/aras.yaml:2: limits.results: is 'much', expected a size such as 65536, 512 KiB or 64 MiB, at least 0"]
    ),
    ("limits:\n  in_flight: 0\n", ["config/aras.yaml:2: limits.in_flight: is '0', expected a whole number from 1 to 10000"]),
    (
      "limits:\n  max_line: 1 parsec\n",
      ["config/aras.yaml:2: limits.max_line: is '1 parsec', expected a size such as 65536, 512 KiB or 64 MiB, at least 1 KiB"]
    ),
    ("limits:\n  query_timeout: soon\n", ["config/aras.yaml:2: limits.query_timeout: is 'soon', expected a time such as 250ms, 5s or 2m"]),
    ("limits:\n  readers: -1\n", ["config/aras.yaml:2: limits.readers: is '-1', expected a whole number from 1, or auto"]),
    (
      "log:\n  level: loud\n",
      ["config/aras.yaml:2: log.level: is 'loud', expected one of trace, debug, info, notice, warning, error, critical"]
    ),
    (
      "analysis:\n  languages: [English]\n",
      ["config/aras.yaml:2: analysis.languages: is a list, expected a list of ISO 639-1 codes such as [en, ru]"]
    ),
    ("sources: {path: a}\n", ["config/aras.yaml:1: sources: expected a list of sources"]),
    (
      "sources:\n  - path: a\n    includes: []\n",
      ["config/aras.yaml:3: sources[0].includes: is not a setting of a source; did you mean include?"]
    ),
    ("sources:\n  - name: a\n", ["config/aras.yaml:2: sources[0].path: is missing, expected the folder or file to index"]),
    (
      "sources:\n  - path: a\n    fields:\n      titel: headline\n",
      [
        "config/aras.yaml:4: sources[0].fields.titel: is not a field of an article, "
          + "expected one of id, title, text, date, url, source, authors, lang, keywords; did you mean title?"
      ]
    ),
    (
      "sources:\n  - path: a\n    format: pdf\n",
      ["config/aras.yaml:3: sources[0].format: expected one of auto, text, markdown, html, jsonl, csv"]
    ),
    ("sources:\n  - a\n  - b/a\n", ["config/aras.yaml:3: sources[1]: has the name a of an earlier source, expected one of its own"]),
    ("registry:\n  actors: [no.yaml]\n", ["config/aras.yaml: registry.actors: there is no file no.yaml, expected a registry file"]),
    ("- a\n", ["config/aras.yaml:1: expected sections such as index: and sources:"]),
  ]

  @Test(arguments: table)
  func `a wrong configuration is told with file, line, key and what was expected`(yaml: String, expected: [String]) throws {
    let box = try Sandbox.project(yaml)
    #expect(box.problems().map { $0.replacingOccurrences(of: box.root + "/", with: "") } == expected)
  }

  @Test func `all problems are told at once, in the order of the file`() throws {
    let box = try Sandbox.project("log:\n  level: loud\nhtpp: {}\nsocket:\n  mode: 8\n  colour: red\n")
    let starts = box.problems(["ARAS_LIMITS__QUEU": "3"]).map { $0.split(separator: ": ").prefix(2).joined(separator: " ") }
    #expect(
      starts == [
        "config/aras.yaml:2 log.level", "config/aras.yaml:3 htpp", "config/aras.yaml:5 socket.mode", "config/aras.yaml:6 socket.colour",
        "ARAS_LIMITS__QUEU limits.queu",
      ])
  }

  @Test(arguments: [
    "a: [1\n", "a: b: c\n", "\tx: 1\n", "index:\n  path: a\n  path: b\n",
  ])
  func `text that is not YAML is told with its line`(yaml: String) throws {
    let problems = try Sandbox.project(yaml).problems()
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("config/aras.yaml:") == true)
    #expect(problems.first?.contains("is not valid YAML") == true)
  }

  /// A variable, its value, and what is said of it.
  static let variables: [(String, String, [String])] = [
    ("ARAS_LOG__LEVEL", "debug", []),
    ("ARAS_LOG__LEVEL", "x", ["ARAS_LOG__LEVEL: log.level: is 'x', expected one of trace, debug, info, notice, warning, error, critical"]),
    ("ARAS_LOG__LEVL", "x", ["ARAS_LOG__LEVL: log.levl: is not a setting; did you mean ARAS_LOG__LEVEL?"]),
    ("ARAS_LOGS__LEVEL", "x", ["ARAS_LOGS__LEVEL: logs: is not a section; did you mean log?"]),
    (
      "ARAS_SOURCES__PATH", "x", ["ARAS_SOURCES__PATH: sources: is not a setting, expected ARAS_SOURCES with a list; did you mean sources?"]
    ),
    ("ARAS_ANALYSIS__LANGUAGES", "[en, ru]", []),
    ("ARAS_ANALYSIS__LANGUAGES", "en,ru", []),
    (
      "ARAS_ANALYSIS__STOP_WORDS", "en",
      [
        "ARAS_ANALYSIS__STOP_WORDS: analysis.stop_words: is 'en', "
          + "expected a table of language code to files, such as {en: [config/stop-words/en.txt]}"
      ]
    ),
    ("ARAS_SHARED", "/x", []),
    ("ARASH__LEVEL", "x", []),
  ]

  @Test(arguments: variables)
  func `a wrong variable is told by its name`(variable: String, value: String, expected: [String]) throws {
    #expect(try Sandbox.project("").problems([variable: value]) == expected)
  }
}
