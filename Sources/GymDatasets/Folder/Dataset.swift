import Foundation
import Gym
import GymJSON

/// A dataset: a folder in the layout of the released HRM code, with a `manifest.json` if it was
/// written by this gym.
///
/// Each split is a subfolder with a `dataset.json` and arrays; `identifiers.json` beside them
/// names the puzzle identifiers.
public struct Dataset: Sendable {
  /// The folder's path.
  public let url: URL
  /// The description of how the dataset was made; nil for folders from other programs.
  public let manifest: DatasetManifest?
  /// The splits, in the order the usual ones in their order, others by name.
  public let splits: [DatasetSplit]
  /// The names of the puzzle identifiers; the first is for puzzles without an identity. Empty if
  /// the folder has none.
  public let identifiers: [String]

  /// Opens a dataset and checks everything except the tokens, which are checked when they are read.
  ///
  /// - Throws: a `GymError` or `JSONError` that names the file.
  public init(_ url: URL) throws {
    self.url = url
    let manifestURL = url.appendingPathComponent(DatasetManifest.fileName)
    let manifest =
      FileManager.default.fileExists(atPath: manifestURL.path)
      ? try DatasetManifest(contentsOf: manifestURL) : nil
    self.manifest = manifest
    splits = try Self.splitNames(in: url).map { name in
      try DatasetSplit(url.appendingPathComponent(name), sourceNames: manifest?.sources)
    }
    guard let first = splits.first else {
      throw GymError(
        "this is not a dataset", at: url.path,
        expected: "a folder with train/ or test/, and dataset.json in it",
        remedy: "`reasongym dataset build` and `generate` write such folders.")
    }
    identifiers = try Self.identifiers(in: url, count: first.identifierCount)
    for split in splits {
      try split.checkAgreement(with: first)
      if let manifest { try split.checkAgreement(with: manifest) }
    }
  }

  /// Whether a folder holds a dataset.
  public static func isDataset(_ url: URL) throws -> Bool { try !splitNames(in: url).isEmpty }

  /// The split with a name.
  public func split(_ name: String) throws -> DatasetSplit {
    guard let split = splits.first(where: { $0.name == name }) else {
      throw GymError(
        "there is no split \"\(name)\"", at: url.path,
        expected: "one of \(splits.map(\.name).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: name, among: splits.map(\.name)).map {
          "Did you mean \"\($0)\"?"
        })
    }
    return split
  }

  /// The cells of a question and of an answer.
  public var cells: Int { splits[0].cells }
  /// The number of tokens, padding included.
  public var vocabularyCount: Int { splits[0].vocabularyCount }
  /// The number of puzzle identifiers.
  public var identifierCount: Int { splits[0].identifierCount }

  /// Checks that cells and tokens match those of a task.
  ///
  /// - Throws: a `GymError` if they are not.
  public func checkFits(_ task: any Task) throws {
    try task.checkFits("the dataset", cells: cells, tokens: vocabularyCount, at: url.path)
  }

  /// Whether a name is safe as a file name anywhere: 1 to 64 letters, digits, - and _.
  public static func isPlainName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
          || $0 == 45 || $0 == 95
      }
  }

  /// The names of the usual splits, in order; `unseen` is for puzzles of kinds that no other split
  /// has, if a task can tell them apart (ARC's concepts).
  public static let usualSplits = ["train", "validation", "test", "unseen"]

  /// Sorts the names of splits: train, validation, test, others by name.
  static func ordered(_ names: [String]) -> [String] {
    usualSplits.filter(names.contains) + names.filter { !usualSplits.contains($0) }.sorted()
  }

  /// The subfolders that are splits.
  static func splitNames(in url: URL) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw GymError("there is no such folder", at: url.path, expected: "a dataset folder")
    }
    guard isFolder.boolValue else {
      throw GymError(
        "this is a file", at: url.path, expected: "a dataset folder",
        remedy: "`reasongym dataset build` makes one of a file of puzzles")
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    } catch {
      throw GymError("the folder cannot be read (\(error.reason))", at: url.path)
    }
    return ordered(
      names.filter { name in
        let file = url.appendingPathComponent(name).appendingPathComponent("dataset.json")
        return isPlainName(name) && FileManager.default.fileExists(atPath: file.path)
      })
  }

  private static func identifiers(in url: URL, count: Int) throws -> [String] {
    let file = url.appendingPathComponent("identifiers.json")
    guard FileManager.default.fileExists(atPath: file.path) else { return [] }
    let json = try JSON(contentsOf: file)
    guard let names = json.array?.map(\.string), names.count == count,
      names.allSatisfy({ $0 != nil })
    else {
      throw GymError(
        "the names are \(json.array.map { "an array of \($0.count)" } ?? json.kind)",
        at: file.path,
        expected: "an array of \(count) strings, as num_puzzle_identifiers in dataset.json says")
    }
    return names.compactMap { $0 }
  }
}

extension Dataset {
  /// A name for each puzzle identifier; invented if the folder has none.
  public var identifierNames: [String] {
    identifiers.isEmpty
      ? ["<blank>"] + (1..<max(1, identifierCount)).map { "puzzle-\($0)" } : identifiers
  }
}
