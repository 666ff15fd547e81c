import Gym

extension ExternalAgent {
  public static let settings: [Setting] = [
    .number("seconds", "the time for each puzzle", default: 10, in: 0.001...86_400),
    .number(
      "start-seconds", "the time from the start to the greeting", default: 60, in: 0.01...86_400),
    .integer("batch", "the most puzzles asked at once", default: 64, in: 1...65_536),
    .integer(
      "restarts", "how often in a row it may fail and is started again", default: 20, in: 0...10_000
    ),
    .integer("line-bytes", "the longest line", default: 1 << 20, in: 256...(1 << 30)),
    .integer(
      "request-bytes", "the most output for a request", default: 16 << 20, in: 256...(1 << 30)),
  ]
}

extension ProcessLimits {
  /// The limits from an external agent's settings.
  init(_ settings: Settings) {
    seconds = settings.number("seconds")
    startSeconds = settings.number("start-seconds")
    lineBytes = settings.integer("line-bytes")
    requestBytes = settings.integer("request-bytes")
    restarts = settings.integer("restarts")
  }
}
