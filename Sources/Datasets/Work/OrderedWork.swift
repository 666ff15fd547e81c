import Foundation

/// Work in three stages: inputs are made in order, worked on in parallel, and consumed in order.
///
/// The calling thread makes and consumes; `workers` threads work. What is consumed, and which
/// error is thrown, does not depend on the number of workers. At most a few inputs a worker wait
/// at any time, so memory does not grow with the work.
enum OrderedWork {
  /// - Parameters:
  ///   - produce: calls the function it is given with each input.
  ///   - process: turns an input into an output, on any thread.
  ///   - consume: takes the outputs in the inputs' order.
  static func run<Input: Sendable, Output: Sendable>(
    workers: Int, produce: ((Input) throws -> Void) throws -> Void,
    process: @escaping @Sendable (Input) throws -> Output,
    consume: @escaping (Output) throws -> Void
  ) throws {
    precondition(workers > 0)
    let queue = WorkQueue<Input, Output>()
    for _ in 0..<workers {
      queue.workerStarts()
      let thread = Thread { queue.work(process) }
      // Solvers recurse; a second thread's usual stack is small.
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
      // An error in an input that came before is the one to tell of.
      if !isOwnError { while queue.pending > 0 { try consume(queue.next()) } }
      throw error
    }
    while queue.pending > 0 { try consume(queue.next()) }
  }
}

/// Inputs and outputs between threads.
private final class WorkQueue<Input: Sendable, Output: Sendable>: @unchecked Sendable {
  // Unchecked: every field below is touched only while `condition` is locked.
  private let condition = NSCondition()
  private var inputs: [(index: Int, input: Input)] = []
  private var outputs: [Int: Result<Output, any Error>] = [:]
  private var added = 0
  private var taken = 0
  private var running = 0
  private var isStopped = false

  /// The number of inputs whose outputs were not taken yet.
  var pending: Int { locked { added - taken } }

  func workerStarts() { changing { running += 1 } }

  func add(_ input: Input) {
    changing {
      inputs.append((added, input))
      added += 1
    }
  }

  /// The next output in order, as soon as it is there.
  func next() throws -> Output {
    try locked {
      while true {
        if let output = outputs.removeValue(forKey: taken) {
          taken += 1
          return output
        }
        condition.wait()
      }
    }.get()
  }

  /// Works until there is nothing left and `stop` was called.
  func work(_ process: (Input) throws -> Output) {
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

  /// Drops what waits and returns when no worker runs any more.
  func stop() {
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

  /// Changes what others may be waiting for.
  private func changing(_ body: () -> Void) {
    locked {
      body()
      condition.broadcast()
    }
  }
}
