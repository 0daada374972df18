/// Parameters that several components have in common: a component has them as its own when it has the group as a stored
/// property.
///
/// ```swift
/// struct Paging: ParameterGroup {
///   @Parameter("Lines of a page.", in: 1...) var lines = 24
/// }
///
/// struct Pages: Component {
///   let paging = Paging()  // a graph writes Pages(lines: 10)
/// ```
public protocol ParameterGroup: Sendable {}
