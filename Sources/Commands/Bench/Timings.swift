import Foundation
import JSON

/// The seconds of several repetitions.
struct Timings {
  private let seconds: [Double]

  /// Times `repeats` calls, after `warmUp` calls that do not count.
  init(repeats: Int, warmUp: Int = 2, _ body: (Int) throws -> Void) rethrows {
    seconds = try (0..<warmUp + repeats).map { index in
      let start = DispatchTime.now().uptimeNanoseconds
      try body(index)
      return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    }.dropFirst(warmUp).sorted()
  }

  var median: Double {
    let middle = seconds.count / 2
    return seconds.count % 2 == 1
      ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2
  }

  /// Median, minimum and maximum.
  var json: JSON {
    [
      "median": .number(median), "minimum": .number(seconds[0]),
      "maximum": .number(seconds[seconds.count - 1]), "repeats": JSON(seconds.count),
    ]
  }

  var text: String {
    String(
      format: "%.1f ms (%.1f to %.1f, %d times)", median * 1e3, seconds[0] * 1e3,
      seconds[seconds.count - 1] * 1e3, seconds.count)
  }
}
