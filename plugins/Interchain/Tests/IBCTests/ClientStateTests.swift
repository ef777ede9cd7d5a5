import CometBFT
import CometBFTTesting
import IBC
import ICS23
import LightClient
import Testing

@Suite("States of clients")
struct ClientStateTests {
    private func make(
        chainID: String = "hub-4",
        trusting: Duration = .seconds(10),
        unbonding: Duration = .seconds(20),
        drift: Duration = .seconds(1),
        latest: Height = Height(revision: 4, height: 1),
        specs: [ProofSpec] = TendermintClientState.cosmosProofSpecs,
        upgradePath: [String] = []
    ) -> IBCError.Code? {
        code {
            _ = try TendermintClientState(
                chainID: chainID,
                options: VerificationOptions(trustingPeriod: trusting, maximumClockDrift: drift),
                unbondingPeriod: unbonding,
                latestHeight: latest,
                proofSpecs: specs,
                upgradePath: upgradePath
            )
        }
    }

    @Test("A client state is refused when its parts contradict each other")
    func rules() {
        #expect(make() == nil)
        #expect(make(chainID: "") == .outOfRange)
        #expect(make(chainID: "  ") == .outOfRange)
        #expect(make(chainID: String(repeating: "a", count: 49) + "-4") == .outOfRange)
        #expect(make(trusting: .seconds(20)) == .inconsistent)
        #expect(make(drift: .zero) == .outOfRange)
        #expect(make(unbonding: .seconds(400_000_000_000)) == .outOfRange)
        #expect(make(trusting: .seconds(1) + .nanoseconds(1)) == nil)
        #expect(make(trusting: Duration(secondsComponent: 1, attosecondsComponent: 1)) == .outOfRange)
        #expect(make(latest: Height(revision: 3, height: 1)) == .inconsistent)
        #expect(make(latest: Height(revision: 4, height: 0)) == .inconsistent)
        #expect(make(chainID: "hub", latest: Height(revision: 0, height: 1)) == nil)
        #expect(make(specs: []) == .missing)
        #expect(make(specs: [ProofSpec](repeating: .iavl, count: 9)) == .tooLarge)
        #expect(make(upgradePath: ["upgrade", " "]) == .outOfRange)
        #expect(make(upgradePath: [String](repeating: "a", count: 9)) == .tooLarge)
    }

    @Test("The status is frozen before expired, and expired at the very end of the trusting period")
    func status() throws {
        var state = try ClientFixture.state()
        let consensus = try TendermintConsensusState(
            time: BlockTime(seconds: 100),
            root: [1],
            nextValidatorsHash: .ofNothing
        )
        #expect(state.status(latest: consensus, now: try BlockTime(seconds: 1099)) == .active)
        #expect(state.status(latest: consensus, now: try BlockTime(seconds: 1100)) == .expired)
        #expect(state.status(latest: nil, now: try BlockTime(seconds: 1)) == .expired)
        state.freeze()
        #expect(state.status(latest: nil, now: try BlockTime(seconds: 1)) == .frozen)
        state.unfreeze()
        #expect(state.status(latest: consensus, now: try BlockTime(seconds: 1)) == .active)
    }

    @Test("The latest height only rises")
    func advancing() throws {
        var state = try ClientFixture.state(latest: 5)
        state.advance(to: ClientFixture.height(3))
        #expect(state.latestHeight == ClientFixture.height(5))
        state.advance(to: ClientFixture.height(9))
        #expect(state.latestHeight == ClientFixture.height(9))
    }

    @Test("A header is above the height that it is verified from, and of the same revision")
    func headers() throws {
        let fixture = try ClientFixture()
        func make(_ trusted: Height) -> IBCError.Code? {
            code {
                _ = try TendermintHeader(
                    block: fixture.chain.blocks[4],
                    trustedHeight: trusted,
                    trustedValidators: fixture.chain.blocks[0].validators
                )
            }
        }
        #expect(make(ClientFixture.height(4)) == nil)
        #expect(make(ClientFixture.height(5)) == .inconsistent)
        #expect(make(ClientFixture.height(.max)) == .inconsistent)
        #expect(make(ClientFixture.height(0)) == .inconsistent)
        #expect(make(Height(revision: 3, height: 4)) == .inconsistent)
    }
}
