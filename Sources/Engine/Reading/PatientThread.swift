// Threads that a query may keep.

import Glibc

/// Says of the thread that it may be kept busy: what a query needs from a reader is done on it, and no other thread has to be woken to do it
/// and to take the answer back. For threads of one's own, never one of the cooperative pool.
package enum PatientThread {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  package static var isCurrent: Bool { pthread_getspecific(key) != nil }

  /// - Parameter mayStay: whether it is to be one while the body runs.
  package static func run(_ mayStay: Bool, _ body: () -> Void) {
    let before = pthread_getspecific(key)
    pthread_setspecific(key, mayStay ? UnsafeRawPointer(bitPattern: 1) : nil)
    defer { pthread_setspecific(key, before) }
    body()
  }
}
