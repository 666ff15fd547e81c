/// The name and version of a task or an agent, written `sudoku-extreme@1`.
public struct PluginID: Sendable, Hashable, CustomStringConvertible {
  /// Lower-case words joined by hyphens.
  public let name: String
  /// Increases with every change that changes results.
  public let version: Int

  /// An identifier that is fixed in source code.
  ///
  /// - Precondition: `name` holds only lower-case letters, digits and hyphens, begins with a
  ///   letter, and `version` is positive.
  public init(_ name: StaticString, version: Int) {
    let name = "\(name)"
    precondition(Self.isValid(name) && version > 0, "\(name)@\(version) is not an identifier")
    self.name = name
    self.version = version
  }

  /// An identifier read from text; nil if the text is not one.
  public init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, Self.isValid(String(parts[0])), let version = Int(parts[1]),
      version > 0, String(version) == parts[1]
    else { return nil }
    name = String(parts[0])
    self.version = version
  }

  public var description: String { "\(name)@\(version)" }

  private static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, (97...122).contains(first), name.utf8.count <= 64 else {
      return false
    }
    return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}

extension JSONFields {
  /// A member that is a plug-in's name and version.
  public func pluginID(_ name: String) throws -> PluginID {
    try member(name, "a name and version such as \"hrm@1\"") { $0.string.flatMap(PluginID.init) }
  }
}
