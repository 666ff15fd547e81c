import Foundation
import Synchronization

/// The running process groups that this program has started.
public enum ExternalProcesses {
  private static let groups = Mutex<Set<pid_t>>([])

  /// Kills all of them. For ending the program in the middle of its work: code that waits for a
  /// process then finds it dead.
  public static func killAll() {
    groups.withLock { groups in
      for group in groups { kill(-group, SIGKILL) }
    }
  }

  /// Registers a group.
  static func add(_ group: pid_t) { groups.withLock { _ = $0.insert(group) } }

  /// Kills and unregisters a group; its number may be reused, so it must not be killed again.
  static func remove(_ group: pid_t) {
    groups.withLock { groups in
      groups.remove(group)
      kill(-group, SIGKILL)
    }
  }
}
