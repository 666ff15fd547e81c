import ArgumentParser

/// Distinct positive numbers, such as `1,2,4,8`.
struct NumberList: ExpressibleByArgument, Sendable {
  let values: [Int]

  init(_ values: [Int]) {
    self.values = values
  }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0) }
    guard !values.isEmpty, values.count == parts.count, values.allSatisfy({ $0 > 0 }),
      Set(values).count == values.count
    else { return nil }
    self.values = values
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}
