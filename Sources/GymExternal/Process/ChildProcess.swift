import Foundation
import Gym
import Synchronization

/// A running command, with pipes to its input, output and error output.
///
/// It leads its own process group, which is killed as a whole at the end, together with the
/// processes that it started (except those that leave the group on purpose). No call waits longer
/// than the given deadline.
final class ChildProcess {
  let limits: ProcessLimits
  private let exit: ProcessExit
  /// Our ends of the pipes; -1 once closed.
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  /// The bytes still to be written.
  private var outbox: ArraySlice<UInt8> = []
  private var lines = LineBuffer()
  /// The bytes of output since the last request.
  private var received = 0
  /// The end of the error output.
  private var complaints: [UInt8] = []
  private static let complaintBytes = 4096
  private static let chunk = 1 << 16

  /// Starts a command in the shell.
  ///
  /// - Throws: a `ProcessFault` if the system cannot start a process.
  init(command: String, limits: ProcessLimits) throws(ProcessFault) {
    let spawned = try SpawnedProcess(command: command)
    self.limits = limits
    exit = ProcessExit(of: spawned.identifier)
    (input, output, errors) = (spawned.input, spawned.output, spawned.errors)
  }

  deinit { end() }

  /// Queues a line, to be written while `nextLine` waits. Complete lines that arrived before answer
  /// nothing and are dropped.
  func send(_ line: [UInt8]) throws(ProcessFault) {
    try exchange(until: .now)
    while lines.next() != nil {}
    received = lines.waiting
    outbox.append(contentsOf: line)
    outbox.append(0x0A)
  }

  /// The next line of output without its newline.
  ///
  /// - Throws: a `ProcessFault` if no line arrives before the deadline, if one line or all together
  ///   are too long, or if the process ends.
  ///
  /// - Parameter stop: ends the wait if a stop is requested.
  func nextLine(
    until deadline: ContinuousClock.Instant, stop: StopRequest? = nil
  ) throws(ProcessFault) -> [UInt8] {
    while true {
      if let stop, stop.isRequested { throw .stopped }
      if let line = lines.next() {
        if line.count > limits.lineBytes { throw tooLongLine }
        if line.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
        return line
      }
      if lines.waiting > limits.lineBytes { throw tooLongLine }
      if received > limits.requestBytes {
        throw ProcessFault("wrote more than \(limits.requestBytes) bytes to one request")
      }
      if output < 0 { throw ending() }
      guard ContinuousClock.now < deadline else {
        throw ProcessFault("gave no answer in time", .silent)
      }
      try exchange(until: stop == nil ? deadline : min(deadline, .now + Self.patience))
    }
  }

  /// The longest wait between checks for a requested stop.
  static let patience = Duration.milliseconds(50)

  private var tooLongLine: ProcessFault {
    ProcessFault("wrote a line of more than \(limits.lineBytes) bytes")
  }

  /// Transfers what can be transferred now, or waits until something can or the deadline passes.
  private func exchange(until deadline: ContinuousClock.Instant) throws(ProcessFault) {
    var ends = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: outbox.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
    ]
    let left = max(.zero, ContinuousClock.now.duration(to: deadline))
    // Rounded up, to avoid waking repeatedly just before the deadline.
    let milliseconds = min(left / .milliseconds(1), 60_000).rounded(.up)
    let count = poll(&ends, nfds_t(ends.count), Int32(milliseconds))
    guard count > 0 else {
      if count < 0, errno != EINTR { throw ProcessFault.system("be waited for") }
      return
    }
    if ends[1].revents != 0 { readErrors() }
    if ends[2].revents != 0 { write() }
    if ends[0].revents != 0 {
      if let bytes = Self.read(from: output) {
        received += bytes.count
        lines.append(bytes)
      } else {
        Self.close(&output)
      }
    }
  }

  private func readErrors() {
    guard let bytes = Self.read(from: errors) else { return Self.close(&errors) }
    complaints = (complaints + bytes).suffix(Self.complaintBytes)
  }

  private func write() {
    let next = outbox.prefix(Self.chunk)
    let count = BrokenPipe.write(Array(next), to: input)
    if count >= 0 {
      outbox = outbox.dropFirst(count)
    } else if errno != EAGAIN, errno != EINTR {
      // It closed its input; what it still writes is read anyway.
      outbox = []
      Self.close(&input)
    }
  }

  /// The bytes that can be read, possibly none; nil at the end.
  private static func read(from descriptor: Int32) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
      let result = Foundation.read(descriptor, buffer.baseAddress, chunk)
      count = max(0, result)
      failed = result == 0 || (result < 0 && errno != EAGAIN && errno != EINTR)
    }
    return failed ? nil : bytes
  }

  private static func close(_ descriptor: inout Int32) {
    if descriptor >= 0 { _ = Foundation.close(descriptor) }
    descriptor = -1
  }

  // MARK: The end

  /// Whether the process closed its output, as it does when it ends.
  func hasEnded() throws(ProcessFault) -> Bool {
    try exchange(until: .now)
    return output < 0
  }

  /// The reason why there will be no more output.
  private func ending() -> ProcessFault {
    let exit = exit.wait(until: .now + .milliseconds(300))
    readErrors()
    return ProcessFault("\(exit ?? "closed its output")\(complaint.map { ": \($0)" } ?? "")")
  }

  /// The last line of the error output.
  private var complaint: String? {
    let text = String(decoding: complaints, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last.map { Excerpt.of($0) }
  }

  /// Closes its input, gives it `grace` seconds to exit, and kills what is left of the process and
  /// of all that it started. Calling this twice has no effect.
  func end(grace: Double = 0) {
    Self.close(&input)
    if grace > 0 { _ = exit.wait(until: .now + .seconds(grace)) }
    exit.killGroup()
    Self.close(&output)
    Self.close(&errors)
  }
}

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

/// Writes to a pipe whose reader may be gone, without the signal that would end this program.
///
/// The signal is blocked only for this call and this thread, so that the program's own handling of
/// it (`reasongym … | head`) is unchanged.
enum BrokenPipe {
  /// Makes a pipe's writing end ready for `write`.
  static func prepare(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = fcntl(descriptor, F_SETNOSIGPIPE, 1)
    #endif
  }

  /// Writes as much as the pipe accepts: the number of bytes, or -1 with `errno` set.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int {
    #if canImport(Darwin)
      return Foundation.write(descriptor, bytes, bytes.count)
    #else
      var signal = sigset_t()
      var pending = sigset_t()
      var usual = sigset_t()
      sigemptyset(&signal)
      sigaddset(&signal, SIGPIPE)
      sigpending(&pending)
      pthread_sigmask(SIG_BLOCK, &signal, &usual)
      let count = Foundation.write(descriptor, bytes, bytes.count)
      let code = errno
      if count < 0, code == EPIPE, sigismember(&pending, SIGPIPE) == 0 {
        var noTime = timespec()
        while sigtimedwait(&signal, nil, &noTime) < 0, errno == EINTR {}
      }
      pthread_sigmask(SIG_SETMASK, &usual, nil)
      errno = code
      return count
    #endif
  }
}
