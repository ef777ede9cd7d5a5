import Bank
import BankEvents
import ExternalStakingEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@testable import ExternalStaking

@Suite("Who reports himself")
struct SelfReportTests {
    private func balance(of user: Address, on chain: StakingChain) throws -> UInt64 {
        let owner = chain.text(user)
        let query = BankQuery.with {
            $0.balance.address = owner
            $0.balance.denom = "uosmo"
        }
        return try #require(UInt64(try chain.harness.query(query, of: Bank.self).balance.amount))
    }

    @Test(
        "gains a tenth of what he pays at most, whatever he has staked",
        arguments: [1, 4, 5, 49, 50, 99, 100, 997, 1000] as [UInt64]
    )
    func bounty(stake: UInt64) throws {
        let chain = try StakingChain.ready(settings: [("bounty", "0.1")])
        try chain.staked(stake)
        let before = try balance(of: chain.alice, on: chain)
        try chain.prove(chain.proof(submitter: chain.alice)).thenSucceeded()
        _ = try chain.settle()
        let paid = 1000 - (try #require(UInt64(try chain.collateral())))
        let gained = try balance(of: chain.alice, on: chain) - before
        #expect(paid == stake / 5)
        #expect(gained == paid / 10)
        // Once is enough: nobody is paid twice for the same.
        try chain.prove(chain.proof(submitter: chain.alice)).thenFailed(.infractionKnown)
        try chain.prove(chain.proof(height: 8, submitter: chain.alice)).thenSucceeded()
        _ = try chain.settle()
        #expect(try balance(of: chain.alice, on: chain) - before == gained)
    }

    @Test("can't be promised more: a bounty above a tenth is refused")
    func bound() throws {
        #expect(throws: (any Error).self) { try StakingChain(settings: [("bounty", "0.100000000000000001")]) }
        _ = try StakingChain(settings: [("bounty", "0.1")])
    }
}
