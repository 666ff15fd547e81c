import Foundation
import Gym

/// Work in three stages: inputs are produced in order, processed in parallel, and consumed in
/// order.
///
/// The calling thread produces and consumes; `workers` threads process. The consumed outputs, and
/// the error that is thrown, do not depend on the number of workers. At most a few inputs per
/// worker wait at any time, so memory does not grow with the work.
package enum OrderedWork {
  /// - Parameters:
  ///   - produce: calls the function that it is given with each input.
  ///   - process: turns an input into an output, on any thread.
  ///   - consume: takes the outputs in the inputs' order.
  package static func run<Input: Sendable, Output: Sendable>(
    workers: Int, produce: ((Input) throws -> Void) throws -> Void,
    process: @escaping @Sendable (Input) throws -> Output,
    consume: @escaping (Output) throws -> Void
  ) throws {
    precondition(workers > 0)
    let queue = WorkQueue<Input, Output>()
    for _ in 0..<workers {
      let thread = Thread { queue.work(process) }
      // Solvers recurse, and the default stack of a secondary thread is small.
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { queue.stop() }
    var isOwnError = false
    do {
      try produce { input in
        isOwnError = true
        while queue.pending >= 3 * workers { try consume(queue.next()) }
        queue.add(input)
        isOwnError = false
      }
    } catch {
      // If an earlier input has an error, that one is reported.
      if !isOwnError { while queue.pending > 0 { try consume(queue.next()) } }
      throw error
    }
    while queue.pending > 0 { try consume(queue.next()) }
  }
}

/// The inputs and outputs exchanged between threads.
package final class WorkQueue<Input: Sendable, Output: Sendable>: @unchecked Sendable {
  // Unchecked: all the fields are accessed only while `condition` is locked.
  private let condition = NSCondition()
  private var inputs: [(index: Int, input: Input)] = []
  private var outputs: [Int: Result<Output, any Error>] = [:]
  private var added = 0
  private var taken = 0
  private var running = 0
  private var isStopped = false

  /// The number of inputs whose outputs have not been taken yet.
  var pending: Int { locked { added - taken } }

  /// An empty queue, with no workers yet.
  package init() {}

  /// Adds the next input.
  package func add(_ input: Input) {
    changing {
      inputs.append((added, input))
      added += 1
    }
  }

  /// The next output in order, as soon as it is available.
  ///
  /// - Throws: the error of its input, or one if no worker has started after `patience` seconds.
  package func next(patience: TimeInterval = 10) throws -> Output {
    let deadline = Date(timeIntervalSinceNow: patience)
    return try locked {
      while true {
        if let output = outputs.removeValue(forKey: taken) {
          taken += 1
          return output
        }
        if running > 0 {
          condition.wait()
        } else if !condition.wait(until: deadline), running == 0 {
          throw GymError(
            "the system starts no thread", remedy: "Raise its limits of processes and memory")
        }
      }
    }.get()
  }

  /// Works until nothing is left and `stop` was called.
  func work(_ process: (Input) throws -> Output) {
    changing { running += 1 }
    while let (index, input) = takeInput() {
      let output = Result { try process(input) }
      changing { outputs[index] = output }
    }
    changing { running -= 1 }
  }

  private func takeInput() -> (index: Int, input: Input)? {
    locked {
      while inputs.isEmpty, !isStopped { condition.wait() }
      return isStopped ? nil : inputs.removeFirst()
    }
  }

  /// Drops waiting inputs, and returns once no worker is running.
  package func stop() {
    locked {
      isStopped = true
      condition.broadcast()
      while running > 0 { condition.wait() }
    }
  }

  private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    condition.lock()
    defer { condition.unlock() }
    return try body()
  }

  /// Makes a change that others may be waiting for.
  private func changing(_ body: () -> Void) {
    locked {
      body()
      condition.broadcast()
    }
  }
}

/// How work on a dataset is split up, monitored and stopped.
public struct WorkControl {
  /// The number of processing threads, besides the one that reads and writes.
  public var workers: Int
  /// Says when to stop; nil if nobody does. Stopped work throws `CancellationError`.
  public var stop: StopRequest?
  /// Called now and then with the progress.
  public var report: (WorkProgress) -> Void

  /// - Precondition: `workers` is positive.
  public init(
    workers: Int, stop: StopRequest? = nil, report: @escaping (WorkProgress) -> Void = { _ in }
  ) {
    precondition(workers > 0)
    self.workers = workers
    self.stop = stop
    self.report = report
  }

  /// The part that any thread may use.
  var cancellation: Cancellation { Cancellation(stop: stop) }

  /// Throws if the work was cancelled.
  struct Cancellation: Sendable {
    let stop: StopRequest?

    func check() throws { if let stop, stop.isRequested { throw CancellationError() } }
  }
}

/// The progress of work on a dataset.
public struct WorkProgress: Sendable, Hashable {
  /// The number of finished puzzles, without their augmentations.
  public var puzzles = 0
  /// The total number of puzzles, if known.
  public var total: Int?
  /// The number of finished examples.
  public var examples = 0

  /// The progress of work that has just begun.
  public init() {}
}
