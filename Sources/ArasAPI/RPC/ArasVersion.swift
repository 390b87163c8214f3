// The version of Aras, in one place for daemon and client.

/// Names the version of the program, as `--version`, `hello` and `status` say it.
package enum ArasVersion {
  package static let current = "0.1.0"
}
