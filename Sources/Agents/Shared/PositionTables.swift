import Gym
import NeuralNetworks
import Tensors

/// The learned vectors of positions, as parameters.
enum PositionTables: Sendable {
  /// One for each position, [S, D].
  case each(Parameter)
  /// One for each position in front of the cells [P, D], and one for each row and column of the grid
  /// if `axes` are given.
  case grid(GridShape, prefix: Parameter?, axes: (rows: Parameter, columns: Parameter)?)

  /// The tables that a configuration needs; nil if it learns no positions.
  ///
  /// - Parameter table: makes a table of a name with so many rows.
  init?(_ configuration: NeuralConfiguration, table: (String, Int) -> Parameter) {
    let prefix = configuration.prefixRows
    func prefixTable() -> Parameter? { prefix > 0 ? table("embed_prefix", prefix) : nil }
    switch configuration.positions {
    case .rotary: return nil
    case .learned, .rotary2DLearned: self = .each(table("embed_pos", configuration.length))
    case .rotary2D:
      // The positions in front of the cells have no place on the grid to be told apart by.
      guard let prefix = prefixTable() else { return nil }
      self = .grid(configuration.grid, prefix: prefix, axes: nil)
    case .rowsColumns:
      self = .grid(
        configuration.grid, prefix: prefixTable(),
        axes: (
          table("embed_row", configuration.grid.rows),
          table("embed_column", configuration.grid.columns)
        ))
    }
  }

  var parameters: [Parameter] {
    switch self {
    case .each(let table): [table]
    case .grid(_, let prefix, let axes):
      [prefix, axes?.rows, axes?.columns].compactMap { $0 }
    }
  }

  /// How many vectors of positions are added to a cell's token.
  var terms: Int {
    switch self {
    case .each: 1
    case .grid(_, _, let axes): axes == nil ? 0 : 2
    }
  }

  /// The vector of each position, [S, D] f32.
  func vectors(on replica: Replica) -> Variable {
    switch self {
    case .each(let table): replica.tape.table(replica.table(table))
    case .grid(let grid, let prefix, let axes):
      replica.tape.gridTable(
        prefix: prefix.map(replica.table),
        axes: axes.map { (replica.table($0.rows), replica.table($0.columns)) },
        cells: grid.cells, width: parameters[0].value.shape[1])
    }
  }
}

extension RotaryTable {
  /// The table that a configuration asks for; nil if it has other positions.
  init?(_ configuration: NeuralConfiguration) {
    let (headSize, base) = (configuration.block.headSize, configuration.rotaryBase)
    switch configuration.positions {
    case .rotary: self.init(length: configuration.length, headSize: headSize, theta: base)
    case .rotary2D, .rotary2DLearned:
      self.init(
        rows: configuration.grid.rows, columns: configuration.grid.columns,
        prefix: configuration.prefixRows, headSize: headSize, theta: base)
    case .learned, .rowsColumns: return nil
    }
  }
}
