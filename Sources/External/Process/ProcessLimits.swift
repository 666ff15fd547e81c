/// What a process may take before it is ended.
struct ProcessLimits: Hashable {
  /// The seconds for one puzzle.
  var seconds = 10.0
  /// The seconds from the start to the reply to the greeting: time to load a model.
  var startSeconds = 60.0
  /// The bytes of one line of output.
  var lineBytes = 1 << 20
  /// The bytes of all output for one request.
  var requestBytes = 16 << 20
  /// How often in a row it may fail, with no answer in between, and is started again.
  var restarts = 20
  /// The seconds before it is started again; doubles from failure to failure.
  var firstPause = 0.1
  var longestPause = 5.0
  /// The seconds that it gets to end by itself when its input is closed.
  var grace = 0.3
}
