import Bank
import BankEvents
import ModuleKit
import Testing

@Suite("Vesting")
struct VestingTests {
    let alice = Address.user("alice")
    let bob = Address.user("bob")
    let pool = Address(moduleName: "pool")

    /// A chain whose alice holds 120uatom, 100 of which vest as said; past its genesis.
    private func chain(_ type: String, _ members: String) throws -> BankChain {
        let chain = try BankChain(isGenesis: true)
        let address = chain.text(alice)
        try chain.importGenesis(
            """
            {"auth": {"accounts": [{"@type": "/cosmos.vesting.v1beta1.\(type)",
              "base_vesting_account": {"base_account": {"address": "\(address)", "pub_key": null,
                "account_number": "3", "sequence": "4"},
                "original_vesting": [{"denom": "uatom", "amount": "100"}], "delegated_free": [],
                "delegated_vesting": [], "end_time": "2000"}\(members)}]},
             "bank": {"balances": [{"address": "\(address)", "coins": [{"denom": "uatom", "amount": "120"}]}]}}
            """
        )
        try chain.claim("pool", [.staking])
        chain.startBlock(at: 1_000)
        return chain
    }

    private func spendable(_ chain: BankChain, at seconds: UInt64) throws -> String {
        let query = BankQuery.with {
            $0.spendableBalance.address = chain.text(alice)
            $0.spendableBalance.denom = "uatom"
            $0.spendableBalance.timeSeconds = seconds
        }
        return try chain.ask(query).spendableBalance.spendable.amount
    }

    @Test("Continuous vesting frees coins with time, rounded down")
    func continuous() throws {
        let chain = try chain("ContinuousVestingAccount", #", "start_time": "1000""#)
        let expected = [
            (0, "20"), (1_000, "20"), (1_009, "20"), (1_010, "21"), (1_500, "70"), (1_999, "119"), (2_000, "120"),
        ]
        for (time, amount) in expected { #expect(try spendable(chain, at: UInt64(time)) == amount) }
        #expect(code { try chain.send("21uatom", from: alice, to: bob) } == .lockedFunds)
        #expect(code { try chain.move("21uatom", from: alice, to: bob, signer: alice) } == .lockedFunds)
        try chain.send("20uatom", from: alice, to: bob)
        chain.startBlock(at: 1_500)
        #expect(code { try chain.send("51uatom", from: alice, to: bob) } == .lockedFunds)
        try chain.send("50uatom", from: alice, to: bob)
        #expect(try chain.balance(bob) == "70")
        try chain.finish()
    }

    @Test("Delayed vesting frees everything at the end")
    func delayed() throws {
        let chain = try chain("DelayedVestingAccount", "")
        #expect(try spendable(chain, at: 1_999) == "20")
        #expect(try spendable(chain, at: 2_000) == "120")
        chain.startBlock(at: 2_000)
        try chain.send("120uatom", from: alice, to: bob)
        try chain.finish()
    }

    @Test("Periodic vesting frees each part at the end of its period")
    func periodic() throws {
        let chain = try chain(
            "PeriodicVestingAccount",
            """
            , "start_time": "1000", "vesting_periods": [
              {"length": "400", "amount": [{"denom": "uatom", "amount": "30"}]},
              {"length": "600", "amount": [{"denom": "uatom", "amount": "70"}]}]
            """
        )
        for (time, amount) in [(1_399, "20"), (1_400, "50"), (1_999, "50"), (2_000, "120")] {
            #expect(try spendable(chain, at: UInt64(time)) == amount)
        }
        try chain.finish()
    }

    @Test("Permanently locked coins are never spendable, but can be delegated")
    func permanentLocked() throws {
        let chain = try chain("PermanentLockedAccount", "")
        chain.startBlock(at: 1_000_000_000)
        #expect(code { try chain.send("21uatom", from: alice, to: bob) } == .lockedFunds)
        try chain.move("100uatom", from: alice, to: pool, .delegation, signer: alice)
        try chain.send("20uatom", from: alice, to: bob)
        try chain.finish()
    }

    @Test("Vesting coins are delegated first, and come back locked")
    func delegation() throws {
        let chain = try chain("DelayedVestingAccount", "")
        try chain.move("110uatom", from: alice, to: pool, .delegation, signer: alice)
        var vesting = try chain.ask(.with { $0.account.address = chain.text(alice) }).account.vesting
        #expect(vesting.delegatedVesting.first?.amount == "100")
        #expect(vesting.delegatedFree.first?.amount == "10")
        #expect(try spendable(chain, at: 1_000) == "10")

        try chain.move("60uatom", from: pool, to: alice, .undelegation)
        vesting = try chain.ask(.with { $0.account.address = chain.text(alice) }).account.vesting
        #expect(vesting.delegatedVesting.first?.amount == "50")
        #expect(vesting.delegatedFree.isEmpty)
        #expect(try spendable(chain, at: 1_000) == "20")
        #expect(code { try chain.send("21uatom", from: alice, to: bob) } == .lockedFunds)

        // Rewards that come with the last coins exceed what is counted.
        try chain.fund(bob, "5uatom")
        try chain.move("5uatom", from: bob, to: pool, signer: bob)
        try chain.move("55uatom", from: pool, to: alice, .undelegation)
        #expect(try spendable(chain, at: 1_000) == "25")
        try chain.finish()
    }

    @Test("Only the owner of a pool with the staking permission takes and returns delegations")
    func delegationNeedsPermission() throws {
        let chain = try chain("DelayedVestingAccount", "")
        try chain.claim("plain")
        let plain = Address(moduleName: "plain")
        #expect(
            code { try chain.move("1uatom", from: alice, to: plain, .delegation, signer: alice) } == .missingPermission
        )
        #expect(
            code { try chain.move("1uatom", from: alice, to: pool, .delegation, pool: 1, signer: alice) }
                == .missingPermission
        )
        #expect(code { try chain.move("1uatom", from: alice, to: pool, .delegation) } == .unauthorizedMovement)
        #expect(
            code { try chain.move("121uatom", from: alice, to: pool, .delegation, signer: alice) } == .insufficientFunds
        )
        #expect(code { try chain.move("1uatom", from: plain, to: alice, .undelegation) } == .missingPermission)
        try chain.finish()
    }

    @Test("An account that does not vest delegates without being counted")
    func plainDelegation() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        let recorded = chain.bankEvents.count
        try chain.move("10uatom", from: alice, to: pool, .delegation, signer: alice)
        try chain.move("10uatom", from: pool, to: alice, .undelegation)
        #expect(chain.bankEvents.count == recorded + 2)
        try chain.finish()
    }
}
