import Foundation

/// Names for puzzles that have one name and come from different folders: with as much of the path
/// before the name as tells them apart, such as `easy/task1` and `hard/task1`.
public enum QualifiedName {
  /// The path of what a file's puzzles are called by: its folders, outermost first, and the file
  /// itself if it holds puzzles of other names than its own.
  ///
  /// A challenges file counts under what its name begins with, `arc-agi_training`.
  public static func home(of file: URL, name: String) -> [String] {
    let file = file.standardizedFileURL
    let folders = file.deletingLastPathComponent().pathComponents.filter { $0 != "/" }
    var stem = file.deletingPathExtension().lastPathComponent
    for ending in ["_challenges", "-challenges"] where stem.hasSuffix(ending) {
      stem.removeLast(ending.count)
    }
    return stem == name ? folders : folders + [stem]
  }

  /// The names, in the order of the homes; nil if two homes are the same.
  public static func names(_ name: String, in homes: [[String]]) -> [String]? {
    let longest = homes.map(\.count).max() ?? 0
    guard longest > 0 else { return homes.count == 1 ? [name] : nil }
    for length in 1...longest {
      let parts = homes.map { Array($0.suffix(length)) }
      if Set(parts).count == homes.count {
        return parts.map { ($0 + [name]).joined(separator: "/") }
      }
    }
    return nil
  }
}
