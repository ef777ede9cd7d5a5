import CometBFT
import CometBFTTesting
import LightClient

/// A chain on which one validator leaves and one comes at every height, so that after some heights nobody is left.
struct RotatingChain {
    let chain: TestChain
    let options: VerificationOptions

    init(setSize: UInt64 = 4, height: Int64) throws {
        func validators(of height: UInt64) throws -> TestValidators { try TestValidators(height..<height + setSize) }
        var chain = TestChain(validators: try validators(of: 1))
        for next in 2...UInt64(height) + 1 { try chain.append(next: validators(of: next)) }
        self.chain = chain
        options = try VerificationOptions(trustingPeriod: .seconds(1_000_000))
    }

    /// A moment after the last block.
    var now: BlockTime { TestChain.standardStart.adding(seconds: chain.height + 5) }

    func client(historyLimit: Int = LightClientState.standardHistoryLimit) throws -> LightClientState {
        try LightClientState(trusting: chain.blocks[0], options: options, historyLimit: historyLimit)
    }
}
