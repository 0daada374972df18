/// A small component to begin with.
enum ComponentTemplate {
  /// The component and its test.
  ///
  /// - Parameters:
  ///   - name: in UpperCamelCase.
  ///   - module: that the component is in; named after the folder of its source if left out.
  static func files(_ name: String, sources: String, tests: String, module: String? = nil) -> [NewFile] {
    [
      NewFile(path: path(sources, "\(name).swift"), text: component(name)),
      NewFile(path: path(tests, "\(name)Tests.swift"), text: test(name, module: module ?? Self.module(sources))),
    ]
  }

  /// Whether `name` can name a component: a letter in upper case, then letters and digits.
  static func isName(_ name: String) -> Bool {
    name.first.map { $0.isASCII && $0.isUppercase } ?? false
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  /// The nearest name that is one, if there are letters in it at all.
  static func nearestName(_ name: String) -> String? {
    let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let joined = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let result = String(joined.drop { $0.isNumber })
    let capital = result.prefix(1).uppercased() + result.dropFirst()
    return isName(capital) ? capital : nil
  }

  private static func path(_ folder: String, _ file: String) -> String {
    folder == "." ? file : folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
  }

  /// A folder of sources is named after its module, by the custom of Swift packages.
  private static func module(_ sources: String) -> String {
    let folder = sources.split(separator: "/").last.map(String.init) ?? ""
    return isName(folder) ? folder : "MyComponents"
  }

  private static func component(_ name: String) -> String {
    """
    import Kamaelia

    /// Say here what the signature cannot: units, order, when it ends.
    struct \(name): Component {
      static let summary = "Puts a text before each line."

      @Parameter("What to put before each line.", main: true) var text = "> "

      let inbox = Inbox<String>("A line.")
      let outbox = Outbox<String>("The same line with the text before it.")

      func main() async throws {
        for await line in inbox { try await outbox.send(text + line) }
      }
    }

    """
  }

  private static func test(_ name: String, module: String) -> String {
    """
    import KamaeliaTesting
    import Testing

    @testable import \(module)

    struct \(name)Tests {
      @Test func `each line gets the text`() async throws {
        let harness = Harness(\(name).self, ["text": "! "])
        harness.feed("inbox", ["a", "b"])
        let outcome = try await harness.run()
        #expect(outcome.messages("outbox", as: String.self) == ["! a", "! b"])
      }
    }

    """
  }
}
