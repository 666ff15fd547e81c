extension JSON {
  /// Limits on the memory and stack that a text may use; larger texts are rejected.
  public struct Limits: Sendable, Hashable {
    /// The maximum nesting of arrays and objects.
    public let depth: Int
    /// The maximum number of bytes of the whole text; in JSON lines, of each line.
    public let bytes: Int
    /// The maximum number of bytes of one string or member name, as written.
    public let string: Int

    /// The greatest depth allowed, for reading and writing; it keeps recursion within small stacks.
    public static let deepest = 512
    /// The greatest size allowed, for reading and writing; json-c counts in 32 bits.
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
    /// The same for one line of JSON lines, but with 16 MiB.
    public static let line = Limits(bytes: 16 << 20)
  }
}
