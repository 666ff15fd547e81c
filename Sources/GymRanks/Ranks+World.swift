import CGymRanks
import Foundation

extension Ranks {
  /// All processes that a launcher such as `mpirun` started together; this one alone if there was
  /// none, or if they cannot be joined.
  public static let world: Ranks = {
    guard let ranks = mpi?.pointee, ranks.count > 1 else { return .alone }
    return Ranks(rank: Int(ranks.rank), count: Int(ranks.count), link: WorldLink(ranks: ranks))
  }()

  /// Why this process is alone although a launcher started several; nil if it did not, or if they
  /// are joined.
  public static var problem: String? {
    guard let launch, launch.count > 1 else { return nil }
    guard case .failure(let problem) = library else {
      return world.areSeveral
        ? nil : "\(RG_RANKS_LIBRARY) was compiled with another MPI than the launcher's"
    }
    return problem.text
  }

  /// The number that the launcher gave this process; nil without a launcher.
  public static var launchedRank: Int? { launch?.rank }

  /// The number of ranks on this machine.
  public static var here: Int { mpi.map { Int($0.pointee.here) } ?? 1 }

  /// The name of a rank's machine.
  public static func host(of rank: Int) -> String {
    mpi.flatMap { $0.pointee.host(Int32(rank)) }.map { String(cString: $0) } ?? "this machine"
  }

  /// Tells ranks that wait for this one that it gets on. Long work calls it again and again, on the
  /// thread that exchanges.
  public static func tellIfAsked() { mpi?.pointee.answer() }

  /// The seconds after which a rank that does not answer ends the job; 0 for never.
  public static func setLimit(seconds: Double) { mpi?.pointee.limit(seconds) }

  /// Leaves the other ranks, at the end of work that went well.
  public static func finish() { mpi?.pointee.finish() }

  /// Writes to the job's standard error, to which only rank 0 writes otherwise.
  public static func say(_ text: String) {
    guard let mpi else {
      try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
      return
    }
    mpi.pointee.say(text)
  }

  /// Ends all ranks.
  public static func end(code: Int32) -> Never {
    mpi?.pointee.end(code)
    exit(code)
  }
}

extension Ranks {
  /// This process's place among those of a launcher, from the environment; nil without one. It says
  /// whether to start MPI, and an error tells it: everything else MPI reads by itself.
  private static let launch: (rank: Int, count: Int)? = {
    let environment = ProcessInfo.processInfo.environment
    func number(_ names: String...) -> Int? {
      names.lazy.compactMap { environment[$0].flatMap { Int($0) } }.first
    }
    let rank = number("OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "PALS_RANKID")
    return rank.map { ($0, number("OMPI_COMM_WORLD_SIZE", "PMI_SIZE") ?? 1) }
  }()

  private static var mpi: UnsafeMutablePointer<rg_ranks>? { try? library.get() }

  private struct Problem: Error { let text: String }
  private typealias Library = Result<UnsafeMutablePointer<rg_ranks>?, Problem>

  /// MPI, which is loaded, and started, only if a launcher started this process: that takes time
  /// and may need daemons. It lies beside the program, or in lib beside the program's folder.
  ///
  /// Unsafe: the functions are the C library's own, and only `start` changes the numbers.
  private nonisolated(unsafe) static let library: Library = {
    guard launch != nil else { return .success(nil) }
    let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let folder = program.resolvingSymlinksInPath().deletingLastPathComponent()
    let files = [folder, folder.deletingLastPathComponent().appendingPathComponent("lib")]
      .map { $0.appendingPathComponent(RG_RANKS_LIBRARY).path }
    guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      return .failure(Problem(text: "there is no \(files[0])"))
    }
    // MPI loads parts of its own that find its symbols only if they are global.
    guard let handle = dlopen(file, RTLD_NOW | RTLD_GLOBAL) else {
      return .failure(Problem(text: String(cString: dlerror())))
    }
    guard let ranks = dlsym(handle, RG_RANKS_SYMBOL)?.assumingMemoryBound(to: rg_ranks.self),
      ranks.pointee.version == RG_RANKS_VERSION
    else { return .failure(Problem(text: "\(file) is of another version of the program")) }
    ranks.pointee.start()
    return .success(ranks)
  }()
}

/// The connection through MPI.
private struct WorldLink: RankLink {
  let ranks: rg_ranks

  func exchange(_ sent: [UnsafeRawBufferPointer], _ received: [UnsafeMutableRawBufferPointer]) {
    ranks.exchange(
      sent.map(\.baseAddress), sent.map(\.count), received.map(\.baseAddress),
      received.map(\.count))
  }

  func gather(
    _ own: UnsafeRawBufferPointer, _ all: UnsafeMutableRawBufferPointer, _ sizes: [Int]
  ) {
    ranks.gather(own.baseAddress, all.baseAddress, sizes)
  }
}
