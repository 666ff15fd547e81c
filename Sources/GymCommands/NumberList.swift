import ArgumentParser

/// Distinct numbers, such as `1,2,4,8`.
struct NumberList<Number: FixedWidthInteger & Sendable>: Sendable {
  let values: [Number]

  init(_ values: [Number]) {
    self.values = values
  }

  /// Reads numbers with commas between them.
  ///
  /// - Parameter least: the smallest number allowed.
  /// - Throws: a `ValidationError` that says what is wrong.
  init(parsing text: String, from least: Number = 1) throws {
    var values: [Number] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard !part.isEmpty else {
        throw ValidationError("a number is missing beside a comma")
      }
      guard let value = Number(part) else {
        let isNumber = part.allSatisfy { $0.isASCII && $0.isNumber }
        throw ValidationError(isNumber ? "\(part) is too large" : "\"\(part)\" is not a number")
      }
      guard value >= least else {
        throw ValidationError("\(value) is too small; expected \(least) or more")
      }
      guard !values.contains(value) else {
        throw ValidationError("\(value) occurs twice")
      }
      values.append(value)
    }
    self.values = values
  }
}
