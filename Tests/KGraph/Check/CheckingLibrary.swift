import Kamaelia

/// Components with the boxes and parameters of the library that graphs are usually written with. None of them runs here.
enum CheckingLibrary {
  static let standard = Library([
    Ticks.self, ConsoleReader.self, ConsoleWriter.self, Lines.self, Decode.self, Encode.self, Match.self,
    Uppercase.self, Prefix.self, Format.self, FileReader.self, FileTail.self, Sum.self, Discard<Placeholder>.self,
    Tee<Placeholder>.self, Merge<Placeholder>.self, Switch<Placeholder>.self, PassThrough<Placeholder>.self,
    Batch<Placeholder>.self, Take<Placeholder>.self, Throttle<Placeholder>.self, Sample<Placeholder>.self,
    Chooser<Placeholder>.self, Zip<Placeholder, SecondPlaceholder>.self, Carousel<Placeholder, SecondPlaceholder>.self,
    GraphSequence<Placeholder>.self, Process.self, TCPServer.self, Camera.self, Detect.self, Limited.self, Twin.self,
  ])

  struct Ticks: Component {
    static let summary = "Counts."
    @Parameter("Time between ticks.", in: .nanoseconds(1)..., main: true) var interval = Duration.seconds(1)
    @Parameter("How many.", in: 0...) var count: Int? = nil
    let outbox = Outbox<Int>("The number.")
    func main() async throws {}
  }

  struct ConsoleReader: Component {
    static let summary = "Reads lines."
    let outbox = Outbox<String>("A line.")
    func main() async throws {}
  }

  struct ConsoleWriter: Component {
    enum Stream: String, ChoiceParameter { case stdout, stderr }
    static let summary = "Writes anything."
    @Parameter("What follows each message.") var end = "\n"
    @Parameter("Where it goes.") var stream = Stream.stdout
    let inbox = Inbox<AnyMessage>("Anything.")
    func main() async throws {}
  }

  struct Lines: Component {
    static let summary = "Splits bytes."
    let inbox = Inbox<Bytes>("Bytes.", takesOne: true)
    let outbox = Outbox<String>("A line.")
    func main() async throws {}
  }

  struct Decode: Component {
    static let summary = "Makes text of bytes."
    let inbox = Inbox<Bytes>("Bytes.", takesOne: true)
    let outbox = Outbox<String>("Text.")
    func main() async throws {}
  }

  struct Encode: Component {
    static let summary = "Makes bytes of text."
    let inbox = Inbox<String>("Text.")
    let outbox = Outbox<Bytes>("Bytes.")
    func main() async throws {}
  }

  struct Match: Component {
    static let summary = "Looks for a pattern."
    static let sendsFewer = true
    @Parameter("The pattern.", main: true) var pattern: Pattern
    let inbox = Inbox<String>("Text.")
    let outbox = Outbox<String>("Text that matches.")
    let rejected = Outbox<String>("Text that does not.")
    func main() async throws {}
  }

  struct Uppercase: Transform {
    static let summary = "Makes text loud."
    let inbox = Inbox<String>("Text.")
    let outbox = Outbox<String>("Text.")
    func transform(_ message: String) -> String { message }
  }

  struct Prefix: Transform {
    static let summary = "Puts text before text."
    @Parameter("The text.", main: true) var text: String
    let inbox = Inbox<String>("Text.")
    let outbox = Outbox<String>("Text.")
    func transform(_ message: String) -> String { message }
  }

  struct Format: Component {
    static let summary = "Fills a template."
    @Parameter("The template.", main: true) var template: String
    let inbox = Inbox<AnyMessage>("Anything.")
    let outbox = Outbox<String>("Text.")
    func main() async throws {}
  }

  struct FileReader: Component {
    static let summary = "Reads a file."
    @Parameter("Its path.", main: true) var path: Path
    let outbox = Outbox<Bytes>("Bytes.")
    func main() async throws {}
  }

  struct FileTail: Component {
    enum Start: String, ChoiceParameter { case beginning, end }
    static let summary = "Follows a file."
    @Parameter("Its path.", main: true) var path: Path
    @Parameter("Where to begin.") var from = Start.end
    let outbox = Outbox<String>("A line.")
    func main() async throws {}
  }

  struct Sum: Component {
    static let summary = "Adds."
    let inbox = Inbox<Double>("A number.")
    let outbox = Outbox<Double>("The sum.")
    func main() async throws {}
  }

  struct Discard<T: Message>: GenericComponent {
    static var summary: String { "Drops." }
    let inbox = Inbox<T>("Anything.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Discard<A>.self }
    func main() async throws {}
  }

  struct Tee<T: Message>: GenericComponent {
    static var summary: String { "Copies." }
    let inbox = Inbox<T>("A message.")
    let outbox = Outbox<T>("The message.")
    let copy = Outbox<T>("The message.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Tee<A>.self }
    func main() async throws {}
  }

  struct Merge<T: Message>: GenericComponent {
    static var summary: String { "Merges." }
    let inbox = Inbox<T>("A message.", isRequired: false)
    let `in` = InboxArray<T>("A message.")
    let outbox = Outbox<T>("The message.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Merge<A>.self }
    func main() async throws {}
  }

  struct Switch<T: Message>: GenericComponent {
    static var summary: String { "Routes." }
    @Parameter("The key.", main: true) var by = ""
    let inbox = Inbox<T>("A message.")
    let out = OutboxArray<T>("A message.", main: true)
    let unmatched = Outbox<T>("A message.", needsReader: true)
    var fieldsRead: [String] { by.isEmpty ? [] : [by] }
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Switch<A>.self }
    func main() async throws {}
  }

  struct PassThrough<T: Message>: GenericComponent {
    static var summary: String { "Passes on." }
    let inbox = Inbox<T>("A message.")
    let outbox = Outbox<T>("The message.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { PassThrough<A>.self }
    func main() async throws {}
  }

  struct Batch<T: Message>: GenericComponent {
    static var summary: String { "Makes lists." }
    @Parameter("How many.", in: 1...1_000_000, main: true) var size: Int
    let inbox = Inbox<T>("A message.")
    let outbox = Outbox<[T]>("A list.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Batch<A>.self }
    func main() async throws {}
  }

  struct Take<T: Message>: GenericComponent {
    static var summary: String { "Takes the first." }
    @Parameter("How many.", in: 0..., main: true) var count: Int? = nil
    let inbox = Inbox<T>("A message.")
    let outbox = Outbox<T>("The message.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Take<A>.self }
    func main() async throws {}
  }

  struct Throttle<T: Message>: GenericComponent {
    static var summary: String { "Slows down." }
    @Parameter("How many.", in: Rate(perSecond: 0.001)..., main: true) var rate: Rate
    let inbox = Inbox<T>("A message.")
    let outbox = Outbox<T>("The message.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Throttle<A>.self }
    func main() async throws {}
  }

  struct Sample<T: Message>: GenericComponent {
    static var summary: String { "Passes some on." }
    @Parameter("One of how many.", in: 1..., main: true) var each: Int? = nil
    @Parameter("One in which time.", in: .nanoseconds(1)...) var every: Duration? = nil
    let inbox = Inbox<T>("A message.")
    let outbox = Outbox<T>("The message.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Sample<A>.self }
    func check() throws(ParameterError) {
      if each == nil, every == nil { throw ParameterError("needs `each` or `every`") }
    }
    func main() async throws {}
  }

  struct Chooser<T: Message>: GenericComponent {
    static var summary: String { "Steps through values." }
    static var sendsUnasked: Bool { true }
    @Parameter("The values.", main: true) var items: [Value]
    let inbox = Inbox<String>("A command.")
    let outbox = Outbox<T>("The item.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Chooser<A>.self }
    func main() async throws {}
  }

  struct Zip<A: Message, B: Message>: GenericComponent2 {
    static var summary: String { "Pairs." }
    var takesInStep: Bool { true }
    let left = Inbox<A>("A message.", main: true)
    let right = Inbox<B>("A message.")
    let outbox = Outbox<Pair<A, B>>("Both.")
    static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
      Zip<C, D>.self
    }
    func main() async throws {}
  }

  struct Carousel<A: Message, B: Message>: GenericComponent2 {
    static var summary: String { "One graph after the other." }
    @Parameter("The graph.", makes: "one for each request", main: true) var graph: Graph<A, B>
    let inbox = Inbox<A>("A message.", isRequired: false)
    let next = Inbox<AnyMessage>("A request.")
    let outbox = Outbox<B>("What it sends.")
    static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
      Carousel<C, D>.self
    }
    func main() async throws {}
  }

  struct GraphSequence<T: Message>: GenericComponent {
    static var name: String { "Sequence" }
    static var summary: String { "Graphs in a row." }
    @Parameter("The graphs.", main: true) var graphs: [Graph<NoMessage, T>]
    let outbox = Outbox<T>("What they send.")
    static func specialised<A: Message>(for type: A.Type) -> any Component.Type { GraphSequence<A>.self }
    func main() async throws {}
  }

  struct Process: Component {
    static let answersLate = true
    enum Form: String, ChoiceParameter { case lines, bytes }
    static let summary = "Runs a program."
    @Parameter("The program.", main: true) var command: Command
    let inbox = Inbox<String>("A line.", isRequired: false)
    let outbox = Outbox<String>("A line.")
    let exit = Outbox<Int>("Its status.")
    func check() throws(ParameterError) {
      if command.words[0] == "no-such-program" { throw ParameterError("there is no program `no-such-program`") }
    }
    func main() async throws {}
  }

  struct TCPServer: Component {
    static let summary = "Serves."
    static let needs = [
      Need("listen tcp PORT") { (it: Self) in .listen(.tcp, host: "localhost", port: it.port.number) }
    ]
    @Parameter("The port.") var port: Port
    @Parameter("The graph for a connection.", makes: "one for each connection") var `protocol`: Graph<Bytes, Bytes>
    let log = Outbox<String>("A line.")
    func main() async throws {}
  }

  struct Frame: Message {
    static let messageType = MessageType.named("Video", [])
  }

  enum Colours: String, ChoiceParameter { case rgb, yuv420 }

  struct Camera: Component {
    static let summary = "Sees."
    @Parameter("The format.") var format = Colours.yuv420
    let outbox = Outbox<Frame>("A frame.", refinements: [BoxRefinement("format", .parameter("format"))])
    func main() async throws {}
  }

  struct Detect: Component {
    static let summary = "Finds things."
    let inbox = Inbox<Frame>("A frame.", refinements: [BoxRefinement("format", .value(.name("rgb")))])
    let outbox = Outbox<String>("A thing.")
    func main() async throws {}
  }

  struct Limited: Component {
    static let summary = "Takes small numbers."
    let inbox = Inbox<Int>("A number.", refinements: [BoxRefinement("", .value(.range(.int(1), .int(64))))])
    func main() async throws {}
  }

  struct Twin: Component {
    static let summary = "Has an inbox and an outbox of one name."
    let data = Inbox<String>("Text.")
    let other = Inbox<String>("Text.", isRequired: false)
    let data2 = Outbox<String>("Text.")
    func main() async throws {}
  }
}
