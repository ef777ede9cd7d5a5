import CometBFT
import CometBFTTesting
import IBC
import Testing

@Suite("Consensus states by height")
struct ConsensusStatesTests {
    private func state(_ number: Int64) throws -> TendermintConsensusState {
        try TendermintConsensusState(
            time: BlockTime(seconds: number),
            root: [1],
            nextValidatorsHash: .ofNothing
        )
    }

    @Test("Setting, replacing, forgetting and neighbours agree with a plain dictionary")
    func model() throws {
        let seed: UInt64 = 0x1BC
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var states = ConsensusStates()
        var model: [Height: TendermintConsensusState] = [:]
        for step in Int64(0)..<2000 {
            let height = Height(
                revision: .random(in: 0...2, using: &generator),
                height: .random(in: 0...9, using: &generator)
            )
            let value = UInt8.random(in: 0...2, using: &generator) == 0 ? nil : try state(step)
            states[height] = value
            model[height] = value
            let probe = Height(
                revision: .random(in: 0...2, using: &generator),
                height: .random(in: 0...9, using: &generator)
            )
            let heights = model.keys.sorted()
            #expect(states.entries.map(\.height) == heights)
            #expect(states[probe] == model[probe])
            #expect(states.previous(before: probe)?.height == heights.last { $0 < probe })
            #expect(states.next(after: probe)?.height == heights.first { $0 > probe })
            let neighbours = states.neighbours(of: probe)
            #expect(neighbours.same == model[probe])
            #expect(neighbours.next == heights.first { $0 > probe }.flatMap { model[$0] })
        }
    }

    @Test("What is older than a period is forgotten, but never the highest height")
    func forgetting() throws {
        var states = ConsensusStates()
        for height in Int64(1)...5 { states[Height(revision: 0, height: UInt64(height))] = try state(height * 10) }
        states.forget(olderThan: .seconds(10), now: try BlockTime(seconds: 30))
        #expect(states.entries.map(\.height.height) == [2, 3, 4, 5])
        states.forget(olderThan: .seconds(10), now: try BlockTime(seconds: 1000))
        #expect(states.entries.map(\.height.height) == [5])
        var empty = ConsensusStates()
        empty.forget(olderThan: .zero, now: try BlockTime(seconds: 1))
        #expect(empty.entries.isEmpty)
    }

    @Test("A root has 1 to 64 bytes")
    func roots() throws {
        func make(_ count: Int) throws {
            _ = try TendermintConsensusState(
                time: BlockTime(seconds: 1),
                root: [UInt8](repeating: 1, count: count),
                nextValidatorsHash: .ofNothing
            )
        }
        #expect(code { try make(0) } == .outOfRange)
        #expect(code { try make(65) } == .outOfRange)
        #expect(code { try make(64) } == nil)
    }
}
