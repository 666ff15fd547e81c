import Foundation

/// A process that was just started in the shell, and our ends of its pipes.
struct SpawnedProcess {
  let identifier: pid_t
  let input: Int32
  let output: Int32
  let errors: Int32

  /// Held from the creation of pipes until they are marked as not inherited: a process started by
  /// another thread in between would keep them open.
  private static let spawning = NSLock()

  /// - Throws: a `ProcessFault` if the system provides no pipes or process.
  init(command: String) throws(ProcessFault) {
    Self.spawning.lock()
    defer { Self.spawning.unlock() }
    var opened: [Int32] = []
    var isStarted = false
    defer {
      if !isStarted {
        for end in opened { close(end) }
      }
    }
    func pipe() throws(ProcessFault) -> (reading: Int32, writing: Int32) {
      var ends: [Int32] = [-1, -1]
      guard Foundation.pipe(&ends) == 0 else { throw .system("be given a pipe") }
      opened += ends
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
    let (theirInput, input) = try pipe()
    let (output, theirOutput) = try pipe()
    let (errors, theirErrors) = try pipe()
    for end in [input, output, errors] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    BrokenPipe.prepare(input)
    identifier = try Self.spawn(command, [theirInput, theirOutput, theirErrors])
    isStarted = true
    for end in [theirInput, theirOutput, theirErrors] { close(end) }
    (self.input, self.output, self.errors) = (input, output, errors)
  }

  /// Starts the shell in its own process group, with default signal handling.
  private static func spawn(
    _ command: String, _ standard: [Int32]
  ) throws(ProcessFault) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let onlyStandard = Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let onlyStandard: Int32 = 0
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, end) in standard.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(number))
    }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGXFSZ] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(
        Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK)
          | Int32(POSIX_SPAWN_SETSIGDEF) | onlyStandard))

    var environment = ProcessInfo.processInfo.environment
    // Python buffers output to a pipe, and the answer would never arrive.
    environment["PYTHONUNBUFFERED"] = "1"
    let arguments = CStrings(["/bin/sh", "-c", command])
    let variables = CStrings(environment.map { "\($0)=\($1)" })
    var identifier: pid_t = 0
    let error = posix_spawn(
      &identifier, "/bin/sh", &actions, &attributes, arguments.pointers, variables.pointers)
    guard error == 0 else {
      throw ProcessFault("cannot be started: \(String(cString: strerror(error)))")
    }
    return identifier
  }
}

/// A nil-terminated array of C strings.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    pointers = strings.map { strdup($0) } + [nil]
  }

  deinit {
    for pointer in pointers { free(pointer) }
  }
}

extension ProcessFault {
  /// A fault with the system's last error.
  static func system(_ what: String) -> ProcessFault {
    ProcessFault("cannot \(what): \(String(cString: strerror(errno)))")
  }
}
