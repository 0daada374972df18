import Testing

/// All suites, one test after another: they count the descriptors, threads and children of the one process they share.
@Suite(.serialized, .timeLimit(.minutes(1))) enum IO {}
