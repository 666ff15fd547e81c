import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct OptimiserTests {
  /// AdamATan2 written out in f64, straight from its definition.
  @Test(arguments: [1, 2, 3]) func adamATan2FollowsItsDefinition(workers: Int) {
    let start: [Float] = [0.5, -1, 2, 0, 3, -4, 1e-3]
    let parameter = Parameter("p", Tensor(start, shape: [7]))
    let optimiser = AdamATan2([parameter], decay: 0.3, beta1: 0.9, beta2: 0.95)
    let replicas = (0..<workers).map { _ in Replica(activationType: .float32) }
    for replica in replicas { replica.makeGradients(for: [parameter]) }
    let pool = WorkerPool(count: workers)
    var (p, m, v) = (
      start.map(Double.init), [Double](repeating: 0, count: 7), [Double](repeating: 0, count: 7)
    )
    for t in 1...5 {
      let gradients = (0..<workers).map { worker in
        (0..<7).map { Float(sin(Double(7 * t + $0 + 31 * worker))) * ($0 == 3 ? 0 : 1) }
      }
      for (replica, gradient) in zip(replicas, gradients) {
        replica.gradient(of: parameter)?.set(gradient)
      }
      #expect(optimiser.step(t, rate: 0.1, replicas: replicas, workers: pool))
      for i in 0..<7 {
        let g = gradients.reduce(0) { $0 + Double($1[i]) }
        p[i] *= 1 - 0.1 * 0.3
        m[i] += (g - m[i]) * 0.1
        v[i] += (g * g - v[i]) * 0.05
        let denominator = v[i].squareRoot() / (1 - pow(0.95, Double(t))).squareRoot()
        p[i] -= 0.1 / (1 - pow(0.9, Double(t))) * atan2(m[i], denominator)
      }
      for replica in replicas {
        #expect(replica.gradient(of: parameter)?.values.allSatisfy { $0 == 0 } == true)
      }
    }
    for (ours, exact) in zip(parameter.value.values, p) {
      #expect(abs(Double(ours) - exact) < 2e-6 * max(1, abs(exact)))
    }
  }

  @Test(arguments: [Float.nan, .infinity]) func refusesGradientsThatAreNotFinite(bad: Float) {
    let parameter = Parameter("p", Tensor([1, 2, 3], shape: [3]))
    let optimiser = AdamATan2([parameter], decay: 0.3, beta1: 0.9, beta2: 0.95)
    let replica = Replica(activationType: .float32)
    replica.makeGradients(for: [parameter])
    replica.gradient(of: parameter)?.set([1, bad, 1])
    #expect(!optimiser.step(1, rate: 0.1, replicas: [replica], workers: WorkerPool(count: 1)))
    #expect(parameter.value.values == [1, 2, 3])
    #expect(optimiser.moments[0].first.values == [0, 0, 0])
  }

  @Test func signSGDSumsRepeatedRowsAndLeavesOthersAlone() {
    let table = Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [4, 2])
    SparseSignSGD(decay: 0.5).step(
      table, identifiers: [2, 0, 2], gradients: Tensor([1, 0, -3, 2, -5, 0], shape: [3, 2]),
      rate: 0.1, on: CPUDevice())
    let kept: Float = 1 - 0.1 * 0.5
    let expected: [Float] = [
      1 * kept + 0.1, 2 * kept - 0.1, 3, 4, 5 * kept + 0.1, 6 * kept, 7, 8,
    ]
    for (a, b) in zip(table.values, expected) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func schedules() {
    let constant = LearningRateSchedule(base: 2, warmupSteps: 4)
    #expect([1, 2, 4, 5, 1000].map(constant.rate) == [0.5, 1, 2, 2, 2])
    let cosine = LearningRateSchedule(
      base: 2, warmupSteps: 0, totalSteps: 10, minimumRatio: 0.1)
    #expect(abs(cosine.rate(at: 5) - 1.1) < 1e-12)
    #expect(abs(cosine.rate(at: 10) - 0.2) < 1e-12)
    #expect(abs(cosine.rate(at: 20) - 0.2) < 1e-12)
  }
}
