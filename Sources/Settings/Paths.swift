// Paths of the configuration: how a relative one becomes absolute, and where files are looked for that nobody named.

package enum Paths {
  /// Makes a path absolute and removes `.`, `..` and doubled slashes without asking the file system.
  package static func absolute(_ path: String, base: String, home: String?) -> String {
    var full = path
    if path == "~" || path.hasPrefix("~/"), let home {
      full = home + path.dropFirst()
    } else if !path.hasPrefix("/") {
      full = base + "/" + path
    }
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The folder that holds `path`.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The last part of `path`.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folder that relative paths of a configuration file start from: a file in a folder named `config` speaks of its
  /// project (`index` and `seeds` lie beside `config`), any other file of its own folder.
  package static func base(ofConfiguration file: String) -> String {
    let own = folder(of: file)
    return name(of: own) == "config" ? folder(of: own) : own
  }

  /// The path from the folder `project` when it lies in there, else the path as it is.
  static func shown(_ path: String, from project: String) -> String {
    if path == project { return "." }
    let prefix = project == "/" ? "/" : project + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// Where a file that comes with the program (`actors.yaml`, `topics.yaml`) may lie, in the order of preference: beside the
  /// configuration file, in the current folder's `config`, installed beside the executable, in the source tree it was built in.
  static func candidates(for name: String, configuration: String?, currentDirectory: String, executable: String?) -> [String] {
    var list: [String] = []
    if let configuration { list.append(folder(of: configuration) + "/" + name) }
    list.append(absolute("config/" + name, base: currentDirectory, home: nil))
    if let executable {
      var parent = folder(of: executable)
      list.append(folder(of: parent) + "/share/aras/" + name)
      while parent != "/" {
        parent = folder(of: parent)
        list.append(absolute("config/" + name, base: parent, home: nil))
      }
    }
    return list
  }
}
