import Foundation
import JSON

/// A file or folder to read puzzles from.
public struct PuzzleSource: Sendable, Hashable {
  /// The path of the file or folder.
  public let url: URL
  /// Its name in messages.
  public let path: String
  /// The format; nil to guess it from the name and the beginning.
  public let format: SourceFormat?
  /// Which columns of a table hold what.
  public var columns = PuzzleColumns()
  /// Notes on what was read; several sources may share one.
  public var log = ReadingLog()
  /// Keeps the file if it is a copy.
  private let copy: PipeCopy?

  /// A source with a known format, or with one to guess.
  public init(_ url: URL, format: SourceFormat? = nil) {
    (self.url, path, self.format, copy) = (url, url.path, format, nil)
  }

  private init(_ copy: PipeCopy, of source: PuzzleSource) {
    (url, path, format, columns) = (copy.url, source.path, source.format, source.columns)
    log = source.log
    self.copy = copy
  }

  /// The source as one that can be read several times: itself, or, of a pipe such as standard
  /// input, a copy that goes when nobody holds it any more.
  ///
  /// - Throws: a `GymError` if the copy cannot be written.
  public func rereadable() throws -> PuzzleSource {
    copy == nil && PipeCopy.isPipe(url) ? PuzzleSource(try PipeCopy(of: url), of: self) : self
  }

  /// The file or folder as messages call it.
  public var file: URL { URL(fileURLWithPath: path) }

  /// The last part of what messages call it, without what says that it is packed.
  var name: String {
    let name = file.lastPathComponent
    return name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Whether both are the same file, read in the same way.
  public static func == (a: PuzzleSource, b: PuzzleSource) -> Bool {
    a.url == b.url && a.format == b.format && a.columns == b.columns
  }

  /// Adds what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(url)
    hasher.combine(format)
    hasher.combine(columns)
  }
}
