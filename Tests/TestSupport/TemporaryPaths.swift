// Names of new files and folders in the system's temporary folder, made by the system so that no two tests get the same.
import FileWatch
import Glibc

/// The system puts a name of its own in the place of the last six letters.
private var template: [CChar] { Array(("/tmp/aras-test-" + String(repeating: "X", count: 6)).utf8CString) }

/// Makes an empty folder; whoever asks for it takes it away.
package func makeTemporaryFolder() throws -> String {
  var template = template
  guard let made = mkdtemp(&template) else { throw SystemError(errno) }
  return String(cString: made)
}

/// Makes an empty file; whoever asks for it takes it away.
package func makeTemporaryFile() throws -> String {
  var template = template
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw SystemError(errno) }
  close(descriptor)
  return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
