import Gym
import GymNetworks
import GymTensors

/// A learned row of e numbers per puzzle identifier and channel, used as positions before the
/// cells.
struct PuzzleEmbedding: Sendable {
  /// [identifiers, C · e]; nil if e is 0.
  let table: Tensor?
  /// The prefix has P positions of D numbers: e numbers of the row, then zeros.
  let rows: Int
  let hidden: Int
  /// C: 1 without an axis of symbols.
  let channels: Int

  init(_ configuration: NeuralConfiguration) {
    channels = configuration.channels
    table =
      configuration.puzzleWidth > 0
      ? Tensor(zeros: [configuration.puzzleIdentifiers, channels * configuration.puzzleWidth])
      : nil
    rows = configuration.prefixRows
    hidden = configuration.block.hidden
  }

  /// The positions before the cells: [B · C, P, D] f32; nil if there are none.
  func prefix(of identifiers: [Int32]) -> Tensor? {
    guard rows > 0 else { return nil }
    let count = identifiers.count * channels
    let result = Tensor(zeros: [count, rows, hidden])
    guard let table else { return result }
    let flat = result.reshaped([count, rows * hidden])
    for (entry, identifier) in identifiers.enumerated() {
      let row = table.row(Int(identifier)).reshaped([channels, table.shape[1] / channels])
      for channel in 0..<channels {
        flat.row(entry * channels + channel).slice(0..<row.shape[1]).copy(from: row.row(channel))
      }
    }
    return result
  }

  /// The gradient of the used rows [B, C · e], from that of the positions [B · C, P, D].
  func rowGradients(_ gradient: Tensor) -> Tensor? {
    guard let table else { return nil }
    let (count, width) = (gradient.shape[0], table.shape[1] / channels)
    let flat = gradient.reshaped([count, rows * hidden])
    let shape: Shape = [count / channels, table.shape[1]]
    if width == rows * hidden { return flat.reshaped(shape) }
    let result = Tensor(zeros: [count, width])
    for entry in 0..<count { result.row(entry).copy(from: flat.row(entry).slice(0..<width)) }
    return result.reshaped(shape)
  }
}

/// The learned vectors of positions, as parameters.
enum PositionTables: Sendable {
  /// One for each position, [S, D].
  case each(Parameter)
  /// One for each position in front of the cells [P, D], and those of the axes: a table [n, D] with
  /// the index of each cell's vector.
  case grid(prefix: Parameter?, axes: [Axis], cells: Int)

  /// Vectors that cells share, such as one per row.
  typealias Axis = (table: Parameter, indices: [Int])

  /// The tables that a configuration needs; nil if it learns no positions.
  ///
  /// - Parameter table: makes a table with a name and a number of rows.
  init?(_ configuration: NeuralConfiguration, table: (String, Int) -> Parameter) {
    let (grid, positions) = (configuration.grid, configuration.positions)
    var axes: [Axis] = []
    func add(_ name: String, _ indices: [Int]) {
      axes.append((table(name, (indices.max() ?? 0) + 1), indices))
    }
    switch positions {
    case .rotary: return nil
    case .learned, .rotary2DLearned:
      self = .each(table("embed_pos", configuration.length))
      return
    case .rotary2D: break
    case .rowsColumns, .rowsColumnsRegions:
      add("embed_row", (0..<grid.cells).map { $0 / grid.columns })
      add("embed_column", (0..<grid.cells).map { $0 % grid.columns })
    }
    if positions.knowsRegions { add("embed_region", configuration.regions) }
    // The positions in front of the cells have no place on the grid to be told apart by.
    let rows = configuration.prefixRows
    let prefix = rows > 0 ? table("embed_prefix", rows) : nil
    guard prefix != nil || !axes.isEmpty else { return nil }
    self = .grid(prefix: prefix, axes: axes, cells: grid.cells)
  }

  var parameters: [Parameter] {
    switch self {
    case .each(let table): [table]
    case .grid(let prefix, let axes, _): [prefix].compactMap { $0 } + axes.map(\.table)
    }
  }

  /// How many vectors of positions are added to a cell's token.
  var terms: Int {
    switch self {
    case .each: 1
    case .grid(_, let axes, _): axes.count
    }
  }

  /// The vector of each position, [S, D] f32.
  func vectors(on replica: Replica) -> Variable {
    switch self {
    case .each(let table): replica.tape.table(replica.table(table))
    case .grid(let prefix, let axes, let cells):
      replica.tape.gridTable(
        prefix: prefix.map(replica.table),
        axes: axes.map { (replica.table($0.table), $0.indices) },
        cells: cells, width: parameters[0].value.shape[1])
    }
  }
}

extension RotaryTable {
  /// The table that a configuration needs, with `prefix` positions in front of the cells; nil if it
  /// has other positions.
  init?(_ configuration: NeuralConfiguration, prefix: Int) {
    let (headSize, base) = (configuration.block.headSize, configuration.rotaryBase)
    switch configuration.positions {
    case .rotary:
      self.init(length: prefix + configuration.cells, headSize: headSize, theta: base)
    case .rotary2D, .rotary2DLearned:
      self.init(
        rows: configuration.grid.rows, columns: configuration.grid.columns,
        prefix: prefix, headSize: headSize, theta: base)
    case .learned, .rowsColumns, .rowsColumnsRegions: return nil
    }
  }
}
