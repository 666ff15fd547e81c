import Foundation

/// Measures how fast this machine multiplies matrices.
public enum ProductPeak {
  /// The maximum floating-point operations per second that `workers` threads reach together on
  /// large square products of a type with packed weights, each thread on its own: the best of
  /// several tries.
  public static func measure(_ type: ElementType, workers: WorkerPool, tries: Int = 5) -> Double {
    let size = 768
    let inputs = (0..<workers.count).map { _ in
      let w = constant([size, size], type)
      return (
        x: constant([size, size], type), w: Weight(w, packed: PackedMatrix(.plain, packing: w))
      )
    }
    let devices = (0..<workers.count).map { _ in WorkerDevice(activationType: type) }
    var best = 0.0
    for _ in 0..<tries {
      let repeats = 8
      let start = DispatchTime.now().uptimeNanoseconds
      workers.run { worker in
        for _ in 0..<repeats {
          _ = devices[worker].value.linear(inputs[worker].x, inputs[worker].w, result: type)
        }
      }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      let flops = 2 * Double(size * size * size) * Double(repeats * workers.count)
      best = max(best, flops / seconds)
    }
    return best
  }

  private static func constant(_ shape: Shape, _ type: ElementType) -> Tensor {
    let tensor = Tensor(zeros: shape, type: type)
    tensor.set((0..<shape.count).map { Float($0 % 17) * 0.06 - 0.5 })
    return tensor
  }
}
