import KamaeliaIO

/// A file as a verb writes it: whole or not at all.
enum WrittenFile {
  /// Puts a text in the place of what is there, if something is.
  ///
  /// - Throws: ``CommandError/failure(_:help:)`` saying what happened to which file.
  static func put(_ path: String, _ text: String) async throws(CommandError) {
    do {
      let replacement = try await Replacement.begin(path)
      try await replacement.descriptor.write(Array(text.utf8))
      try await replacement.commit()
    } catch {
      throw .failure("\(error)")
    }
  }
}
