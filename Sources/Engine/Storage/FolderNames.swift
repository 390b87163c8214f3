// What is in a folder.
import Glibc

enum FolderNames {
  /// The names in a folder, in no order, `.` and `..` among them; nil where it cannot be read.
  static func all(in directory: String) -> [String]? {
    guard let folder = opendir(directory) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        })
    }
    return names
  }

  /// Removes a folder of files.
  static func remove(_ folder: String) {
    for name in all(in: folder) ?? [] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
