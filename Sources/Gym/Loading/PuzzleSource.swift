import Foundation

/// A file or folder to read puzzles from.
public struct PuzzleSource: Sendable, Hashable {
  /// The path of the file or folder.
  public let url: URL
  /// The format; nil to guess it from the name and the first line.
  public let format: SourceFormat?

  /// A source with a known format, or with one to guess.
  public init(_ url: URL, format: SourceFormat? = nil) {
    self.url = url
    self.format = format
  }
}
