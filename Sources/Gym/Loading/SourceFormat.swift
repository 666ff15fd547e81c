/// A file format that puzzles are read from.
public enum SourceFormat: String, Sendable, Hashable, CaseIterable {
  /// The columns source, question, answer and rating, with a header line.
  case csv
  /// One question per line; "." or "0" is a blank if the task has blanks.
  case lines
  /// One JSON object per line, with question, answer, rating and source.
  case jsonLines = "jsonl"
  /// One grid of characters per puzzle, with empty lines between puzzles.
  case textGrid = "grid"
  /// ARC task files: a folder of them, a single one, or a challenges file with its solutions.
  case arcJSON = "arc-json"
}
