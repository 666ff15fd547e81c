import Gym

extension MazeHard {
  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let maze = try sample(lengths(for: request), using: &random)
    guard let path = maze.shortestPath() else {
      preconditionFailure("a maze was drawn that has no path")
    }
    let algorithm = settings[Self.algorithm]
    return Example(
      question: maze.question, answer: maze.marking(path), rating: Double(path.count - 1),
      source: kind == .unique ? algorithm.rawValue : kind.rawValue)
  }

  /// The requested lengths that the settings allow.
  private func lengths(for request: GenerationRequest) throws -> ClosedRange<Int> {
    guard let rating = request.rating else { return lengths }
    let (least, most) = (Double(lengths.lowerBound), Double(lengths.upperBound))
    let lower = max(least, rating.lowerBound.rounded(.up))
    let upper = min(most, rating.upperBound.rounded(.down))
    guard lower <= upper, possible(Int(lower)...Int(upper)) else {
      throw GymError(
        "no maze has a rating in \(rating)",
        expected: "some \(kind == .unique ? "even " : "")number of steps in \(lengths)",
        remedy: "Change min-path or max-path.")
    }
    return Int(lower)...Int(upper)
  }

  private func sample(
    _ lengths: ClosedRange<Int>, using random: inout RandomStream
  ) throws -> Maze {
    let pairs = settings[Self.pairs]
    switch kind {
    case .percolation:
      return try PercolationSampler(size: size, lengths: lengths, pairs: pairs)
        .sample(using: &random)
    case .unique:
      return try PerfectSampler(
        size: size, algorithm: settings[Self.algorithm], lengths: lengths, pairs: pairs
      ).sample(using: &random)
    }
  }
}
