// Tables that are written beside those of the index take their place with two renames, and changes with one of a small file. There is a
// whole index at any time.
import Glibc

extension IndexFolder {
  /// Where the tables are written anew, and where the old ones lie while these take their place.
  static func beside(_ database: String) -> String { database + ".new" }
  static func before(_ database: String) -> String { database + ".was" }
  /// Where changes are written.
  static func changing(_ database: String) -> String { database + ".change" }

  /// Brings in order what a process left that was killed while it wrote.
  static func tidy(_ path: String) {
    let database = database(path)
    if access(database, F_OK) != 0 { rename(before(database), database) }
    for folder in [beside(database), before(database), changing(database)] { FolderNames.remove(folder) }
  }
}
