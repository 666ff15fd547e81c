import CGymRanks

extension Ranks {
  /// Whether the program was built with MPI.
  public static var haveMPI: Bool { rg_ranks_have_mpi() }

  /// The number of ranks on this machine.
  public static var here: Int { Int(rg_ranks_here()) }

  /// The name of a rank's machine.
  public static func host(of rank: Int) -> String { String(cString: rg_rank_host(Int32(rank))) }

  /// Tells ranks that wait for this one that it gets on. Long work calls it again and again, on the
  /// thread that exchanges.
  public static func tellIfAsked() { rg_ranks_answer() }

  /// The seconds after which a rank that does not answer ends the job; 0 for never.
  public static func setLimit(seconds: Double) { rg_ranks_limit(seconds) }

  /// Leaves the other ranks, at the end of work that went well.
  public static func finish() { rg_ranks_finish() }

  /// Writes to the job's standard error, to which only rank 0 writes otherwise.
  public static func say(_ text: String) { rg_ranks_say(text) }

  /// Ends all ranks.
  public static func end(code: Int32) -> Never { rg_ranks_end(code) }
}
