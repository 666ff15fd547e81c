import Foundation
import Gym

/// A folder that is written under a temporary name and renamed at the end, completely or not at
/// all.
final class AtomicDirectory {
  /// The final path.
  let target: URL
  /// The temporary path.
  let url: URL
  private let replaces: Bool
  private let content: Content
  private var isPending = true
  /// Held while the folder is one that another attempt could find.
  private var lock: FileLock?

  /// The future content of the folder, which is also the only content that it may replace.
  enum Content {
    case dataset
    /// One JSON file per puzzle, possibly in subfolders, and nothing else.
    case puzzleFiles
    /// A card and JSON lines for the Hugging Face hub.
    case hub
  }

  /// How to treat an earlier attempt.
  enum Opening {
    /// The temporary folder has a unique name, and is removed if it is not finished.
    case fresh
    /// The temporary folder is `target` with ".partial", and stays for a later attempt.
    case resumable
    /// An earlier attempt is continued.
    case resuming
  }

  /// Creates the folder, or opens an earlier one.
  ///
  /// - Parameter replaces: whether a folder with such content at `target` may be replaced.
  init(
    for target: URL, replaces: Bool, of content: Content = .dataset, _ opening: Opening = .fresh
  ) throws {
    let target = target.standardizedFileURL
    self.target = target
    self.replaces = replaces
    self.content = content
    let shared = Self.resumable(for: target)
    url =
      opening == .fresh
      ? shared.deletingLastPathComponent().appendingPathComponent(
        "\(shared.lastPathComponent)-\(UUID().uuidString.prefix(8))") : shared
    try checkReplacing()
    switch opening {
    case .fresh: break
    case .resumable where FileSystem.isOccupied(url):
      let held = try Self.lock(url)
      guard replaces else {
        throw GymError(
          "an unfinished dataset is here", at: url.path,
          remedy: "Pass --resume to continue it, or --force to start over.")
      }
      try withExtendedLifetime(held) { try FileSystem.remove(url) }
    case .resumable: break
    case .resuming:
      guard FileSystem.isOccupied(url) else {
        throw GymError(
          "there is nothing to continue", at: url.path, expected: "an unfinished dataset",
          remedy: "Leave --resume out.")
      }
      lock = try Self.lock(url)
      return
    }
    try FileSystem.create(target.deletingLastPathComponent())
    try FileSystem.createNew(url)
    if opening != .fresh { lock = try Self.lock(url) }
  }

  /// Keeps other processes from continuing or removing an unfinished dataset.
  private static func lock(_ folder: URL) throws -> FileLock {
    try FileLock(folder: folder, while: "writing this dataset", isNeeded: false)
  }

  /// The temporary path of a resumable folder.
  static func resumable(for target: URL) -> URL {
    let target = target.standardizedFileURL
    return target.deletingLastPathComponent()
      .appendingPathComponent("\(target.lastPathComponent).partial")
  }

  /// Gives the folder its name.
  func finish() throws {
    try checkReplacing()
    let moved = Result { try FileSystem.replace(target, with: url) }
    // Also if the move is done, and only its way to the disk has failed.
    if lock != nil, !FileSystem.isOccupied(url) {
      try FileSystem.remove(target.appendingPathComponent(".lock"))
    }
    try moved.get()
    isPending = false
  }

  /// Removes the folder, unless it is finished.
  func discard() throws {
    guard isPending else { return }
    isPending = false
    try FileSystem.remove(url)
  }

  /// Only an empty folder or one with the same kind of content is ever replaced, the latter only if
  /// allowed.
  private func checkReplacing() throws {
    try Self.checkReplacing(target, by: content, replaces: replaces)
  }

  /// The same before anything is written.
  static func checkReplacing(_ target: URL, by content: Content, replaces: Bool) throws {
    guard FileSystem.isOccupied(target) else { return }
    // The Finder of macOS leaves a file in folders that somebody looked at.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: target.path))?
      .filter { $0 != ".DS_Store" }
    if names?.isEmpty == true { return }
    guard replaces else {
      throw GymError(
        "it exists already", at: target.path, remedy: "Choose another name, or pass --force.")
    }
    guard let names, content.isLike(names, in: target) else {
      throw GymError(
        "this is not a \(content.name), so it is not replaced", at: target.path,
        remedy: "Choose another name.")
    }
  }
}

extension AtomicDirectory.Content {
  fileprivate var name: String {
    switch self {
    case .dataset: "dataset"
    case .puzzleFiles: "folder of JSON files alone"
    case .hub: "folder for the Hugging Face hub"
    }
  }

  /// Whether a folder with these entries has this kind of content.
  fileprivate func isLike(_ names: [String], in folder: URL) -> Bool {
    switch self {
    case .dataset:
      names.contains(DatasetManifest.fileName)
        || (try? Dataset.splitNames(in: folder))?.isEmpty == false
    case .puzzleFiles: Self.holdsPuzzles(names, in: folder, depth: 1)
    case .hub: Set(names) == ["data", HubCard.fileName]
    }
  }

  /// Whether there are only JSON files, and folders of them.
  private static func holdsPuzzles(_ names: [String], in folder: URL, depth: Int) -> Bool {
    names.allSatisfy { name in
      let url = folder.appendingPathComponent(name)
      var status = stat()
      guard lstat(url.path, &status) == 0 else { return false }
      if status.st_mode & S_IFMT == S_IFREG { return name.hasSuffix(".json") }
      guard status.st_mode & S_IFMT == S_IFDIR, depth < 8,
        let inside = try? FileManager.default.contentsOfDirectory(atPath: url.path)
      else { return false }
      return holdsPuzzles(inside, in: url, depth: depth + 1)
    }
  }
}
