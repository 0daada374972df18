import Glibc

/// The standard streams of a program that is to be started: its ends, which are closed with this value, and ours.
struct Streams: ~Copyable {
  /// What becomes descriptors 0, 1 and 2 of the program.
  private(set) var theirs: [Int32] = [-1, -1, -1]
  private(set) var input: Descriptor?
  private(set) var output: Descriptor?
  private(set) var error: Descriptor?
  private var opened: [Int32] = []

  init(for launch: Launch) throws(SystemError) {
    theirs[0] = try add(launch.input, as: .input, of: launch)
    theirs[1] = try add(launch.output, as: .output, of: launch)
    theirs[2] = try add(launch.error, as: .error, of: launch)
  }

  deinit { for number in opened { _ = close(number) } }

  private mutating func add(
    _ stream: Launch.Stream, as place: Descriptor.Standard, of launch: Launch
  ) throws(SystemError) -> Int32 {
    do {
      switch stream {
      case .null: return try null(place)
      case .inherited: return try fcntl(place.rawValue, F_GETFD) >= 0 ? place.rawValue : null(place)
      case .output: return theirs[1]
      case .descriptor(let descriptor): return try copy(descriptor)
      case .pipe: return try pipe(place, of: launch)
      }
    } catch {
      // Whatever failed, it is this program that cannot be started.
      throw SystemError(errno: error.errno, operation: .start, path: launch.path)
    }
  }

  private mutating func null(_ place: Descriptor.Standard) throws(SystemError) -> Int32 {
    let number = try system(.start, "/dev/null") {
      open("/dev/null", (place == .input ? O_RDONLY : O_WRONLY) | O_CLOEXEC)
    }
    opened.append(number)
    return number
  }

  private mutating func copy(_ descriptor: Descriptor) throws(SystemError) -> Int32 {
    let number = try descriptor.use(.start) { number throws(SystemError) in
      // Programs do not expect a stream that does not block, and our mode is not to change behind our back.
      if fcntl(number, F_GETFL) & O_NONBLOCK != 0, let own = Descriptor.reopened(number) {
        _ = fcntl(own, F_SETFL, fcntl(own, F_GETFL) & ~O_NONBLOCK)
        return own
      }
      return try system(.start, descriptor.name) { fcntl(number, F_DUPFD_CLOEXEC, 3) }
    }
    opened.append(number)
    return number
  }

  private mutating func pipe(_ place: Descriptor.Standard, of launch: Launch) throws(SystemError) -> Int32 {
    let name = "\(place.name) of `\(launch.name ?? launch.path)`"
    let (reading, writing) = try Descriptor.rawPipe(named: name)
    opened.append(place == .input ? reading : writing)
    let ours = try Descriptor(owning: place == .input ? writing : reading, name: name)
    switch place {
    case .input: input = ours
    case .output: output = ours
    case .error: error = ours
    }
    return place == .input ? reading : writing
  }
}
