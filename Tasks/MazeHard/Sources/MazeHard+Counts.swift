extension MazeHard {
  /// The number of shortest paths, under `shortest-paths`.
  public func counts(of question: [UInt8]) -> [String: UInt64] {
    ["shortest-paths": shortestPathCount(of: question)]
  }
}
