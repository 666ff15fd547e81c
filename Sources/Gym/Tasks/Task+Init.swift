extension Task {
  /// Makes the task from values as written after `--set`; all others keep their defaults.
  ///
  /// - Throws: a `GymError` if the task does not know a name, or a value is not allowed.
  public init(_ values: [String: String]) throws {
    var settings = Settings(Self.settings)
    for (name, text) in values.sorted(by: { $0.key < $1.key }) {
      try settings.set(name, to: text)
    }
    try self.init(settings: settings)
  }
}
