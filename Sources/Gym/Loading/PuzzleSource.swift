import Foundation

/// A file or folder that puzzles are read from.
public struct PuzzleSource: Sendable, Hashable {
  /// Where the file or folder lies.
  public let url: URL
  /// The format; nil to guess it from the name and the beginning.
  public let format: SourceFormat?

  /// A source of a format, or of one to be guessed.
  public init(_ url: URL, format: SourceFormat? = nil) {
    self.url = url
    self.format = format
  }
}
