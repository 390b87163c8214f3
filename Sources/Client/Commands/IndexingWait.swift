// Waits until the daemon has indexed what was asked for. It follows the `progress` notifications, and looks at the
// status when none come, so that a missed one does not make it wait for ever.
import ArasAPI

/// Waits for the end of a `reindex`.
package struct IndexingWait {
  package var client: DaemonClient
  /// How long to wait for a notification before the status is asked for.
  package var quietMilliseconds: Int32

  package init(client: DaemonClient, quietMilliseconds: Int32 = 1000) {
    self.client = client
    self.quietMilliseconds = quietMilliseconds
  }

  /// Returns the revision that shows the change.
  package func run(onProgress: (Progress) -> Void) throws(ClientError) -> UInt64 {
    var readyInARow = 0  // Once is not enough: the daemon may not have begun.
    while true {
      if let notification = try client.notification(within: quietMilliseconds) {
        guard notification.method == "progress", let progress = try? ProgressNotification(json: notification.params) else { continue }
        onProgress(Progress(done: progress.done, total: progress.total, rate: progress.rate))
        guard progress.finished else { continue }
        if let revision = progress.revision { return revision }
        return try status().revision
      }
      let status = try status()
      if let progress = status.progress { onProgress(progress) }
      readyInARow = status.state == .ready && status.queueDepth == 0 ? readyInARow + 1 : 0
      if readyInARow == 2 { return status.revision }
    }
  }

  private func status() throws(ClientError) -> StatusResult {
    try client.call("status", EmptyRequest()).read()
  }
}
