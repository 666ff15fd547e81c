import ArgumentParser

/// Distinct seeds, such as `1,2,3`.
struct SeedList: ExpressibleByArgument, Sendable {
  let values: [UInt64]

  init(_ values: [UInt64]) {
    self.values = values
  }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { UInt64($0) }
    guard !values.isEmpty, values.count == parts.count, Set(values).count == values.count else {
      return nil
    }
    self.values = values
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}
