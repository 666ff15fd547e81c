import Foundation
import Gym
import GymReports
import Synchronization

/// A folder that becomes a site: written under a temporary name, then moved into place.
final class SiteOutput: Sendable {
  /// A file that distinguishes our own sites from other folders.
  static let mark = ".reasongym-site"

  private let target: URL
  private let aside: URL
  private let report: Mutex<SiteReport>

  /// - Throws: a `GymError` if the path contains anything but one of our sites.
  init(_ target: URL) throws {
    let target = target.resolvingSymlinksInPath().standardizedFileURL
    let parent = target.deletingLastPathComponent()
    self.target = target
    aside = parent.appendingPathComponent(".\(target.lastPathComponent).\(UUID().uuidString)")
    report = Mutex(SiteReport(index: target.appendingPathComponent("index.html")))
    try Self.checkReplaceable(target)
    try Self.naming(target) {
      try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
    }
    try write("A site that reasongym makes and replaces.\n", to: Self.mark)
  }

  private static func checkReplaceable(_ folder: URL) throws {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
    guard exists else { return }
    guard isFolder.boolValue else {
      throw GymError("a file lies where the site should", at: folder.path, expected: "a folder")
    }
    let contents = try naming(folder) {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }
    guard contents.isEmpty || contents.contains(mark) else {
      throw GymError(
        "the folder holds other things", at: folder.path,
        expected: "an empty folder, a new one, or a site made earlier",
        remedy: "Name another folder; what is in this one stays untouched.")
    }
  }

  /// Writes a file at a path within the site; paths come from the program itself.
  func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Writes a script.
  func write(_ text: ScriptText, to path: String) throws {
    try write(Data(text.bytes), to: path)
  }

  private func write(_ data: Data, to path: String) throws {
    let file = aside.appendingPathComponent(path)
    try Self.naming(target) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file)
    }
    report.withLock {
      $0.files += 1
      $0.bytes += data.count
      if data.count > $0.largestBytes { ($0.largestFile, $0.largestBytes) = (path, data.count) }
    }
  }

  /// Notes a benchmark that has no pages.
  func leaveOut(_ benchmark: SiteReport.LeftOut) {
    report.withLock { $0.leftOut.append(benchmark) }
  }

  /// Moves the site into place; the old one is removed only after the new one is there.
  func finish() throws -> SiteReport {
    try Self.checkReplaceable(target)
    try FileSystem.synchronize(everythingIn: aside)
    try FileSystem.replace(target, with: aside)
    return report.withLock { $0 }
  }

  /// Removes everything written.
  func discard() {
    // Nothing is lost if this fails: the target itself was not touched.
    try? FileManager.default.removeItem(at: aside)
  }

  private static func naming<T>(_ place: URL, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as GymError {
      throw error
    } catch {
      throw GymError.unwritten(place.path, error, "the site cannot be written")
    }
  }
}
