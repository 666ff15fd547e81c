import Gym

/// Collects the failures of one variant of one plug-in.
final class FailureLog {
  private let subject: String
  private(set) var report = ConformanceReport()

  init(subject: String, variant: [String: String]) {
    let values = variant.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    self.subject = ([subject] + values).joined(separator: " ")
  }

  func fail(_ check: ConformanceFailure.Check, _ found: String) {
    report.add(check, of: subject, found)
  }

  func expect(
    _ holds: Bool, _ check: ConformanceFailure.Check, _ found: @autoclosure () -> String
  ) {
    if !holds { fail(check, found()) }
  }

  /// The value of an expression that should not throw; nil if it does.
  func making<Value>(
    _ check: ConformanceFailure.Check, _ body: () throws -> Value
  ) -> Value? {
    do {
      return try body()
    } catch {
      fail(check, "it throws \"\(error)\"")
      return nil
    }
  }
}
