import Kamaelia

/// When a component that gathers messages sends what it has.
struct Reports: ParameterGroup {
  @Parameter("After which time to send what there is.", in: .microseconds(1)...) var every: Duration? = nil
  @Parameter("After how many messages to send what there is.", in: 1...) var each: Int? = nil
  @Parameter("Whether to begin anew after each time.") var reset = false
}
