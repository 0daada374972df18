import Fixtures
import Foundation
import Glibc
import KamaeliaIO
import Testing

/// A headless browser with one page, as a person uses it; `browser.py` drives it.
final class Browser: Sendable {
  private let driver: Run

  fileprivate init(profile: String) async throws {
    let script = "\(Place.tests)/Network/browser.py"
    driver = try await Run([script, profile], input: nil, program: [try #require(Program.find("python3"))])
  }

  /// Why a test with a browser cannot run here; nil where it can.
  static let lack: String? = {
    for (program, package) in [("chromium", "chromium"), ("python3", "python3")] where Program.find(program) == nil {
      return "\(package) is missing"
    }
    return hasPython("websockets") ? nil : "python3 has no websockets"
  }()

  /// Goes to a page of this machine, and waits until it has loaded.
  func open(_ port: UInt16) async throws { _ = try await tell(["open": "http://localhost:\(port)/"]) }

  /// Leaves the page.
  func leave() async throws { _ = try await tell(["open": "about:blank"]) }

  /// What an expression of JavaScript gives: a text, or else JSON.
  func run(_ expression: String) async throws -> String { try await tell(["run": expression]) }

  /// Waits until an expression of JavaScript gives something true.
  func until(_ expression: String) async throws { _ = try await tell(["until": expression]) }

  /// Puts a text into what has the focus, and presses the Enter key where a line ends.
  func type(_ text: String) async throws {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if number > 0 { try await press("Enter") }
      if !line.isEmpty { _ = try await tell(["type": String(line)]) }
    }
  }

  /// Presses a key, such as `n` or `Enter`.
  func press(_ key: String) async throws { _ = try await tell(["press": key]) }

  /// The size of the screen, in pixels of CSS, and whether the person prefers less motion.
  func screen(width: Int, height: Int, isCalm: Bool = false) async throws {
    _ = try await tell(["screen": [width, height], "calm": isCalm])
  }

  /// What the page has thrown, and what the browser has refused it.
  func complaints() async throws -> String { try await tell(["complaints": true]) }

  private func tell(_ order: [String: Any]) async throws -> String {
    let line = try JSONSerialization.data(withJSONObject: order)
    try await driver.type(String(decoding: line, as: UTF8.self) + "\n")
    return try await answer()
  }

  fileprivate func answer() async throws -> String {
    guard let line = try await driver.line() else {
      throw Failure(description: "the browser's driver has ended: \(try await driver.finish().errors)")
    }
    let answer = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    if let error = answer["error"] { throw Failure(description: error) }
    return answer["is"] ?? ""
  }

  fileprivate func end() async {
    _ = driver.child.signal(SIGTERM)
    _ = try? await driver.finish()
  }

  private struct Failure: Error, CustomStringConvertible { let description: String }
}

/// Does `body` with a browser of its own, which ends with it, whatever happens.
func withBrowser(_ body: (Browser) async throws -> Void) async throws {
  try await withFolder { folder in
    let browser = try await Browser(profile: folder)
    do {
      _ = try await browser.answer()
      try await body(browser)
    } catch {
      await browser.end()
      throw error
    }
    await browser.end()
  }
}

/// Whether Python is there and has a module.
private func hasPython(_ module: String) -> Bool {
  (try? FinishedProgram.run(["python3", "-c", "import \(module)"]))??.status == 0
}
