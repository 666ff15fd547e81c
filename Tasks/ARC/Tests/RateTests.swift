import ARC
import Foundation
import Gym
import GymTestSupport
import Testing

/// Rates on one thread, printed if `ARC_RATES` is set: they depend on the machine.
@Suite(
  .serialized, .enabled(if: ProcessInfo.processInfo.environment["ARC_RATES"] != nil))
struct RateTests {
  private func report(_ what: String, _ body: () throws -> Int) rethrows {
    let (clock, start) = (ContinuousClock(), processSeconds())
    var count = 0
    let wall = try clock.measure { count = try body() }
    let seconds = processSeconds() - start
    let rate = Int(Double(count) / seconds)
    print("RATE \(what): \(count) in \(seconds) s of processor, \(wall) by the clock: \(rate)/s")
  }

  private func processSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  @Test("The rate at which tasks are generated")
  func generating() throws {
    let arc = try makeARC()
    try report("generated pairs") {
      var count = 0
      for stream in 0..<20_000 as Range<UInt64> {
        var random = RandomStream(key: RandomKey(seed: 1), stream: stream)
        let puzzle = try arc.generatePuzzle(GenerationRequest(), using: &random)
        count += puzzle.demonstrations.count + puzzle.examples.count
      }
      return count
    }
  }

  @Test("The rate at which tasks are augmented", .enabled(if: SharedData.has("arc-agi-1")))
  func augmenting() throws {
    let arc = try makeARC()
    let puzzles = try read(try #require(SharedData.url("arc-agi-1")))
    report("augmented examples of ARC-AGI-1") {
      puzzles.enumerated().reduce(0) { sum, item in
        var random = RandomStream(key: RandomKey(seed: 1), stream: UInt64(item.offset))
        return sum
          + arc.augmentations(of: item.element, count: 200, using: &random)
          .reduce(0) { $0 + $1.demonstrations.count + $1.examples.count }
      }
    }
  }

  @Test("The rate at which task files are loaded", .enabled(if: SharedData.has("arc-agi-2")))
  func loading() throws {
    try report("loaded tasks") {
      try ["arc-agi-1", "arc-agi-2"].reduce(0) {
        $0 + (try read(try #require(SharedData.url($1))).count)
      }
    }
  }
}
