/// How mazes are generated.
public enum MazeKind: String, Sendable, Hashable, CaseIterable {
  /// Walls at random positions, as in Searchformer: wide, with very many shortest paths.
  case percolation
  /// A perfect maze: corridors without loops, so there is only one path.
  case unique
}
