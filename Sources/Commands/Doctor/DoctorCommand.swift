import ArgumentParser
import Foundation
import GymReports
import JSON

/// `reasongym doctor`: checks whether this machine is suitable, and says what to do if it is not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check libraries, processor, threads, memory and disk, and say what to do.",
    discussion: Help.flowing(
      """
      The exit code is 1 if something is missing that the program needs.

      Examples:
        reasongym doctor
        reasongym doctor --json
      """))

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let findings = Doctor(folder: folder).findings
    let fails = findings.contains { $0.state == .failure }
    if json {
      let value: JSON = [
        "fit": .bool(!fails), "findings": .array(findings.map(\.json)),
      ]
      print(value.text(.pretty))
    } else {
      var table = TextTable(("", .left), ("what", .left), ("found", .left))
      for finding in findings {
        let remedy = finding.remedy.map { ". \($0)." } ?? ""
        table.add(finding.state.mark, finding.name, finding.what + remedy)
      }
      print(table.text(width: Terminal.output.width))
      print(fails ? "Something is missing or does not work." : "This machine is ready.")
    }
    if fails { throw ExitCode.failure }
  }
}

extension Finding.State {
  fileprivate var mark: String {
    switch self {
    case .good: "ok"
    case .warning: "look"
    case .failure: "FAILS"
    }
  }
}
