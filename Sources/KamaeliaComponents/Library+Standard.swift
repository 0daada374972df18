import Kamaelia

extension Library {
  /// The components that come with Kamaelia: one list a field, beside the field's components.
  public static let standard = Library(
    console + files + flow + network + numbers + programs + rooms + text + timing + web)
}
