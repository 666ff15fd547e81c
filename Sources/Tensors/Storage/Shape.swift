/// The extents of a tensor, outermost first.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extents, outermost first, none negative; none at all for a scalar.
  public let extents: [Int]

  /// - Precondition: no extent is negative, and the count fits 48 bits.
  public init(_ extents: [Int]) {
    var count = 1
    for extent in extents {
      precondition(extent >= 0, "a negative extent in \(extents)")
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      precondition(!overflow && product < 1 << 48, "the shape \(extents) is too large")
      count = product
    }
    self.extents = extents
    self.count = count
  }

  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The number of elements.
  public let count: Int
  /// The number of extents.
  public var rank: Int { extents.count }
  /// The innermost extent; 1 for a scalar.
  public var last: Int { extents.last ?? 1 }
  /// The number of rows when all but the innermost extent are put together.
  public var rows: Int { extents.dropLast().reduce(1, *) }

  /// The extent at an index, counted from the outermost.
  ///
  /// - Precondition: `index` is in 0..<rank.
  public subscript(index: Int) -> Int { extents[index] }
  public var description: String { "[\(extents.map(String.init).joined(separator: ", "))]" }
}
