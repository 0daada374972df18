import Kamaelia

extension Library {
  /// Components that read, write and watch files.
  package static let files: [any Component.Type] = [
    DirectoryWatch.self, FileReader.self, FileTail.self, FileWriter.self, WholeFile.self,
  ]
}
