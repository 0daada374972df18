import Fixtures

@testable import KamaeliaIO

/// How to start the program of `Tests/Probe`.
func probe(_ verb: String) -> Launch { Launch(BuiltProgram.path(of: "process-probe"), [verb]) }
