import JSON

extension JSON {
  /// An integer of 64 unsigned bits.
  init(_ seed: UInt64) {
    self = Int64(exactly: seed).map { .integer($0) } ?? .unsigned(seed)
  }
}
