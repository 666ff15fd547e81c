import Foundation
import Gym

extension String {
  /// This Swift text with another element at the end of a list with one element per line.
  ///
  /// - Parameters:
  ///   - element: the element, without a comma.
  ///   - opening: the line that starts the list, without surrounding white space.
  ///   - path: the file, for messages.
  func adding(_ element: String, toListAt opening: String, of path: String) throws -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(where: { $0.trimmed == opening }),
      let end = lines[start...].firstIndex(where: { $0.trimmed.hasPrefix("]") })
    else {
      throw GymError(
        "there is no list that begins with the line \"\(opening)\"", at: path,
        expected: "the list as it was cloned, with a line for each name",
        remedy: "Add \(element) where it belongs by hand, or restore the file.")
    }
    if end > start + 1, !lines[end - 1].trimmed.hasSuffix(",") { lines[end - 1] += "," }
    let indentation = String(repeating: " ", count: lines[start].prefix { $0 == " " }.count + 2)
    lines.insert("\(indentation)\(element),", at: end)
    return lines.joined(separator: "\n")
  }

  /// This Swift text with another import, in alphabetical order.
  func importing(_ module: String, in path: String) throws -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let imports = lines.indices.filter { lines[$0].hasPrefix("import ") }
    guard let last = imports.last else {
      throw GymError("there are no imports", at: path, expected: "the file as it was cloned")
    }
    let place = imports.first { lines[$0].dropFirst(7) > module } ?? last + 1
    lines.insert("import \(module)", at: place)
    return lines.joined(separator: "\n")
  }

  private var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
