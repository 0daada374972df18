import Kamaelia

extension Library {
  /// Components that route, gather, hold and choose messages, whatever these are.
  package static let flow: [any Component.Type] = [
    Batch<Placeholder>.self,
    Buffer<Placeholder>.self,
    Carousel<Placeholder, SecondPlaceholder>.self,
    Chooser<Placeholder>.self,
    Dedupe<Placeholder>.self,
    Delay<Placeholder>.self,
    Discard<Placeholder>.self,
    Drop<Placeholder>.self,
    Fail<Placeholder>.self,
    Filter<Placeholder>.self,
    GraphSequence<Placeholder>.self,
    Merge<Placeholder>.self,
    PassThrough<Placeholder>.self,
    Sample<Placeholder>.self,
    Switch<Placeholder>.self,
    Take<Placeholder>.self,
    Tee<Placeholder>.self,
    Throttle<Placeholder>.self,
    Unbatch<Placeholder>.self,
    Window<Placeholder>.self,
    Zip<Placeholder, SecondPlaceholder>.self,
  ]
}
