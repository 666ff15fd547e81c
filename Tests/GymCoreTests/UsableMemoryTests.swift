import Foundation
import GymCore
import GymTestSupport
import Testing

@Suite struct UsableMemoryTests {
  /// The usable memory of a machine of 8 GB whose files under / are those given.
  private func usable(_ files: [String: String]) throws -> UsableMemory {
    try withTemporaryFolder { folder in
      for (path, text) in files {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      return UsableMemory(machine: 8e9, root: folder.path)
    }
  }

  @Test("Control groups of version 2 limit memory, those above the process's included")
  func version2() throws {
    var files = [
      "proc/self/cgroup": "0::/jobs/mine\n", "sys/fs/cgroup/jobs/memory.max": "2000000000\n",
      "sys/fs/cgroup/jobs/mine/memory.max": "max\n",
    ]
    #expect(try usable(files).bytes == 2e9)
    #expect(try usable(files).isLimited)
    files["sys/fs/cgroup/jobs/mine/memory.max"] = "1000000000\n"
    #expect(try usable(files).bytes == 1e9)
    // A container sees its own group as the topmost, whatever it is called outside.
    files = ["proc/self/cgroup": "0::/docker/a1\n", "sys/fs/cgroup/memory.max": "3000000000\n"]
    #expect(try usable(files).bytes == 3e9)
  }

  @Test("Control groups of version 1 limit memory")
  func version1() throws {
    let files = [
      "proc/self/cgroup": "9:name=systemd:/\n4:cpu,cpuacct:/a\n3:memory:/a/b\n0::/\n",
      "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "9223372036854771712\n",
      "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "4000000000\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    ]
    #expect(try usable(files).bytes == 4e9)
  }

  @Test(
    "Without control groups, or with limits above it, the machine's memory counts",
    arguments: [
      [:], ["proc/self/cgroup": "no groups"],
      ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "max\n"],
      ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "9000000000\n"],
    ])
  func machine(files: [String: String]) throws {
    let usable = try usable(files)
    #expect(usable.bytes == 8e9)
    #expect(!usable.isLimited)
  }
}
