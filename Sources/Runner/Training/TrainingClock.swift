/// Seconds of training, counted over interruptions.
struct TrainingClock {
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var earlier: Double

  /// A clock that goes on from the seconds of earlier processes.
  init(earlier: Double) {
    self.earlier = earlier
    start = clock.now
  }

  var seconds: Double { earlier + (clock.now - start) / .seconds(1) }

  /// Does something that is not training: the clock stands still.
  mutating func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
    earlier = seconds
    defer { start = clock.now }
    return try body()
  }
}
