/// The dimensions of a tensor, outermost first.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The dimensions, outermost first, none negative; empty for a scalar.
  public let extents: [Int]

  /// - Precondition: no dimension is negative, and the count fits 48 bits.
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
  /// The number of dimensions.
  public var rank: Int { extents.count }
  /// The innermost dimension; 1 for a scalar.
  public var last: Int { extents.last ?? 1 }
  /// The number of rows: the product of all dimensions except the innermost.
  public var rows: Int { extents.dropLast().reduce(1, *) }

  /// The dimension at an index, counted from the outermost.
  ///
  /// - Precondition: `index` is in 0..<rank.
  public subscript(index: Int) -> Int { extents[index] }
  public var description: String { "[\(extents.map(String.init).joined(separator: ", "))]" }
}
