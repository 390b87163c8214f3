// Tables that are written beside those of the index take their place with two renames. There is a whole index at any time.
import Glibc

extension IndexFolder {
  /// Where the tables are written anew, and where the old ones lie while these take their place.
  static func beside(_ database: String) -> String { database + ".new" }
  static func before(_ database: String) -> String { database + ".was" }

  /// Brings in order what a process left that was killed while it wrote an index anew.
  static func tidy(_ path: String) {
    let database = database(path)
    if access(database, F_OK) != 0 { rename(before(database), database) }
    for folder in [beside(database), before(database)] { FolderNames.remove(folder) }
  }
}
