import Foundation

/// A fault of an external process. It loses the answers that were asked of it, never the run.
package struct ProcessFault: Error, Hashable, CustomStringConvertible {
  /// The kind of fault, which decides whether to ask again.
  package enum Kind: Hashable {
    /// It died, or wrote something invalid.
    case broken
    /// It ran out of time.
    case silent
    /// It failed too often and is not restarted.
    case givenUp
    /// A stop was requested: the process did nothing wrong.
    case stopped
  }

  let kind: Kind
  /// A description in one sentence without a full stop.
  let reason: String

  /// A stop was requested.
  static let stopped = ProcessFault("was stopped", .stopped)

  init(_ reason: String, _ kind: Kind = .broken) {
    self.kind = kind
    self.reason = reason
  }

  package var description: String { reason }
}

/// How a child process ends, and the end of its process group.
final class ProcessExit {
  private let identifier: pid_t
  private var isReaped = false

  /// - Parameter identifier: a child of this process that leads its own process group.
  init(of identifier: pid_t) {
    self.identifier = identifier
    ExternalProcesses.add(identifier)
  }

  /// Waits for the process to exit: a description of how it did, or nil if it is still running.
  func wait(until deadline: ContinuousClock.Instant) -> String? {
    guard !isReaped else { return nil }
    repeat {
      var state = siginfo_t()
      // It is not reaped yet, so that its number remains that of its group, which is killed later.
      if waitid(P_PID, id_t(identifier), &state, WEXITED | WNOHANG | WNOWAIT) != 0,
        errno != EINTR
      {
        return "has ended"
      }
      if state.si_signo == SIGCHLD { return Self.text(state) }
      usleep(2000)
    } while ContinuousClock.now < deadline
    return nil
  }

  /// Kills the whole group and reaps the process.
  func killGroup() {
    guard !isReaped else { return }
    isReaped = true
    ExternalProcesses.remove(identifier)
    // A killed process ends at once unless the system itself is stuck, which is not waited for.
    let deadline = ContinuousClock.now + .seconds(2)
    var status: Int32 = 0
    while waitpid(identifier, &status, WNOHANG) == 0, ContinuousClock.now < deadline {
      usleep(1000)
    }
  }

  private static func text(_ state: siginfo_t) -> String {
    #if canImport(Darwin)
      let status = state.si_status
    #else
      let status = state._sifields._sigchld.si_status
    #endif
    return state.si_code == CLD_EXITED
      ? "ended with exit code \(status)" : "was ended by signal \(status)"
  }
}

/// Limits on a process; it is ended if it exceeds one.
struct ProcessLimits: Hashable {
  /// The seconds per puzzle.
  var seconds = 10.0
  /// The seconds from start to the reply to the greeting, which includes loading a model.
  var startSeconds = 60.0
  /// The bytes per line of output.
  var lineBytes = 1 << 20
  /// The bytes of output per request.
  var requestBytes = 16 << 20
  /// How many consecutive failures, without an answer in between, are followed by a restart.
  var restarts = 20
  /// The seconds before a restart; doubles with each failure.
  var firstPause = 0.1
  var maximumPause = 5.0
  /// The seconds that it has to exit after its input is closed.
  var grace = 0.3
}
