import ArgumentParser

extension ParsableArguments {
  /// Checks the number of an option, if it is given.
  ///
  /// - Throws: a `ValidationError` that names the option and what it may be.
  func check(_ option: String, _ value: Int?, in range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) is \(value); expected \(range.lowerBound)...\(range.upperBound).")
  }
}
