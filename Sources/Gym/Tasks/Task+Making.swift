extension Task {
  /// Makes the task from a few values as `--set` gives them; all others keep their defaults.
  ///
  /// - Throws: a `GymError` for a name or a value that the task does not know.
  public init(_ values: [String: String]) throws {
    var settings = Settings(Self.settings)
    for (name, text) in values.sorted(by: { $0.key < $1.key }) {
      try settings.set(name, to: text)
    }
    try self.init(settings: settings)
  }
}
