import Foundation
import Gym
import GymJSON

/// The way users name a process instead of a task or an agent: `exec:python3 my_agent.py`.
public enum ExternalCommand {
  /// The prefix of a text that names a command.
  public static let prefix = "exec:"

  /// The command that a text names; nil if it names none.
  public static func command(in text: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }
}

/// A session with a command, which is greeted, asked line by line, and restarted after a fault: a
/// limited number of times in a row, after increasing pauses.
final class ProcessSession {
  let command: String
  let limits: ProcessLimits
  /// The protocol's name, which both greetings contain.
  let dialect: String
  /// The protocol versions that the gym speaks.
  let versions: ClosedRange<Int>
  /// The fields of the greeting other than protocol and version.
  let greeting: JSONObject
  /// Tells the session when to stop; checked during every wait.
  var stop: StopRequest?
  /// Whether the process has something that a new one would lack: what it learned. It is then never
  /// started again.
  var isIrreplaceable = false
  /// How an irreplaceable process was lost; nil as long as it runs.
  var loss: String? { isIrreplaceable && process == nil ? lastReason : nil }
  /// The process's reply to the first greeting.
  private(set) var reply: JSON = .null
  /// The id of the next request.
  var nextID = 0
  /// A request that follows every greeting, with the reply to it.
  private var preparation: (request: JSON, reply: JSON)?
  private var process: ChildProcess?
  private var failuresInARow = 0
  private var lastReason = ""

  private static let textLimits = JSON.Limits(depth: 16, bytes: 1 << 30, string: 64 << 20)

  /// Starts the command and sends the greeting.
  ///
  /// - Throws: a `ProcessFault` if it does not start or replies incorrectly: at this point that is
  ///   an error to report, not a failure to count.
  init(
    command: String, dialect: String, versions: ClosedRange<Int> = 1...1, greeting: JSONObject,
    limits: ProcessLimits
  ) throws(ProcessFault) {
    self.command = command
    self.dialect = dialect
    self.versions = versions
    self.greeting = greeting
    self.limits = limits
    let child = try ChildProcess(command: command, limits: limits)
    reply = try greet(child)
    process = child
  }

  deinit { process?.end(grace: limits.grace) }

  /// Sends a request. If the process has ended since the last one, it is restarted.
  func send(_ request: JSON) throws(ProcessFault) {
    let line = try Self.bytes(request)
    if let process, try process.hasEnded() { drop() }
    try running().send(line)
  }

  /// The next line of the process's output, read as JSON.
  func next(until deadline: ContinuousClock.Instant) throws(ProcessFault) -> JSON {
    guard let process else { throw ProcessFault("is not running") }
    return try Self.read(process.nextLine(until: deadline, stop: stop))
  }

  /// The reply with a request's id. Late replies to earlier requests are dropped.
  func reply(
    to request: JSON, id: Int, until deadline: ContinuousClock.Instant
  ) throws(ProcessFault) -> JSON {
    try send(request)
    while true {
      let reply = try next(until: deadline)
      guard let found = reply["id"]?.integer, (0...id).contains(found) else {
        throw ProcessFault(
          "replied to another request: id "
            + Excerpt.of((reply["id"] ?? .null).description, limit: 40))
      }
      if found == id { return reply }
    }
  }

  /// The reply to a request of a kind, sent under the next id. A fault ends the process.
  func ask(
    _ kind: String, _ fields: JSONObject, seconds: Double
  ) throws(ProcessFault) -> JSON {
    let id = nextID
    nextID += 1
    var request: JSONObject = ["id": JSON(id), "do": .string(kind)]
    for (name, value) in fields { request[name] = value }
    do throws(ProcessFault) {
      let reply = try reply(to: .object(request), id: id, until: .now + .seconds(seconds))
      succeed()
      return reply
    } catch {
      fail(error)
      throw error
    }
  }

  /// Sends a request, whose id is 0, now and after every restart; the reply must stay the same.
  func prepare(_ request: JSON) throws(ProcessFault) -> JSON {
    let reply = try reply(to: request, id: 0, until: .now + .seconds(limits.seconds))
    preparation = (request, reply)
    nextID = 1
    return reply
  }

  /// Records that a well-formed answer arrived.
  func succeed() { failuresInARow = 0 }

  /// Ends the process after a fault; the next request starts it again.
  func fail(_ fault: ProcessFault) {
    guard fault.kind != .givenUp else { return }
    drop()
    // A process that was stopped did nothing wrong.
    guard fault.kind != .stopped else { return }
    failuresInARow += 1
    lastReason = fault.reason
  }

  private func drop() {
    if lastReason.isEmpty { lastReason = "ended between two requests" }
    process?.end()
    process = nil
  }

  private func running() throws(ProcessFault) -> ChildProcess {
    if let process { return process }
    if isIrreplaceable {
      throw ProcessFault("\(lastReason), and what it had learned is lost", .givenUp)
    }
    while true {
      guard failuresInARow <= limits.restarts else {
        throw ProcessFault(
          "failed \(failuresInARow) times in a row and is not started again; the last time it "
            + lastReason, .givenUp)
      }
      if failuresInARow > 0 {
        let pause = limits.firstPause * pow(2, Double(min(failuresInARow - 1, 30)))
        try rest(until: .now + .seconds(min(pause, limits.maximumPause)))
      }
      do throws(ProcessFault) {
        let child = try ChildProcess(command: command, limits: limits)
        guard try greet(child) == reply else {
          throw ProcessFault("greets otherwise than at its first start")
        }
        if let (request, made) = preparation, try answer(of: child, to: request) != made {
          throw ProcessFault("does not make the same task at every start")
        }
        process = child
        return child
      } catch {
        fail(error)
        if error.kind == .stopped { throw error }
      }
    }
  }

  /// Waits before a process is restarted.
  private func rest(until end: ContinuousClock.Instant) throws(ProcessFault) {
    while ContinuousClock.now < end {
      if let stop, stop.isRequested { throw .stopped }
      let left = ContinuousClock.now.duration(to: end)
      Thread.sleep(forTimeInterval: max(0, min(left, ChildProcess.patience) / .seconds(1)))
    }
  }

  /// The reply of a process that was just started to a request with id 0.
  private func answer(of child: ChildProcess, to request: JSON) throws(ProcessFault) -> JSON {
    try child.send(Self.bytes(request))
    let answer = try Self.read(
      child.nextLine(until: .now + .seconds(limits.seconds), stop: stop))
    guard answer["id"]?.integer == 0 else { throw ProcessFault("replied to another request") }
    return answer
  }

  /// Greets a new process and returns its reply.
  private func greet(_ child: ChildProcess) throws(ProcessFault) -> JSON {
    var hello = JSONObject()
    hello["protocol"] = .string(dialect)
    // The first version, which every process knows; a process that knows a later one replies with
    // that.
    hello["version"] = JSON(versions.lowerBound)
    for (name, value) in greeting { hello[name] = value }
    if versions.count > 1 { hello["versions"] = .array(versions.map { JSON($0) }) }
    try child.send(Self.bytes(.object(hello)))
    let reply: JSON
    do {
      reply = try Self.read(child.nextLine(until: .now + .seconds(limits.startSeconds), stop: stop))
    } catch let fault where fault.kind == .silent {
      throw ProcessFault("gave no greeting within \(limits.startSeconds) s", .silent)
    }
    guard reply["protocol"]?.string == dialect,
      let version = reply["version"]?.integer, versions.contains(version)
    else {
      throw ProcessFault(
        "greets as \(Excerpt.of((reply["protocol"] ?? .null).description)) version "
          + "\(Excerpt.of((reply["version"] ?? .null).description)), not as \"\(dialect)\" "
          + "version \(versions.map(String.init).joined(separator: " or "))")
    }
    return reply
  }

  private static func read(_ line: [UInt8]) throws(ProcessFault) -> JSON {
    do {
      let json = try JSON(parsing: line, limits: textLimits, name: "the line")
      guard case .object = json else {
        throw ProcessFault("wrote \(json.kind) where an object is expected")
      }
      return json
    } catch let fault as ProcessFault {
      throw fault
    } catch {
      // Such as "NaN", or a name that occurs twice, which other readers of JSON let pass.
      let reason = (error as? JSONError).map { " (\($0.message))" } ?? ""
      throw ProcessFault("wrote a line that is not JSON: \(Excerpt.of(line: line))\(reason)")
    }
  }

  private static func bytes(_ json: JSON) throws(ProcessFault) -> [UInt8] {
    do {
      return try json.bytes()
    } catch {
      throw ProcessFault("cannot be asked: \(error)")
    }
  }
}

/// Splits incoming bytes into lines.
package struct LineBuffer {
  private var bytes: [UInt8] = []
  /// The start of the next line.
  private var start = 0
  /// The end of the part that was searched and has no newline.
  private var searched = 0

  /// The number of bytes after the last complete line.
  var waiting: Int { bytes.count - start }

  /// A buffer without bytes.
  package init() {}

  /// Adds bytes as they arrive.
  package mutating func append(_ new: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: new)
  }

  /// The next complete line without its newline; nil if there is none yet.
  package mutating func next() -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: 0x0A) else {
      searched = bytes.count
      return nil
    }
    defer {
      start = end + 1
      searched = start
    }
    return Array(bytes[start..<end])
  }
}
