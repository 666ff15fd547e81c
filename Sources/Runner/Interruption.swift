import Dispatch
import Foundation
import Synchronization

/// Whether somebody asked the process to stop.
///
/// The first Ctrl-C (or SIGTERM) sets a flag that loops look at, so that they can save and leave;
/// a second one ends the process at once. With the value, the signals' usual effect returns.
public final class Interruption: Sendable {
  /// The exit code of a process that was interrupted: 128 and the number of SIGINT.
  public static let exitCode: Int32 = 130

  private let requested = Mutex(false)
  // Written once, in `signals()`, before the value is shared.
  private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

  /// An interruption that only `request()` brings about.
  public init() {}

  /// An interruption that SIGINT and SIGTERM bring about, from now on.
  public static func signals() -> Interruption {
    let interruption = Interruption()
    interruption.sources = [SIGINT, SIGTERM].map { number in
      // The default action would end the process before the source hears of the signal.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak interruption] in
        if interruption?.request() ?? true { _exit(exitCode) }
      }
      source.activate()
      return source
    }
    return interruption
  }

  /// Whether a stop was asked for.
  public var isRequested: Bool { requested.withLock { $0 } }

  /// Asks for a stop.
  ///
  /// - Returns: whether one was asked for already.
  @discardableResult
  public func request() -> Bool {
    requested.withLock { requested in
      defer { requested = true }
      return requested
    }
  }

  deinit {
    for source in sources {
      source.cancel()
      signal(Int32(source.handle), SIG_DFL)
    }
  }
}
