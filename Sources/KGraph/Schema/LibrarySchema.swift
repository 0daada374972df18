import Foundation
import Kamaelia

/// What a library knows, as data: enough to check graphs against it where its components are not.
///
/// What only a component's own code can say is left out: whether a value is within bounds, whether a pattern can be read.
package struct LibrarySchema: Codable, Sendable {
  /// Why a text is none.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  static let formatName = "kamaelia-library"
  static let currentVersion = 1

  let format: String
  let version: Int
  /// The names that graphs can give to the types of messages.
  let types: [String]
  let components: [ComponentShape]

  package init(_ library: Library) {
    format = Self.formatName
    version = Self.currentVersion
    types = library.typeNames
    components = library.names.compactMap { library.signature(of: $0) }.map { ComponentShape($0) }
  }

  /// Reads what ``json`` has written.
  package init(json bytes: [UInt8]) throws(Failure) {
    do {
      self = try JSONDecoder().decode(LibrarySchema.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw Failure(description: "is no description of a library: \(Self.words(of: error))")
    } catch {
      throw Failure(description: "is no description of a library: \(error)")
    }
    guard format == Self.formatName else { throw Failure(description: "is no description of a library") }
    guard version == Self.currentVersion else {
      throw Failure(description: "is of version \(version), and this program reads version \(Self.currentVersion)")
    }
  }

  private static func words(of error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      return path.isEmpty ? "" : " at \(path.joined(separator: "."))"
    }
    switch error {
    case .keyNotFound(let key, let context): return "`\(key.stringValue)` is missing\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "something else was expected\(place(context))"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is no JSON" : "\(context.debugDescription)\(place(context))"
    @unknown default: return "\(error)"
    }
  }

  package var json: String { JSONText.of(self, isPretty: true) + "\n" }

  /// A library that graphs can be checked against, and that can run none.
  package var library: Library { Library(described: components.map(\.signature), types: types) }
}

/// A component.
struct ComponentShape: Codable, Sendable {
  struct Parameter: Codable {
    let name: String
    let type: ParameterShape
    let description: String
    let isMain: Bool
    /// Nil where the graph must give it.
    let `default`: ValueShape?
    let bounds: String?
    /// Nil in what older versions have written, too.
    let making: String?
  }

  struct Box: Codable {
    struct Refinement: Codable {
      let name: String
      let value: ValueShape?
      /// The parameter that says it.
      let parameter: String?
    }

    let name: String
    let type: TypeShape
    let description: String
    let isMain: Bool
    let isRequired: Bool
    let takesOne: Bool
    /// Nil in what older versions have written.
    let takesArrays: Bool?
    let isArray: Bool
    let refinements: [Refinement]

    init(_ box: Signature.Box) {
      (name, type, description) = (box.name, TypeShape(box.type), box.description)
      (isMain, isRequired, takesOne, isArray) = (box.isMain, box.isRequired, box.takesOne, box.isArray)
      takesArrays = box.takesArrays ? true : nil
      refinements = box.refinements.map { refinement in
        switch refinement.source {
        case .value(let value): Refinement(name: refinement.name, value: ValueShape(value), parameter: nil)
        case .parameter(let name): Refinement(name: refinement.name, value: nil, parameter: name)
        }
      }
    }

    var box: Signature.Box {
      Signature.Box(
        name: name, type: type.type, description: description, isMain: isMain, isRequired: isRequired,
        takesOne: takesOne, takesArrays: takesArrays ?? false, isArray: isArray,
        refinements: refinements.compactMap { refinement in
          if let name = refinement.parameter { return BoxRefinement(refinement.name, .parameter(name)) }
          return refinement.value?.value.map { BoxRefinement(refinement.name, .value($0)) }
        })
    }
  }

  let name: String
  let summary: String
  let details: String
  let sendsUnasked: Bool
  let answersLate: Bool
  /// Nil in what older versions have written.
  let needs: [String]?
  let parameters: [Parameter]
  let inboxes: [Box]
  let outboxes: [Box]

  init(_ signature: Signature) {
    (name, summary, details) = (signature.name, signature.summary, signature.details)
    (sendsUnasked, answersLate, needs) = (signature.sendsUnasked, signature.answersLate, signature.needs)
    parameters = signature.parameters.map { parameter in
      Parameter(
        name: parameter.name, type: ParameterShape(parameter.type), description: parameter.description,
        isMain: parameter.isMain, default: parameter.defaultValue.map { ValueShape($0) }, bounds: parameter.bounds,
        making: parameter.making)
    }
    inboxes = signature.inboxes.map { Box($0) }
    outboxes = signature.outboxes.map { Box($0) }
  }

  var signature: Signature {
    Signature(
      name: name, summary: summary, details: details, sendsUnasked: sendsUnasked, answersLate: answersLate,
      needs: needs ?? [],
      parameters: parameters.map { parameter in
        Signature.Parameter(
          name: parameter.name, type: parameter.type.type, description: parameter.description,
          isMain: parameter.isMain, defaultValue: parameter.default?.value, bounds: parameter.bounds,
          making: parameter.making)
      },
      inboxes: inboxes.map(\.box), outboxes: outboxes.map(\.box))
  }
}
