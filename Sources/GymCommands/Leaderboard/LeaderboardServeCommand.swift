import ArgumentParser
import Dispatch
import Foundation
import Gym
import GymBoardServer
import GymBoardStore
import GymBoards
import GymTraining
import Synchronization

/// `reasongym leaderboard serve`: serves the pages and an API over HTTP.
struct LeaderboardServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the pages and a small JSON API, on this machine unless told otherwise.",
    discussion: Help.flowing(
      """
      Submissions by POST need a token, which the file of --token-file or the variable
      REASONGYM_TOKEN holds; without one the server only shows. Ctrl-C stops it,
      with exit code 130.

      Examples:
        reasongym leaderboard serve board.db --port 8080
        reasongym leaderboard serve board.db --token-file token --everywhere
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "P"))
  var port: UInt16 = 8080

  @Option(
    help: ArgumentHelp("The file with the token of submissions.", valueName: "FILE"),
    completion: .file())
  var tokenFile: String?

  @Flag(help: "Listen on all of the machine's addresses, not only its own.")
  var everywhere = false

  @Option(help: "The heading of the list, if the board has several benchmarks.")
  var title = "Leaderboard"

  @OptionGroup var tasks: BoardTaskOptions

  @OptionGroup var secret: SecretSeedOption

  func run() throws {
    Self.returnLargeBlocks()
    let token = try token()
    let board = try Board(
      path: board, for: .writing, secretSeed: secret.read(), tasks: tasks.maker())
    let server = try LeaderboardServer(
      board: board,
      configuration: ServerConfiguration(
        port: port, address: everywhere ? .any : .loopback, token: token, title: title),
      // If standard error is gone, the server still continues.
      log: { line in try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) })
    let stopSignal = StopSignal.signals()
    // A task in another process may be asked to judge, and not answer.
    stopSignal.endInTime {}
    let outcome = Mutex<(any Error)?>(nil)
    let end = DispatchSemaphore(value: 0)
    let work = _Concurrency.Task {
      do {
        try await server.run(
          bound: { port in
            print("http://127.0.0.1:\(port)/")
            // A pipe would keep the address until much more is printed.
            fflush(nil)
          }, ready: { _ in })
      } catch {
        outcome.withLock { $0 = error }
      }
      end.signal()
    }
    while end.wait(timeout: .now() + 0.1) == .timedOut {
      if stopSignal.isRequested { work.cancel() }
    }
    if stopSignal.isRequested { throw ExitCode(StopSignal.exitCode) }
    if let error = outcome.withLock({ $0 }) { throw error }
  }

  /// Makes Linux's C library give large blocks back to the system when they are freed.
  ///
  /// By itself it serves blocks as large as any that was freed before from its heaps, several per
  /// processor, and each keeps what the largest submissions needed. A threshold that is set, here
  /// to what it is at first, does not rise. Benchmarks/NOTES.md has what that saves.
  private static func returnLargeBlocks() {
    #if os(Linux)
      typealias Setter = @convention(c) (_ parameter: CInt, _ value: CInt) -> CInt
      let mmapThreshold: CInt = -3
      // Swift does not import it, and only glibc has it.
      guard let address = dlsym(nil, "mallopt") else { return }
      _ = unsafeBitCast(address, to: Setter.self)(mmapThreshold, 128 << 10)
    #endif
  }

  private func token() throws -> String? {
    guard let tokenFile else {
      let token = ProcessInfo.processInfo.environment["REASONGYM_TOKEN"] ?? ""
      return token.isEmpty ? nil : token
    }
    let url = URL(fileURLWithPath: tokenFile)
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw GymError(
        "the token file cannot be read: \(error.reason)", at: url.path,
        remedy: "Write a secret of 16 or more characters to it: openssl rand -hex 16 > FILE")
    }
    let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard token.utf8.count >= 16 else {
      throw GymError(
        "the token has only \(token.utf8.count) characters", at: url.path,
        expected: "16 characters or more")
    }
    return token
  }
}
