// All settings of the daemon: what was configured, with every path absolute and every default filled in.

/// The settings, area by area.
package struct Settings: Sendable, Equatable {
  package var index = IndexSettings()
  /// The folders and files to index.
  package var sources: [SourceSettings] = []
  package var socket = SocketSettings()
  package var tcp = TCPSettings()
  package var http = HTTPSettings()
  package var registry = RegistrySettings()
  package var analysis = AnalysisSettings()
  package var limits = LimitSettings()
  package var log = LogSettings()

  /// The configuration file that was read; nil when there was none.
  package var file: String?

  package init() {}

  /// The files whose change asks for a reload.
  package var watchedFiles: [String] {
    var files: [String] = []
    if let file { files.append(file) }
    files += registry.actors + registry.topics + [registry.trainedFolder].compactMap(\.self) + analysis.synonyms
    for language in analysis.stopWords.keys.sorted() { files += analysis.stopWords[language] ?? [] }
    return files
  }

  /// The areas that can be changed by a reload are taken from `other`; returns the names of changed areas that need a restart.
  package mutating func adopt(_ other: Settings) -> [String] {
    var restart: [String] = []
    if other.index != index { restart.append(IndexSettings.section) }
    if other.sources != sources { restart.append("sources") }
    if other.socket != socket { restart.append(SocketSettings.section) }
    if other.tcp != tcp { restart.append(TCPSettings.section) }
    if other.http != http { restart.append(HTTPSettings.section) }
    if other.limits != limits { restart.append(LimitSettings.section) }
    registry = other.registry
    analysis = other.analysis
    log = other.log
    return restart
  }
}

/// What was said on the command line; it goes over the environment and the file.
package struct SettingsOverrides: Sendable, Equatable {
  package var config: String?
  package var sources: [String] = []
  package var index: String?
  package var socket: String?
  package var http: String?
  package var noHTTP = false

  package init() {}
}
