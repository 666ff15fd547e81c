/// A file format that puzzles are read from.
public enum SourceFormat: String, Sendable, Hashable, CaseIterable {
  /// Columns source, question, answer, rating, with a header line.
  case csv
  /// One question a line; "." or "0" is a blank if the task has blanks.
  case lines
  /// One JSON object a line, with question, answer, rating and source.
  case jsonLines = "jsonl"
  /// A grid of characters a puzzle, puzzles apart by an empty line.
  case textGrid = "grid"
  /// ARC task files: a folder of them, one file, or a challenges file with its solutions.
  case arcJSON = "arc-json"
}
