import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM of this process, and their receivers.
enum Signals {
  private struct Listener {
    weak var stopSignal: StopSignal?
  }

  private struct State {
    var sources: [any DispatchSourceSignal] = []
    var listeners: [Listener] = []
    var endsWithoutListeners = false
    var before: @Sendable () -> Void = {}
  }

  private static let lock = NSLock()
  // Read and written only under the lock.
  private nonisolated(unsafe) static var state = State()

  /// Notifies an interruption of signals while it exists.
  static func add(_ stopSignal: StopSignal) {
    lock.withLock {
      state.listeners.removeAll { $0.stopSignal == nil }
      state.listeners.append(Listener(stopSignal: stopSignal))
      listen()
    }
  }

  /// Ends the process at a signal that nothing receives.
  static func end(before: @escaping @Sendable () -> Void) {
    lock.withLock {
      state.endsWithoutListeners = true
      state.before = before
      listen()
    }
  }

  /// Ends the process now.
  static func exit() -> Never {
    let before = lock.withLock { state.before }
    before()
    _exit(StopSignal.exitCode)
  }

  /// Installs the signal handling, once.
  private static func listen() {
    guard state.sources.isEmpty else { return }
    state.sources = [SIGINT, SIGTERM].map { number in
      // The default action would end the process before the source receives the signal.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { received(number) }
      source.activate()
      return source
    }
  }

  private static func received(_ number: Int32) {
    let (listeners, ends) = lock.withLock {
      (state.listeners.compactMap(\.stopSignal), state.endsWithoutListeners)
    }
    if listeners.isEmpty {
      if ends {
        try? FileHandle.standardError.write(contentsOf: Data("Interrupted.\n".utf8))
        exit()
      }
      // The signal's default effect, if nothing receives it any more.
      signal(number, SIG_DFL)
      raise(number)
    }
    // All are notified before one of them ends the process.
    if listeners.map({ $0.hear() }).contains(true) { exit() }
  }
}
