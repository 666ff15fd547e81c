import Dispatch
import FlyingFox
import Foundation
import Gym
import GymBoards
import GymJSON
import Synchronization

/// The server's responses: pages, and a small JSON API.
///
///     GET  /api/benchmarks
///     GET  /api/ranking?benchmark=NAME
///     POST /api/submissions?benchmark=NAME&agent=NAME&seed=N&code-version=TEXT&data-hash=HASH
///
/// If a board has one benchmark, its name may be omitted. The body of a submission is predictions
/// as JSON lines. `Authorization: Bearer TOKEN` goes with it, and a header `Contestant` may contain
/// the whole participant as JSON, in place of agent, seed and version.
struct BoardHandler: HTTPHandler {
  let board: any BoardWriting
  let configuration: ServerConfiguration
  let site: ServedSite
  let log: @Sendable (String) -> Void
  /// Submissions are judged one after another, outside of Swift's cooperative threads.
  private let judging = DispatchQueue(label: "judging")
  private let waiting = Counter()

  init(
    board: any BoardWriting, configuration: ServerConfiguration, site: ServedSite,
    log: @escaping @Sendable (String) -> Void
  ) {
    (self.board, self.configuration, self.site, self.log) = (board, configuration, site, log)
  }

  /// The maximum number of waiting submissions.
  private static let maximumWaiting = 4

  private final class Counter: Sendable {
    private let count = Mutex(0)
    func add(upTo limit: Int) -> Bool {
      count.withLock { count in
        guard count < limit else { return false }
        count += 1
        return true
      }
    }
    func remove() { count.withLock { $0 -= 1 } }
  }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    do {
      switch (request.method, request.path) {
      case (.GET, "/api/benchmarks"): return try json(.array(board.benchmarks().map(\.served)))
      case (.GET, "/api/ranking"): return try await json(ranking(request))
      case (.POST, "/api/submissions"): return try await submission(request)
      case (.GET, let path) where !path.hasPrefix("/api/"): return try page(request)
      case (.HEAD, let path) where !path.hasPrefix("/api/"):
        var response = try page(request)
        if case .httpBody(let body) = response.payload, let count = body.count {
          response.headers[.contentLength] = String(count)
        }
        response.payload = .httpBody(HTTPBodySequence())
        return response
      default: return failure(404, "There is nothing at this address.")
      }
    } catch let error as GymError {
      return refusal(error)
    } catch {
      log("\(request.method.rawValue) failed: \(error)")
      return failure(500, "The server could not answer this request.")
    }
  }

  /// The response to a request that an error ends. A path of this machine is for the log alone.
  private func refusal(_ error: GymError) -> HTTPResponse {
    guard error.location?.hasPrefix("/") == true else { return failure(400, error.description) }
    log("refused: \(error)")
    let told = GymError(error.what, expected: error.expected, remedy: error.remedy)
    return failure(400, told.description)
  }

  /// A file of the site. FlyingFox's path lacks the slash at the end of a folder, without which the
  /// links of a folder's page would lead elsewhere.
  private func page(_ request: HTTPRequest) throws -> HTTPResponse {
    site.refresh()
    let folder = request.path.hasSuffix("/") ? request.path : request.path + "/"
    let namesFolder = request.target.path().hasSuffix("/")
    if let file = site.file(namesFolder ? folder : request.path) {
      return try response(200, type: file.type, Data(contentsOf: file.url))
    }
    guard site.file(folder) != nil else { return failure(404, "There is no such page.") }
    var moved = failure(301, "The page is at \(folder)")
    moved.headers[.location] = folder
    return moved
  }

  private func ranking(_ request: HTTPRequest) async throws -> JSON {
    let benchmark = try benchmark(request)
    return try await apart(DispatchQueue.global()) {
      Ranking(try board.entries(of: benchmark.id), on: benchmark).served
    }
  }

  private func benchmark(_ request: HTTPRequest) throws -> Benchmark {
    let all = try board.benchmarks()
    guard let name = request.query["benchmark"] else {
      guard all.count == 1 else {
        throw GymError("no benchmark is named", expected: "benchmark=NAME")
      }
      return all[0]
    }
    guard let found = all.first(where: { $0.name == name || $0.id == name }) else {
      throw GymError("there is no benchmark with that name")
    }
    return found
  }

  private func submission(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard let token = configuration.token else {
      return failure(403, "This server accepts no submissions.")
    }
    guard Self.isSame(request.headers[.authorization] ?? "", "Bearer " + token) else {
      return failure(401, "The token is missing or wrong.")
    }
    guard waiting.add(upTo: Self.maximumWaiting) else {
      return failure(503, "Other submissions are being judged; try again in a moment.")
    }
    defer { waiting.remove() }
    let benchmark = try benchmark(request)
    let participant = try participant(request).claimed()
    let hash = request.query["data-hash"]
    var body = Data()
    for try await part in request.bodySequence {
      guard body.count + part.count <= configuration.maximumBody else {
        return failure(413, "The body is too long.")
      }
      body.append(part)
    }
    let predictions = body
    let entry = try await apart(judging) {
      try board.submit(
        Submission(participant, predictions: .bytes(predictions), dataHash: hash), to: benchmark.id)
    }
    log("accepted entry \(entry.shortID)")
    site.refresh(force: true)
    let results = entry.results
    return try json(
      [
        "entry": .string(entry.id), "solved": JSON(results.solvedCount),
        "puzzles": JSON(results.count),
      ], status: 201)
  }

  private func participant(_ request: HTTPRequest) throws -> Participant {
    if let text = request.headers[HTTPHeader("Contestant")] {
      do {
        return try Participant(JSON(parsing: text, limits: .init(depth: 16, bytes: 16 << 10)))
      } catch let error as JSONError {
        throw GymError("the header Contestant is not JSON: \(error)")
      }
    }
    let seed = try request.query["seed"].map { text -> UInt64 in
      guard let seed = UInt64(text) else {
        throw GymError("the seed is not a number", expected: "an integer from 0")
      }
      return seed
    }
    return try Participant(
      agent: request.query["agent"] ?? "", seed: seed,
      codeVersion: request.query["code-version"])
  }

  /// Runs blocking work on a queue.
  private func apart<T: Sendable>(
    _ queue: DispatchQueue, _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Whether two texts are equal, in a time that does not depend on where they differ.
  static func isSame(_ given: String, _ wanted: String) -> Bool {
    let (given, wanted) = (Array(given.utf8), Array(wanted.utf8))
    var difference = UInt8(given.count == wanted.count ? 0 : 1)
    for index in wanted.indices {
      difference |= wanted[index] ^ (given.isEmpty ? 0 : given[index % given.count])
    }
    return difference == 0
  }

  private func failure(_ status: Int, _ reason: String) -> HTTPResponse {
    let text = (JSON.object(["error": .string(reason)]).text()) + "\n"
    return response(status, type: "application/json", Data(text.utf8))
  }

  private func json(_ value: JSON, status: Int = 200) throws -> HTTPResponse {
    try response(status, type: "application/json", Data(value.bytes()))
  }

  private func response(_ status: Int, type: String, _ body: Data) -> HTTPResponse {
    HTTPResponse(
      statusCode: HTTPStatusCode(status, phrase: status < 300 ? "OK" : "Refused"),
      headers: [
        .contentType: type, .connection: "close",
        HTTPHeader("X-Content-Type-Options"): "nosniff",
        HTTPHeader("X-Frame-Options"): "DENY", HTTPHeader("Referrer-Policy"): "no-referrer",
        HTTPHeader("Cache-Control"): "no-cache",
      ], body: body)
  }
}
