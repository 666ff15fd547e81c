import ArgumentParser
import Gym
import GymDatasets
import GymReports

extension Shard: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// `reasongym dataset generate`: generates a dataset with a task's generator.
struct DatasetGenerateCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Generate a dataset with the task's own generator.",
    discussion: Help.flowing(
      """
      Puzzle i of a split depends on the task, its settings, the seed, the split and i alone: any
      number of workers, or shards that are merged, give the same bytes. Ctrl-C ends with exit
      code 130 and keeps what is done beside the folder, for --resume. Under mpirun each rank
      writes a shard, and rank 0 merges them.

      Examples:
        reasongym dataset generate sudoku-extreme --rating 20...60 \\
          --count train=1000,test=200 --disjoint --seed 1 --out data/hard
        reasongym dataset generate sudoku-extreme --set size=6 \\
          --count train=500,test=100 --disjoint --seed 1 --out data/small
        reasongym dataset generate sudoku-extreme --count 100000 --rating 20...40 \\
          --seed 2 --shard 1/4 --out data/part-1

      Without --rating, difficulty is left to chance, and most Sudokus need no guess. The
      released Sudoku-Extreme puzzles have a mean rating of 22.
      """))

  @OptionGroup var task: TaskOptions

  @Option(
    help: ArgumentHelp(
      "The number of puzzles, or of several splits: train=1000,test=200.", valueName: "N"))
  var count: SplitCounts

  @Option(help: "The split, if --count is a single number.")
  var split = "train"

  @Option(help: ArgumentHelp("The wanted rating.", valueName: "LO...HI"))
  var rating: RatingInterval?

  @Option(help: ArgumentHelp("The seed of everything.", valueName: "S"))
  var seed: UInt64

  @Option(help: ArgumentHelp("Add K variants to each training puzzle.", valueName: "K"))
  var augment = 0

  @Option(
    help: ArgumentHelp(
      "Name ARC variants as the released builders do, for their evaluation.",
      valueName: "hrm|trm"))
  var variantNames: VariantNameForm?

  @Flag(help: "Let no two splits hold equivalent puzzles, whatever their seeds.")
  var disjoint = false

  @Option(help: ArgumentHelp("Write one part of several, such as 2/4.", valueName: "k/n"))
  var shard: Shard?

  @Flag(help: "Continue a generation that was stopped.")
  var resume = false

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    try SplitCounts.check(split, of: "--split")
    try count.validate()
    guard (0...1_000_000).contains(augment) else {
      throw ValidationError("--augment is \(augment); expected 0...1000000.")
    }
    try check(resume: resume, force: writing.force)
  }

  func run() throws {
    let task = try task.make()
    var generator = DatasetGenerator(counts: count.counts(default: split), seed: seed)
    generator.request.rating = rating?.range
    generator.augmentations = augment
    generator.variantNames = variantNames
    generator.isDisjoint = disjoint
    generator.shard = shard
    let manifest = try writing.write(
      stopped: "Stopped; the same command with --resume continues.",
      kept: Ranks.world.areSeveral
        ? DatasetGenerator.shards(writing.url) : DatasetGenerator.unfinished(writing.url)
    ) { control in
      try generator.generate(
        task, to: writing.url, replaces: writing.force, resumes: resume, control: control,
        ranks: .world)
    }
    if disjoint, Ranks.world.isFirst {
      for split in try Dataset(writing.url).splits where split.name != "train" {
        try split.fewClassesNote(for: task).map(writing.note)
      }
    }
    let means = manifest.splits.compactMap(\.ratings.mean)
    if !writing.json, let mean = means.min(),
      let level = task.missedLevel(meanRating: mean)
    {
      let start = Figures.fixed(0, of: level.rating.lowerBound)
      print(
        """

        These puzzles are easier than what \(task.id.name) is named after: their mean rating is \
        \(Figures.fixed(1, of: mean)); "\(level.name)" begins at \(start). \
        --rating makes harder ones.
        """)
    }
  }
}

/// Numbers of puzzles: one number, or numbers for named splits such as `train=1000,test=200`.
struct SplitCounts: ExpressibleByArgument, Sendable {
  private let total: Int?
  private let named: [String: Int]

  init?(argument: String) {
    if let number = Int(argument) {
      guard number > 0 else { return nil }
      (total, named) = (number, [:])
      return
    }
    var named: [String: Int] = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, Dataset.isPlainName(sides[0]), named[sides[0]] == nil,
        let count = Int(sides[1]), count > 0
      else { return nil }
      named[sides[0]] = count
    }
    (total, self.named) = (nil, named)
  }

  /// Checks that every named split is a usual one: nothing would use `tset=20`.
  func validate() throws {
    for name in named.keys.sorted() { try Self.check(name, of: "--count") }
  }

  /// Checks the name of a split.
  static func check(_ name: String, of option: String) throws {
    let usual = Dataset.usualSplits
    guard !usual.contains(name) else { return }
    let near = Suggestion.nearest(to: name, among: usual).map { " Did you mean \"\($0)\"?" }
    throw ValidationError(
      "\(option): there is no split \"\(name)\"; expected one of "
        + "\(usual.joined(separator: ", ")).\(near ?? "")")
  }

  /// The counts; a single number is for `split`.
  func counts(default split: String) -> [String: Int] { total.map { [split: $0] } ?? named }
}

/// An interval of ratings, such as `20...40`.
struct RatingInterval: ExpressibleByArgument, Sendable {
  let range: ClosedRange<Double>

  init?(argument: String) {
    guard let dots = argument.range(of: "..."), let low = Double(argument[..<dots.lowerBound]),
      let high = Double(argument[dots.upperBound...]), low.isFinite, high.isFinite, low <= high
    else { return nil }
    range = low...high
  }
}
