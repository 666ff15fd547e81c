import Gym
import GymNetworks
import GymTensors

/// The memory of H: a row per earlier segment, the newest first, in the positions in front of the
/// cells, before those of demonstrations.
///
/// The row is that of the first position, which the halting head reads. A learned matrix makes of
/// it what every update of H gets added, so that H attends to it. No gradient flows into earlier
/// segments, and a segment costs the same however many came before.
struct SegmentMemory: Sendable {
  /// K, the number of rows that are kept.
  let rows: Int
  private let reading: Parameter

  /// - Throws: a `GymError` if there are fewer positions in front of the cells than rows, those of
  ///   demonstrations aside.
  init(
    rows: Int, _ configuration: NeuralConfiguration, initializer: Initializer
  ) throws {
    let positions = configuration.plainPrefixRows
    guard rows <= positions else {
      throw GymError(
        "memory is \(rows) with \(positions) positions in front of the cells"
          + (configuration.demonstrations == nil ? "" : ", those of demonstrations aside"),
        expected: "at most as many rows as positions",
        remedy: "Set prefix-rows to \(rows) or more")
    }
    let (name, d) = ("memory.weight", configuration.block.hidden)
    self.rows = rows
    reading = Parameter(
      name, initializer.lecun(name, d, d), computeType: configuration.activationType)
  }

  var parameters: [Parameter] { [reading] }

  /// The name of the carried state; all of its rows are zero but the kept ones.
  static let state = StateName("memory", start: "memory_init", startsAtZero: true)

  /// The input of H from the kept rows, [B, S, D].
  func read(_ kept: Variable, on replica: Replica) -> Variable {
    replica.tape.linear(kept, replica.weight(reading))
  }

  /// The kept rows after a segment that ended in a state of H, [B, S, D] each.
  func written(_ state: Variable, after kept: Variable, on replica: Replica) -> Variable {
    let result = replica.device.makeZeros(kept.value.shape, kept.value.type)
    for entry in 0..<result.shape[0] {
      let (to, from) = (result.row(entry), kept.value.row(entry))
      to.row(0).copy(from: state.value.row(entry).row(0))
      if rows > 1 { to.slice(1..<rows).copy(from: from.slice(0..<rows - 1)) }
    }
    return replica.tape.constant(result)
  }
}
