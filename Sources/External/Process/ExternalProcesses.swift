import Foundation
import Synchronization

/// The process groups that this program has started and that still run.
public enum ExternalProcesses {
  private static let groups = Mutex<Set<pid_t>>([])

  /// Kills all of them. For the end of the program in the midst of something: whoever waits for one
  /// of them finds it dead.
  public static func killAll() {
    groups.withLock { groups in
      for group in groups { kill(-group, SIGKILL) }
    }
  }

  /// Takes note of a group.
  static func add(_ group: pid_t) { groups.withLock { _ = $0.insert(group) } }

  /// Kills a group that is not to be killed again, as its number may become another's.
  static func remove(_ group: pid_t) {
    groups.withLock { groups in
      groups.remove(group)
      kill(-group, SIGKILL)
    }
  }
}
