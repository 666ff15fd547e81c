extension JSON {
  /// What a text may ask of memory and stack before it is refused.
  public struct Limits: Sendable, Hashable {
    /// How many arrays and objects may stand inside each other.
    public let depth: Int
    /// How many bytes the whole text may have; in JSON lines, each line.
    public let bytes: Int
    /// How many bytes one string or member name may have, as it is written.
    public let string: Int

    /// The depth that nothing may exceed, read or written: it keeps recursion within small stacks.
    public static let deepest = 512
    /// The bytes that no text may exceed, read or written: json-c counts in 32 bits.
    public static let longest = 1 << 30

    /// Limits: by default 128 levels, 256 MiB, and 64 MiB for one string.
    ///
    /// - Precondition: `depth` in 1...512, `bytes` in 1...2³⁰, `string` not negative.
    public init(depth: Int = 128, bytes: Int = 256 << 20, string: Int = 64 << 20) {
      precondition((1...Self.deepest).contains(depth), "a depth from 1 to \(Self.deepest)")
      precondition((1...Self.longest).contains(bytes), "from 1 to \(Self.longest) bytes")
      precondition(string >= 0, "a string's limit is not negative")
      self.depth = depth
      self.bytes = bytes
      self.string = string
    }

    /// 128 levels, 256 MiB, and 64 MiB for one string.
    public static let `default` = Limits()
    /// The same for a line of JSON lines, but 16 MiB.
    public static let line = Limits(bytes: 16 << 20)
  }
}
