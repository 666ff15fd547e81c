import Gym
import Randomness

/// Draws perfect mazes whose only path has a wanted length.
struct PerfectSampler {
  let size: Int
  let algorithm: MazeAlgorithm
  /// The wanted numbers of steps from start to goal.
  let lengths: ClosedRange<Int>
  /// The number of pairs of start and goal that are tried for each maze.
  let pairs: Int
  /// The number of mazes after which the search is given up.
  var patience = 10_000

  func sample(using random: inout RandomStream) throws -> Maze {
    for _ in 0..<patience {
      let corridors = PerfectMaze(size: size, algorithm: algorithm, using: &random)
      let rooms = corridors.rooms * corridors.rooms
      for _ in 0..<pairs {
        let first = random.below(rooms)
        let second = (first + 1 + random.below(rooms - 1)) % rooms
        if lengths.contains(corridors.distance(betweenRooms: first, second)) {
          return Maze(
            size: size, isOpen: corridors.isOpen, start: corridors.cell(ofRoom: first),
            goal: corridors.cell(ofRoom: second))
        }
      }
    }
    throw GymError(
      "no perfect maze of size \(size) with a path of \(lengths.lowerBound) to "
        + "\(lengths.upperBound) steps was found among \(patience)",
      remedy: "Ask for shorter paths, or for algorithm=backtracker.")
  }
}
