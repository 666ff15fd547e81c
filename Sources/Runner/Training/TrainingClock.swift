/// Seconds of training, accumulated over interruptions.
struct TrainingClock {
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var earlier: Double

  /// A clock that continues from the seconds of earlier processes.
  init(earlier: Double) {
    self.earlier = earlier
    start = clock.now
  }

  var seconds: Double { earlier + (clock.now - start) / .seconds(1) }

  /// Runs something that is not training, with the clock stopped.
  mutating func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
    earlier = seconds
    defer { start = clock.now }
    return try body()
  }
}
