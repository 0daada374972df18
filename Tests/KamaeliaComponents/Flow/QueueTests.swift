import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct QueueTests {
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `it is an array that is filled behind and emptied in front`(_ seed: UInt64) {
    var (queue, model) = (Queue<Int>(), [Int]())
    var state = seed
    for step in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if state >> 60 < 8 || model.isEmpty {
        queue.append(step)
        model.append(step)
      } else {
        #expect(queue.removeFirst() == model.removeFirst())
      }
      #expect(queue.count == model.count)
      #expect(queue.first == model.first)
    }
    #expect(queue.all == model)
  }

  @Test func `an empty one gives nothing`() {
    var queue = Queue<Int>()
    #expect(queue.removeFirst() == nil)
    #expect(queue.isEmpty)
  }
}
