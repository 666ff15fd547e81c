import Foundation

/// The memory that this process may use.
package struct UsableMemory: Sendable, Hashable {
  /// The bytes: the machine's, or less if a control group allows less.
  package let bytes: Double
  /// Whether a control group allows less than the machine has, as a container's or a job's does.
  package let isLimited: Bool

  /// The memory for this process.
  package static let here = UsableMemory(
    machine: Double(ProcessInfo.processInfo.physicalMemory), root: "/")

  /// - Parameters:
  ///   - machine: the machine's memory in bytes.
  ///   - root: the folder of `proc` and `sys`; if they are missing, as on macOS, there are no
  ///     control groups.
  package init(machine: Double, root: String) {
    let least = Self.limits(under: root).min() ?? .infinity
    (bytes, isLimited) = (min(machine, least), least < machine)
  }

  /// The limits of the process's control groups, those above it included: of version 2 in
  /// `memory.max`, of version 1 in `memory.limit_in_bytes` (Linux, `cgroups(7)`).
  private static func limits(under root: String) -> [Double] {
    let groups = (try? String(contentsOfFile: root + "/proc/self/cgroup", encoding: .utf8)) ?? ""
    return groups.split(separator: "\n").flatMap { line -> [Double] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let controllers = parts[1].split(separator: ",")
      guard controllers.isEmpty || controllers.contains("memory") else { return [] }
      let top = root + "/sys/fs/cgroup" + (controllers.isEmpty ? "" : "/memory")
      let file = controllers.isEmpty ? "memory.max" : "memory.limit_in_bytes"
      var names = parts[2].split(separator: "/").map(String.init)
      var limits: [Double] = []
      while true {
        let path = ([top] + names + [file]).joined(separator: "/")
        if let text = try? String(contentsOfFile: path, encoding: .utf8),
          let limit = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
        {
          limits.append(limit)
        }
        guard names.popLast() != nil else { return limits }
      }
    }
  }
}
