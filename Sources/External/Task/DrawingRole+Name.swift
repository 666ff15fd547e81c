import Gym

extension Drawing.Role {
  /// The roles that have a name in the protocol.
  private static let named: [(name: String, role: Drawing.Role)] = [
    ("given", .given), ("answer", .answer), ("wrong", .wrong), ("blank", .blank), ("wall", .wall),
    ("path", .path), ("start", .start), ("goal", .goal), ("outside", .outside),
  ]

  /// The role with a name in the protocol; nil if there is none.
  init?(named name: String) {
    guard let role = Self.named.first(where: { $0.name == name })?.role else { return nil }
    self = role
  }

  /// The name in the protocol; `given` for roles that have none there.
  var name: String { Self.named.first { $0.role == self }?.name ?? "given" }
}
