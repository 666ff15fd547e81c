import Foundation
import Gym

/// A file that is written under a temporary name and renamed at the end, completely or not at all.
final class AtomicFile {
  private let target: URL
  private let url: URL
  private let file: FileWriter
  private let replaces: Bool

  /// - Parameter replaces: whether a file at `target` may be replaced.
  init(for target: URL, replaces: Bool) throws {
    self.target = target.standardizedFileURL
    self.replaces = replaces
    // Short enough for targets with long names.
    let name = ".\(target.lastPathComponent.prefix(40)).partial-\(UUID().uuidString.prefix(8))"
    url = self.target.deletingLastPathComponent().appendingPathComponent(name)
    try Self.check(self.target, replaces)
    try FileSystem.create(self.target.deletingLastPathComponent())
    file = try FileWriter(url, isNew: true)
  }

  /// Appends text.
  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
  }

  /// Gives the file its name.
  func finish() throws {
    try file.synchronize()
    try file.close()
    try Self.check(target, replaces)
    try FileSystem.rename(url, to: target)
  }

  /// Removes the file.
  func discard() throws { try FileSystem.remove(url) }

  private static func check(_ target: URL, _ replaces: Bool) throws {
    guard !replaces, FileSystem.isOccupied(target) else { return }
    throw GymError(
      "it exists already", at: target.path, remedy: "Choose another name, or pass --force.")
  }
}
