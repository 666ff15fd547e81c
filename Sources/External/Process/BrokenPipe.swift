import Foundation

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
