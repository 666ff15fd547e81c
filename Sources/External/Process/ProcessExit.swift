import Foundation

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
