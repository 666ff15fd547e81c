import Gym
import GymJSON
import Synchronization

/// The process behind a task. It handles one request at a time, from any thread.
///
/// Every reply is a pure function of the request, so after a fault the process is restarted and
/// asked once more; a second fault is an error.
final class TaskProcess: Sendable {
  let command: String

  fileprivate struct Conversation {
    let session: ProcessSession
    var isChecked = false
  }
  private let conversation: Mutex<Conversation>

  /// Starts a task's process and sends it its settings.
  ///
  /// - Parameter settings: makes the settings to send from the process's greeting.
  /// - Returns: the process, with its descriptions as `greeting` and `shape`.
  static func start(
    _ command: String, limits: ProcessLimits, settings: (TaskGreeting) throws -> Settings
  ) throws -> (TaskProcess, greeting: TaskGreeting, settings: Settings, shape: TaskShape) {
    try GymError.located("\(ExternalCommand.prefix)\(command)") {
      do {
        let session = try ProcessSession(
          command: command, dialect: "reasongym-task", greeting: [:], limits: limits)
        let greeting = try TaskGreeting(session.reply)
        let values = try settings(greeting)
        let reply = try session.prepare(["id": 0, "do": "make", "settings": values.json])
        if let reason = reply.refusal { throw GymError(reason) }
        let shape = try TaskShape(reply)
        return (TaskProcess(command, session), greeting, values, shape)
      } catch let fault as ProcessFault {
        throw GymError(
          "the process \(fault.reason)",
          remedy: "Examples/README.md shows what a task says and hears")
      }
    }
  }

  private init(_ command: String, _ session: sending ProcessSession) {
    self.command = command
    conversation = Mutex(Conversation(session: session))
  }

  /// The reply to a request.
  ///
  /// - Parameter twice: whether to ask a second time, which must give the same reply.
  /// - Throws: a `GymError` that says what is wrong with the reply, or how the process failed; it
  ///   is a fault.
  func ask(_ request: String, _ fields: JSONObject, twice: Bool = false) throws -> JSON {
    do {
      return try reply(to: request, fields, twice: twice)
    } catch let error as GymError {
      throw error.asFault
    }
  }

  private func reply(to request: String, _ fields: JSONObject, twice: Bool) throws -> JSON {
    try GymError.located("\(ExternalCommand.prefix)\(command)") {
      try conversation.withLock { conversation in
        let reply = try conversation.ask(request, fields)
        if twice || !conversation.isChecked {
          guard try conversation.ask(request, fields) == reply else {
            throw GymError(
              "the process replies to the same \"\(request)\" in two ways",
              expected: "a reply that depends on the request alone",
              remedy: "Take all that is random from the request's seed")
          }
          conversation.isChecked = true
        }
        if let reason = reply.refusal { throw GymError("the process says: \(reason)") }
        return reply
      }
    }
  }
}

extension TaskProcess.Conversation {
  /// The reply to a request, which is sent again after a first fault.
  func ask(_ request: String, _ fields: JSONObject) throws -> JSON {
    do {
      return try askOnce(request, fields)
    } catch let fault where fault.kind == .broken {
      do {
        return try askOnce(request, fields)
      } catch {
        throw GymError("the process \(error.reason)", at: request)
      }
    } catch {
      throw GymError("the process \(error.reason)", at: request)
    }
  }

  private func askOnce(_ request: String, _ fields: JSONObject) throws(ProcessFault) -> JSON {
    let reply = try session.ask(request, fields, seconds: session.limits.seconds)
    // Without its id, so that replies to the same request compare equal.
    var members = reply.object ?? [:]
    members["id"] = nil
    return .object(members)
  }
}
