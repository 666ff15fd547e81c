/// How mazes are made.
public enum MazeKind: String, Sendable, Hashable, CaseIterable {
  /// Walls at random places, as Searchformer has it: wide, with very many shortest paths.
  case percolation
  /// A perfect maze: corridors without loops, so that there is one path only.
  case unique
}
