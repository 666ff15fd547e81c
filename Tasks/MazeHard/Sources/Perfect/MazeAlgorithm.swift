/// How the corridors of a perfect maze are generated.
public enum MazeAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// Every spanning tree equally likely (Wilson, "Generating random spanning trees more quickly
  /// than the cover time", STOC 1996).
  case wilson
  /// A depth-first walk: long, winding corridors.
  case backtracker
}
