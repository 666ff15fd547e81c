import ArgumentParser

extension ParsableArguments {
  /// Checks an option's number, if it is given.
  ///
  /// - Throws: a `ValidationError` that names the option and the allowed range.
  func check(_ option: String, _ value: Int?, in range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) is \(value); expected \(range.lowerBound)...\(range.upperBound).")
  }
}
