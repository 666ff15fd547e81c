import JSON

extension JSON {
  /// A seed as an integer of any of its 64 bits.
  init(_ seed: UInt64) {
    self = Int64(exactly: seed).map { .integer($0) } ?? .unsigned(seed)
  }
}
