/// Puzzles in runs of `Schema.chunk`, as rows store them.
struct Chunks: Sequence {
  private let count: Int

  init(_ count: Int) {
    self.count = count
  }

  func makeIterator() -> some IteratorProtocol<Range<Int>> { all.makeIterator() }

  /// The runs that overlap a range.
  func covering(_ range: Range<Int>) -> [Range<Int>] {
    if range.isEmpty { return [] }
    let first = range.lowerBound / Schema.chunk * Schema.chunk
    return stride(from: first, to: range.upperBound, by: Schema.chunk).map(run)
  }

  private var all: [Range<Int>] {
    stride(from: 0, to: count, by: Schema.chunk).map(run)
  }

  private func run(from start: Int) -> Range<Int> {
    start..<Swift.min(start + Schema.chunk, count)
  }
}
