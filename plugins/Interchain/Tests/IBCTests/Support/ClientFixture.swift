import CometBFT
import CometBFTTesting
import IBC
import LightClient
import Testing

/// A chain of ten blocks and a client that trusts the first one.
struct ClientFixture {
    static let chainID = "consumer-4"

    var chain: TestChain
    var client: TendermintClient
    let now = TestChain.standardStart.adding(20)

    /// - Parameter root: What every header has as its app hash.
    init(root: [UInt8] = [1, 2, 3]) throws {
        chain = try Self.emptyChain()
        for _ in 0..<10 { try chain.append(appHash: root) }
        client = try TendermintClient(
            state: Self.state(),
            trusting: TendermintConsensusState(chain.blocks[0].signedHeader.header)
        )
    }

    static func emptyChain() throws -> TestChain {
        TestChain(chainID: chainID, validators: try TestValidators(0..<4))
    }

    static func state(latest: Int64 = 1, isFrozen: Bool = false) throws -> TendermintClientState {
        try TendermintClientState(
            chainID: chainID,
            options: VerificationOptions(trustingPeriod: .seconds(1000)),
            unbondingPeriod: .seconds(2000),
            latestHeight: Height(ofBlock: latest, chainID: chainID),
            isFrozen: isFrozen,
            proofSpecs: ProvenStore.specs,
            upgradePath: ["upgrade", "upgradedIBCState"]
        )
    }

    static func height(_ height: UInt64) -> Height { Height(revision: 4, height: height) }

    /// The message by which a block of this chain, or of another one, is handed in.
    func header(_ height: Int64, from trusted: Int64 = 1, of other: TestChain? = nil) throws -> TendermintHeader {
        let chain = other ?? chain
        return try TendermintHeader(
            block: #require(chain.block(at: height)),
            trustedHeight: Self.height(UInt64(trusted)),
            trustedValidators: #require(chain.block(at: trusted)).validators
        )
    }

    /// The same chain up to a height, and from there on another one.
    func fork(after height: Int64, to last: Int64, delay: Int64 = 0) throws -> TestChain {
        var fork = try Self.emptyChain()
        for index in 0..<Int(height) {
            try fork.append(appHash: chain.blocks[index].signedHeader.header.appHash)
        }
        while fork.height < last {
            let time = fork.blocks.last.map { $0.time.adding(fork.height == height ? 1 + delay : 1) }
            try fork.append(time: time, appHash: [9])
        }
        return fork
    }
}

extension BlockTime {
    /// So many seconds later.
    func adding(_ seconds: Int64) -> BlockTime {
        (try? BlockTime(seconds: self.seconds + seconds, nanoseconds: nanoseconds)) ?? self
    }
}
