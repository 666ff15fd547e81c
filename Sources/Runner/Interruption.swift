import Dispatch
import Foundation
import Gym
import Synchronization

/// Whether somebody asked the process to stop.
///
/// The first Ctrl-C (or SIGTERM) sets a flag that loops look at, so that they can save and leave;
/// a second one ends the process at once.
public final class Interruption: Sendable {
  /// The exit code of a process that was interrupted: 128 and the number of SIGINT.
  public static let exitCode: Int32 = 130

  /// What agents look at while they solve.
  public let stop = StopRequest()

  /// What is done before the process is ended in the midst of something; nil if it is not.
  private let lastWords = Mutex<(grace: Double, words: @Sendable () -> Void)?>(nil)

  /// An interruption that only `request()` brings about.
  public init() {}

  /// An interruption that SIGINT and SIGTERM bring about, as long as the value lives.
  public static func signals() -> Interruption {
    let interruption = Interruption()
    Signals.add(interruption)
    return interruption
  }

  /// From now on SIGINT and SIGTERM end the process with the exit code of interruptions, unless an
  /// `Interruption` is there to hear of them.
  ///
  /// - Parameter before: what is done before the process is ended in the midst of something.
  public static func endProcess(before: @escaping @Sendable () -> Void) {
    Signals.end(before: before)
  }

  /// Whether a stop was asked for.
  public var isRequested: Bool { stop.isRequested }

  /// Asks for a stop.
  ///
  /// - Returns: whether one was asked for already.
  @discardableResult
  public func request() -> Bool { stop.request() }

  /// Sees to it that the process has ended soon after a signal, even if what it does then looks
  /// at no flag: a long product, a process that does not answer.
  ///
  /// - Parameters:
  ///   - grace: how many seconds after the signal.
  ///   - words: what is said and kept then; a later call replaces it. If the work comes to its end
  ///     by itself, call `endsByItself` before anything is said.
  public func endInTime(after grace: Double = 1.2, _ words: @escaping @Sendable () -> Void) {
    lastWords.withLock { $0 = (grace, words) }
  }

  /// Lets what follows take its time. A process that is being ended does not come back from here.
  public func endsByItself() {
    lastWords.withLock { $0 = nil }
  }

  /// Hears of a signal.
  ///
  /// - Returns: whether the process is to be ended at once.
  func hear() -> Bool {
    if request() { return true }
    let grace = lastWords.withLock { $0?.grace } ?? 1.2
    DispatchQueue.global().asyncAfter(deadline: .now() + grace) { [weak self] in
      self?.lastWords.withLock { last in
        guard let last else { return }
        last.words()
        fflush(nil)
        Signals.exit()
      }
    }
    return false
  }
}
