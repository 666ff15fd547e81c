extension Dataset {
  /// A name for each puzzle identifier; invented if the folder has none.
  public var identifierNames: [String] {
    identifiers.isEmpty
      ? ["<blank>"] + (1..<max(1, identifierCount)).map { "puzzle-\($0)" } : identifiers
  }
}
