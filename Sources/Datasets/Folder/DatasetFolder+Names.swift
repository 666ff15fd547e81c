extension DatasetFolder {
  /// A name for each puzzle identifier, made up if the folder does not say.
  public var identifierNames: [String] {
    identifiers.isEmpty
      ? ["<blank>"] + (1..<max(1, identifierCount)).map { "puzzle-\($0)" } : identifiers
  }
}
