import Gym
import GymJSON

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

extension FailureLog {
  func inspect(summary: String) {
    expect(
      !summary.isEmpty && summary.count <= 100 && !summary.contains(where: \.isNewline), .summary,
      "the summary is \(String(reflecting: summary))")
  }

  /// The settings with a variant's values; nil if setting them fails.
  func inspect(_ declared: [Setting], variant: [String: String]) -> Settings? {
    for setting in declared {
      expect(
        Self.isName(setting.name), .settings,
        "a setting is named \(String(reflecting: setting.name))")
      expect(!setting.summary.isEmpty, .settings, "\(setting.name) has no summary")
    }
    guard Set(declared.map(\.name)).count == declared.count else {
      fail(.settings, "a setting is declared twice")
      return nil
    }
    var settings = Settings(declared)
    let set = making(.settings) {
      for (name, text) in variant { try settings.set(name, to: text) }
      return true
    }
    guard set != nil else { return nil }
    var fromText = Settings(declared)
    var fromJSON = Settings(declared)
    _ = making(.settings) {
      for setting in declared {
        try fromText.set(setting.name, to: settings[setting].description)
      }
      try fromJSON.set(JSON(parsing: settings.json.text()))
    }
    expect(
      fromText == settings && fromJSON == settings, .settings,
      "\(settings.json.text()) is not read back as it was")
    return settings
  }

  private static func isName(_ text: String) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    }
  }
}
