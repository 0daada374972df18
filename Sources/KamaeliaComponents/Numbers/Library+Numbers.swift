import Kamaelia

extension Library {
  /// Components that count and reckon.
  package static let numbers: [any Component.Type] = [
    Count<Placeholder>.self,
    CountBy<Placeholder>.self,
    Histogram<Placeholder>.self,
    Mean<Placeholder>.self,
    Sum<Placeholder>.self,
    TopK<Placeholder>.self,
  ]
}
