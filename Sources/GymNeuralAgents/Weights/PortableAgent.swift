import Foundation
import Gym
import GymJSON
import GymTensors

/// An agent whose weights other programs can read and write, under the names of the released
/// implementations' state dictionaries.
public protocol PortableAgent: LearningAgent {
  /// The settings that the names and shapes of weights show, such as `hidden`.
  ///
  /// - Parameter cells: the number of cells of a question.
  static func settings(shownBy weights: WeightsFile, cells: Int) -> [String: SettingValue]

  /// The settings that answers depend on and that weights never show, such as `heads`, or not
  /// always, such as `positions`.
  static var settingsNotShown: [String] { get }

  /// Writes the weights used for answering (their average, if one is kept) into a safetensors file.
  ///
  /// - Parameters:
  ///   - type: how each number is stored.
  ///   - metadata: texts for the file's header.
  func exportWeights(to file: URL, as type: ElementType, metadata: [String: String]) throws

  /// Replaces all weights by those of a file.
  ///
  /// - Throws: a `GymError` that names every tensor that is missing, unknown, transposed or of
  ///   another shape, with the expected one; the weights are then unchanged.
  func importWeights(_ weights: WeightsFile) throws

  /// How the released implementation runs these weights; nil if it has no such model.
  var released: ReleasedArrangement? { get }
}

/// A configuration of the released implementation of HRM or TRM, under its own names.
public struct ReleasedArrangement: Sendable, Hashable {
  /// The members of the configuration, such as `hidden_size`.
  public let members: JSON
  /// The settings of this program that the released implementation lacks, so that its answers
  /// differ; empty if it answers the same.
  public let differences: [String]
}
