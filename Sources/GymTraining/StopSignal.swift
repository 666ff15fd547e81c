import Dispatch
import Foundation
import Gym
import Synchronization

/// Whether the process was asked to stop.
///
/// The first Ctrl-C (or SIGTERM, or the end of the terminal) sets a flag that loops check, so that
/// they can save and exit; a second one ends the process at once. What arrives within half a second
/// of the first is no second one: `timeout` and launchers signal a process, and then its group.
public final class StopSignal: Sendable {
  /// The exit code of an interrupted process: 128 plus the number of SIGINT.
  public static let exitCode: Int32 = 130

  /// The stop request that agents check while they solve.
  public let stop = StopRequest()

  /// The time of the first signal; nil before it.
  private let heard = Mutex<ContinuousClock.Instant?>(nil)

  /// The action before the process is ended in the middle of work; nil if it is not ended.
  private let lastWords = Mutex<(grace: Double, words: @Sendable () -> Void)?>(nil)

  /// A stop signal that only `request()` triggers.
  public init() {}

  /// A stop signal that SIGINT, SIGTERM and SIGHUP trigger while it exists.
  public static func signals() -> StopSignal {
    let stopSignal = StopSignal()
    Signals.add(stopSignal)
    return stopSignal
  }

  /// From now on, SIGINT, SIGTERM and SIGHUP end the process with the exit code of interruptions,
  /// unless a `StopSignal` is there to receive them.
  ///
  /// - Parameter before: runs before the process is ended in the middle of work.
  public static func endProcess(before: @escaping @Sendable () -> Void) {
    Signals.end(before: before)
  }

  /// Does not return if a signal is ending the process: the processes that it ends on the way are
  /// not a fault to report.
  public static func yieldToEnd() { Signals.waitIfEnding() }

  /// Whether a stop was requested.
  public var isRequested: Bool { stop.isRequested }

  /// Requests a stop.
  ///
  /// - Returns: whether one had been requested already.
  @discardableResult
  public func request() -> Bool { stop.request() }

  /// Makes sure that the process ends soon after a signal, even if its current work does not check
  /// the flag: a long product, or a process that does not answer.
  ///
  /// - Parameters:
  ///   - grace: the number of seconds after the signal.
  ///   - words: prints a report and saves results at that point; a later call replaces it. If the
  ///     work ends by itself, call `endsByItself` before printing anything.
  public func endInTime(after grace: Double = 1.2, _ words: @escaping @Sendable () -> Void) {
    // Rank 0 has the results, and ends the others with itself.
    guard Ranks.world.isFirst else { return }
    lastWords.withLock { $0 = (grace, words) }
  }

  /// Removes the time limit for the following work. Does not return if the process is being ended.
  public func endsByItself() {
    lastWords.withLock { $0 = nil }
  }

  /// Receives a signal.
  ///
  /// - Returns: whether the process should be ended at once.
  package func hear(at time: ContinuousClock.Instant = .now) -> Bool {
    let isEcho = heard.withLock { heard in
      defer { heard = heard ?? time }
      return heard.map { time - $0 < .milliseconds(500) } ?? false
    }
    if isEcho { return false }
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

/// SIGINT, SIGTERM and SIGHUP of this process, and their receivers.
enum Signals {
  private struct Listener {
    weak var stopSignal: StopSignal?
  }

  private struct State {
    var sources: [any DispatchSourceSignal] = []
    var listeners: [Listener] = []
    var endsWithoutListeners = false
    var isEnding = false
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
    let before = lock.withLock {
      state.isEnding = true
      return state.before
    }
    before()
    _exit(StopSignal.exitCode)
  }

  static func waitIfEnding() {
    while lock.withLock({ state.isEnding }) { Thread.sleep(forTimeInterval: 1) }
  }

  /// Installs the signal handling, once.
  private static func listen() {
    guard state.sources.isEmpty else { return }
    state.sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // The default action would end the process before the source receives the signal.
      let earlier = signal(number, SIG_IGN)
      // Under `nohup` the work outlives its terminal.
      let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP, unsafeBitCast(earlier, to: Int.self) == ignored { return nil }
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
