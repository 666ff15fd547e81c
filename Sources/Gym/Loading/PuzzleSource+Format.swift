import Foundation

extension PuzzleSource {
  /// The format to read the source in: the stated one, or the one that the name and the first line
  /// suggest.
  ///
  /// - Throws: a `GymError` if the task does not read that format, or none is recognized.
  public func format(for task: some Task) throws -> SourceFormat {
    let known = type(of: task).formats
    guard let format = try self.format ?? guess(for: task) else {
      throw GymError(
        "the format is not recognised", at: url.path,
        expected: "one of \(known.map(\.rawValue).joined(separator: ", "))",
        remedy: "Name it with --format.")
    }
    guard known.contains(format) else {
      throw GymError(
        "this looks like \(format.rawValue), which \(type(of: task).id.name) does not read",
        at: url.path, expected: "one of \(known.map(\.rawValue).joined(separator: ", "))")
    }
    return format
  }

  private func guess(for task: some Task) throws -> SourceFormat? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw GymError("there is no such file", at: url.path)
    }
    if isFolder.boolValue { return .arcJSON }
    switch url.pathExtension.lowercased() {
    case "csv": return .csv
    case "jsonl", "ndjson": return .jsonLines
    case "json": return .arcJSON
    default: break
    }
    let reader = try LineReader(url)
    while let line = try reader.next() {
      if line.isEmpty { continue }
      let text = String(decoding: line, as: UTF8.self)
      if line.first == UInt8(ascii: "{") { return .jsonLines }
      if text.split(separator: ",").contains("question") { return .csv }
      if task.isComment(line) { continue }
      if text.count == task.grid.cells { return .lines }
      if text.count == task.grid.columns { return .textGrid }
      break
    }
    return nil
  }
}
