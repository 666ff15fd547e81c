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
