import Foundation
import Gym
import JSON

/// The report on interrupted work: its progress, never a score.
struct InterruptionReport: Sendable {
  /// A readable description of the work; empty until it is known.
  var title = ""
  /// The members that the complete report would begin with.
  var members: JSONObject = [:]
  /// The number of answers so far.
  var answered = 0
  /// The total number of answers; nil until it is known.
  var total: Int?
  /// The number of right answers, if that makes sense.
  var solved: Int?
  /// The unit that is counted.
  var unit = "puzzles"
  /// Whether to print it as JSON.
  let isJSON: Bool

  init(json: Bool) {
    isJSON = json
  }

  /// Prints the report.
  ///
  /// - Parameters:
  ///   - kept: the file for --resume; nil if there is none.
  ///   - failure: why some of the work is not kept.
  func say(kept: String?, failure: String? = nil) {
    if isJSON {
      var members = members
      members["interrupted"] = true
      members["answered"] = JSON(answered)
      members["total"] = total.map { JSON($0) } ?? .null
      if let solved { members["solved"] = JSON(solved) }
      members["kept"] = kept.map { .string($0) } ?? .null
      if let failure { members["not-kept"] = .string(failure) }
      return print(JSON.object(members).text(.pretty))
    }
    if !title.isEmpty { print("\(title)\n") }
    print(count)
    if let failure { print("Not everything is kept: \(failure)") }
    if let kept {
      print("The finished part is kept in \(kept); the same command with --resume continues.")
    } else {
      print("Nothing is kept; the same command begins anew.")
    }
  }

  private var count: String {
    guard let total else { return "Interrupted before the first of the \(unit)." }
    let right = solved.map { ", of which \($0) are solved" } ?? ""
    return "Interrupted after \(answered) of \(total) \(unit)\(answered > 0 ? right : ""). "
      + "That is no score of the whole."
  }
}
