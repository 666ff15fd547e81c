import Foundation
import GymDatasets
import GymTestSupport
import Testing

/// Every file under a folder with its bytes, by path.
func contents(of url: URL) throws -> [String: Data] {
  let paths = try #require(FileManager.default.subpaths(atPath: url.path))
  var result: [String: Data] = [:]
  for path in paths {
    var isFolder: ObjCBool = false
    let file = url.appendingPathComponent(path)
    if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
      !isFolder.boolValue
    {
      result[path] = try Data(contentsOf: file)
    }
  }
  return result
}

/// The text of the error that a function throws.
func failure(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// Folders that the released builder wrote, if they are present.
let released = SharedData.url("hrm-format")

extension WorkControl {
  static func workers(_ count: Int) -> WorkControl { WorkControl(workers: count) }
}
