import Foundation

/// Names for puzzles that have the same name but come from different folders: the name with as much
/// of the path before it as is needed to tell them apart, such as `easy/task1` and `hard/task1`.
public enum QualifiedName {
  /// The path by which a file's puzzles can be told apart: its folders, outermost first, and the
  /// file itself if its puzzles are not named after it.
  ///
  /// A challenges file is represented by the beginning of its name, such as `arc-agi_training`.
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
