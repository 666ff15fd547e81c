import Foundation
import Gym
import GymBoardServer
import GymBoards
import GymJSON
import Testing

@Suite(.serialized) struct ServerTests {
  static let token = "0123456789abcdef"

  /// Runs a server and a body on a thread of its own, with the server's port.
  private func withServer(
    _ change: (inout ServerConfiguration) -> Void = { _ in }, board: (any BoardWriting)? = nil,
    _ body: @escaping @Sendable (UInt16) throws -> Void
  ) async throws {
    var configuration = ServerConfiguration(port: 0, token: Self.token)
    configuration.patience = 10
    configuration.requestsPerSecond = 10_000
    change(&configuration)
    let server = try LeaderboardServer(
      board: board ?? Boards.small(puzzles: 20), configuration: configuration, log: { _ in })
    let (ports, source) = AsyncStream.makeStream(of: UInt16.self)
    // Other tests block the few threads of this priority for seconds.
    let running = _Concurrency.Task(priority: .high) {
      try await server.run { source.yield($0) }
    }
    defer { running.cancel() }
    var found: UInt16?
    for await port in ports {
      found = port
      break
    }
    let port = try #require(found)
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      Thread.detachNewThread { done.resume(with: Result { try body(port) }) }
    }
  }

  private static func get(_ port: UInt16, _ path: String) throws -> RawReply {
    try RawClient(port).exchange("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
  }

  private static func post(
    _ port: UInt16, _ target: String, token: String = token, body: String
  ) throws -> RawReply {
    try RawClient(port).exchange(
      """
      POST \(target) HTTP/1.1\r
      Host: x\r
      Authorization: Bearer \(token)\r
      Content-Length: \(body.utf8.count)\r
      \r
      \(body)
      """)
  }

  @Test("Pages and ranking are served")
  func pagesAndRankingAreServed() async throws {
    try await withServer { port throws in
      let page = try Self.get(port, "/")
      #expect(page.status == 200)
      #expect(page.head.contains("nosniff"))
      #expect(page.body.contains("<h1>"))
      #expect(try Self.get(port, "/puzzles/p0.js").status == 200)
      let benchmarks = try JSON(parsing: Self.get(port, "/api/benchmarks").body)
      #expect(benchmarks[0]?["name"]?.string == "sudoku-extreme")
      let ranking = try JSON(parsing: Self.get(port, "/api/ranking").body)
      #expect(ranking["standings"]?.array?.count == 10)
      #expect(ranking["standings"]?[0]?["rank"]?.integer == 1)
      #expect(try Self.get(port, "/api/ranking?benchmark=none").status == 400)
    }
  }

  @Test("Pages follow what is attached to entries, which stay the same entries")
  func pagesFollowAttachments() async throws {
    let board = try Boards.small(puzzles: 20)
    try await withServer(board: board) { port throws in
      func submit() throws {
        let line = "{\"id\":\"test/0\",\"answer\":\"1\"}\n"
        #expect(try Self.post(port, "/api/submissions?agent=me", body: line).status == 201)
      }
      let before = try Self.get(port, "/").body
      let entries = try board.entries(of: board.benchmark.id)
      board.attached.withLock { $0 = Boards.scaling(0.5, at: 2e11) }
      #expect(try board.entries(of: board.benchmark.id).map(\.id) == entries.map(\.id))
      // A submission makes the server look at once; this board does not keep it.
      try submit()
      var after = before
      for _ in 0..<100 where after == before {
        Thread.sleep(forTimeInterval: 0.1)
        after = try Self.get(port, "/").body
      }
      #expect(after != before)
    }
  }

  @Test("No path leads out of the site")
  func noPathLeadsOut() async throws {
    try await withServer { port throws in
      for path in [
        "/../inner", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/.reasongym-site",
        "//etc/passwd", "/puzzles/../../../etc/passwd", "/%00", "/..%2f..%2fetc/passwd",
        "/site", "/puzzles",
      ] {
        let reply = try Self.get(port, path)
        #expect([400, 404].contains(reply.status), "\(path): \(reply.status)")
        #expect(!reply.body.contains("root:"))
      }
    }
  }

  @Test("A folder's page is found with its slash, and without it the client is sent there")
  func foldersHaveAPage() async throws {
    try await withServer { port throws in
      let root = try Self.get(port, "/index.html")
      #expect(root.status == 200 && root.head.contains("Connection: close"))
      #expect(try Self.get(port, "/index.html/").status == 404)
    }
    try await withServer(board: Boards.several()) { port throws in
      let (page, file) = (try Self.get(port, "/b1/"), try Self.get(port, "/b1/index.html"))
      #expect(page.status == 200 && page.body == file.body)
      let moved = try Self.get(port, "/b1")
      #expect(moved.status == 301 && moved.head.contains("Location: /b1/"))
    }
  }

  @Test("Submissions need the token")
  func submissionsNeedTheToken() async throws {
    try await withServer { port throws in
      let target = "/api/submissions?agent=me&seed=3"
      let line = "{\"id\":\"test/0\",\"answer\":\"1\"}\n"
      #expect(try Self.post(port, target, body: line).status == 201)
      for token in ["", "0123456789abcdeX", "0123456789abcde", "0123456789abcdef0"] {
        #expect(try Self.post(port, target, token: token, body: line).status == 401, "\(token)")
      }
      #expect(try Self.post(port, target, body: "").status == 400)
      #expect(try Self.post(port, "/api/submissions", body: line).status == 400)
      #expect(try Self.post(port, "/api/submissions?agent=a%0Ab", body: line).status == 400)
      #expect(
        try Self.post(port, target + "&benchmark=../x", body: line).status == 400)
    }
    try await withServer({ $0.token = nil }) { port throws in
      #expect(
        try Self.post(port, "/api/submissions?agent=me", body: "{}").status == 403)
    }
  }

  @Test("A refusal does not tell where the board lies on the server's machine")
  func refusalsHidePaths() async throws {
    try await withServer(board: Boards.several()) { port throws in
      let reply = try Self.post(
        port, "/api/submissions?agent=me&benchmark=sudoku-extreme", body: "{}")
      #expect(reply.status == 400 && reply.body.contains("these toys keep nothing"))
      #expect(!reply.body.contains("/home"))
    }
  }

  @Test("A plus in a query is a space, as most clients write it")
  func plusIsASpace() throws {
    let line = "POST /a+b?agent=My+Agent%2B&seed=1 HTTP/1.1"
    let head = try RequestHead(Array(line.utf8), maximumBody: 1)
    #expect(
      String(decoding: head.bytes, as: UTF8.self)
        .hasPrefix("POST /a+b?agent=My%20Agent%2B&seed=1 HTTP/1.1\r\n"))
  }

  @Test("Malformed requests are rejected")
  func whatIsNoRequestIsRefused() async throws {
    try await withServer({ $0.maximumBody = 1000 }) { port throws in
      let requests: [(String, [Int])] = [
        ("hello\r\n\r\n", [400]), ("\r\n\r\n", [400]), ("GET / HTTP/9\r\n\r\n", [400]),
        ("DELETE / HTTP/1.1\r\n\r\n", [405]), ("GET http://x/ HTTP/1.1\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nbroken header\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nA\u{0}: b\r\n\r\n", [400]),
        ("POST /api/submissions HTTP/1.1\r\nContent-Length: 2000\r\n\r\n", [413]),
        ("POST /api/submissions HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", [413]),
        ("POST /api/submissions HTTP/1.1\r\nContent-Length: -1\r\n\r\n", [400]),
        ("POST /api/submissions HTTP/1.1\r\nContent-Length:\r\n\r\n", [400]),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", [400]),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [411]),
        ("GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n", [431]),
        ("GET /\(String(repeating: "a", count: 8000)) HTTP/1.1\r\n\r\n", [400]),
      ]
      for (text, statuses) in requests {
        let reply = try RawClient(port).exchange(text)
        #expect(statuses.contains(reply.status), "\(text.prefix(60)): \(reply.status)")
      }
      #expect(try Self.get(port, "/").status == 200)
    }
  }

  @Test("Slow and silent clients do not delay others")
  func theSlowAndTheSilentHarmNobody() async throws {
    try await withServer({ ($0.maximumConnections, $0.patience) = (24, 1) }) { port throws in
      // Silent, half a head, and a body that does not come.
      let idle = try (0..<20).map { index -> RawClient in
        let client = try RawClient(port)
        if index % 3 == 1 { try client.send("GET / HTTP/1.1\r\nHost") }
        if index % 3 == 2 {
          try client.send(
            "POST /api/submissions?agent=a HTTP/1.1\r\nAuthorization: Bearer \(Self.token)\r\n"
              + "Content-Length: 500\r\n\r\nabc")
        }
        return client
      }
      for _ in 0..<3 { #expect(try Self.get(port, "/").status == 200) }
      // More than allowed: they are rejected or cut off, and never disturb the others.
      let crowd = try (0..<30).map { _ in try RawClient(port) }
      for client in crowd { _ = try? client.exchange("GET / HTTP/1.1\r\n\r\n") }
      Thread.sleep(forTimeInterval: 2.5)
      #expect(try Self.get(port, "/").status == 200)
      // The silent ones have been disconnected by now.
      #expect(try idle[0].receive().status == 408)
      withExtendedLifetime((idle, crowd)) {}
    }
  }

  @Test("Too many requests of one address are rejected")
  func aFloodOfOneAddressIsHeld() async throws {
    try await withServer({ $0.requestsPerSecond = 2 }) { port throws in
      let statuses = try (0..<30).map { _ in try Self.get(port, "/").status }
      #expect(statuses.contains(429))
      #expect(statuses.first == 200)
    }
  }

  @Test("An invalid token is rejected")
  func aTokenThatIsNoneIsRefused() throws {
    for token in ["short", "with a space in its midst"] {
      #expect(throws: GymError.self) {
        try LeaderboardServer(
          board: Boards.small(puzzles: 2),
          configuration: ServerConfiguration(token: token), log: { _ in })
      }
    }
  }
}
