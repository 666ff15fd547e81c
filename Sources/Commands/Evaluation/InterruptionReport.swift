import Foundation
import Gym
import JSON

/// What is said of work that was interrupted: how far it came, never a score over all.
struct InterruptionReport: Sendable {
  /// What was asked of whom, for a person; empty before that is known.
  var title = ""
  /// The members that the whole report would begin with.
  var members: JSONObject = [:]
  /// The number of answers so far.
  var answered = 0
  /// The number of answers in all; nil before that is known.
  var total: Int?
  /// How many of the answers are right, if that means something.
  var solved: Int?
  /// What is counted.
  var unit = "puzzles"
  /// Whether it is printed as JSON.
  let isJSON: Bool

  init(json: Bool) {
    isJSON = json
  }

  /// Prints the report.
  ///
  /// - Parameters:
  ///   - kept: the file that --resume goes on with; nil if there is none.
  ///   - failure: why not everything is kept.
  func say(kept: String?, failure: String? = nil) {
    if isJSON {
      var members = members
      members["interrupted"] = true
      members["answered"] = .integer(Int64(answered))
      members["total"] = total.map { .integer(Int64($0)) } ?? .null
      if let solved { members["solved"] = .integer(Int64(solved)) }
      members["kept"] = kept.map { .string($0) } ?? .null
      if let failure { members["not-kept"] = .string(failure) }
      return print(JSON.object(members).text(.pretty))
    }
    if !title.isEmpty { print("\(title)\n") }
    print(count)
    if let failure { print("Not everything is kept: \(failure)") }
    if let kept {
      print("What is done is kept in \(kept); the same command with --resume goes on.")
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
