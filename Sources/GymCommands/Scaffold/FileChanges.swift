import Foundation
import Gym
import GymJSON

/// Files to create and to change, all or none.
struct FileChanges: Sendable {
  /// A file with its new text.
  struct Change: Sendable {
    /// The path under the root.
    let path: String
    let text: String
    /// The current text; nil if the file does not exist.
    let earlier: String?

    /// The lines that are not in the current text.
    var addedLines: [String] {
      let known = Set((earlier ?? "").split(separator: "\n"))
      return text.split(separator: "\n").filter { !known.contains($0) }.map(String.init)
    }
  }

  private(set) var changes: [Change] = []

  /// Adds a new file.
  mutating func make(_ path: String, _ text: String) {
    changes.append(Change(path: path, text: text, earlier: nil))
  }

  /// Adds a change of a file.
  mutating func change(_ path: String, from earlier: String, to text: String) {
    changes.append(Change(path: path, text: text, earlier: earlier))
  }

  /// Writes all files under temporary names, and only then renames them; undone if anything fails.
  func apply(to root: URL) throws {
    let files = FileManager.default
    var (folders, written, renamed) = ([URL](), [URL](), [Change]())
    do {
      for change in changes {
        let url = root.appendingPathComponent(change.path)
        folders += try Self.makeFolders(of: url)
        guard change.earlier != nil || !files.fileExists(atPath: url.path) else {
          throw GymError("it exists already", at: change.path)
        }
        written.append(Self.aside(url))
        try Data(change.text.utf8).write(to: Self.aside(url), options: .withoutOverwriting)
        try FileSystem.synchronize(Self.aside(url))
      }
      for change in changes {
        let url = root.appendingPathComponent(change.path)
        try FileSystem.rename(Self.aside(url), to: url)
        renamed.append(change)
      }
    } catch {
      // The first error is reported; undoing the changes is best effort.
      for change in renamed {
        let url = root.appendingPathComponent(change.path)
        if let earlier = change.earlier {
          try? Data(earlier.utf8).write(to: url, options: .atomic)
        } else {
          try? files.removeItem(at: url)
        }
      }
      for url in written { try? files.removeItem(at: url) }
      for folder in folders.reversed() { try? files.removeItem(at: folder) }
      throw GymError.unwritten(root.path, error, "the files cannot be written")
    }
  }

  /// Creates the missing folders above a file, outermost first, and returns them.
  private static func makeFolders(of url: URL) throws -> [URL] {
    var missing: [URL] = []
    var folder = url.deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.path) {
      missing.insert(folder, at: 0)
      folder.deleteLastPathComponent()
    }
    var made: [URL] = []
    do {
      for folder in missing {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        made.append(folder)
      }
    } catch {
      for folder in made.reversed() { try? FileManager.default.removeItem(at: folder) }
      throw error
    }
    return missing
  }

  private static func aside(_ url: URL) -> URL {
    url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).partial")
  }
}
