/// A task with pictures of its own.
public protocol DrawnTask: TaskAbility {
  /// A picture of a question, or of an answer to it, whatever tokens they hold.
  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing
}

/// A task with groups of cells, beyond rows and columns, that belong together.
public protocol RegionTask: TaskAbility {
  /// The region of each cell, from 0 (the boxes of a Sudoku). Agents may be told them, as they are
  /// told rows and columns.
  var regions: [Int] { get }
}

/// A task in which some tokens stand for themselves alone.
public protocol ExchangeableTask: TaskAbility {
  /// The tokens that may be renamed into each other: in question and answer alike and with every
  /// cell in its place, a puzzle stays the same puzzle (the digits of a Sudoku, the colors of ARC
  /// except black). Agents may share their weights over them. In a `SymmetricTask`, renaming them
  /// does not change a question's canonical form.
  var exchangeableTokens: [UInt8] { get }
}

/// A task whose questions are answers with cells left out.
public protocol ClueTask: TaskAbility {
  /// The blank token and the tokens that may be clues; training may add clues.
  var clueTokens: ClueTokens { get }
}

/// A task whose name is known only when it runs, such as one in an external process.
public protocol SelfNamedTask: TaskAbility {
  /// The name and version of this value, in place of its type's.
  var id: PluginID { get }

  /// A one-line description of this value, in place of its type's.
  var summary: String { get }
}
