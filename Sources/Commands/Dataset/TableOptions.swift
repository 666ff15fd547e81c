import ArgumentParser
import Foundation
import Gym

/// How files of puzzles are read.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The columns of tables, or members of JSON lines, that hold what.",
      valueName: "question=NAME,..."),
    transform: { try PuzzleColumns($0) })
  var columns = PuzzleColumns()

  /// A file or folder as these options have it; `-` is standard input.
  func source(_ path: String, format: SourceFormat? = nil) -> PuzzleSource {
    let path = path == "-" ? "/dev/stdin" : path
    var source = PuzzleSource(URL(fileURLWithPath: path), format: format)
    source.columns = columns
    return source
  }
}
