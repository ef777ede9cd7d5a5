import BankEvents
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@Suite("Bonding")
struct BondingTests {
    @Test("Coins come into the vault and leave it, by the bank")
    func roundTrip() throws {
        let chain = try VaultChain()
        try chain.bond("200uatom", from: chain.alice).thenSucceeded()
        #expect(try chain.balance(chain.alice) == "999800")
        #expect(try chain.balance(chain.vaultAddress) == "200")
        #expect(try chain.summary(chain.alice) == "200 free 200 max 0 slashable 0 | ")
        try chain.unbond("150uatom", from: chain.alice).thenSucceeded()
        try chain.finish()
        try chain.unbond("50uatom", from: chain.alice).thenSucceeded()
        #expect(try chain.balance(chain.alice) == "1000000")
        #expect(try chain.harness.query(.with { $0.accounts = .init() }).accounts.accounts == [])
        try chain.finish()
    }

    @Test("Other denominations, nothing, too much, and what others have are refused")
    func refused() throws {
        let chain = try VaultChain()
        let (alice, bob) = (chain.alice, chain.bob)
        try chain.bond("5ujuno", from: alice).thenFailed(.wrongCollateralDenomination)
        try chain.bond("0uatom", from: alice).thenFailed(.zeroCollateral)
        try chain.bond("1000001uatom", from: alice).thenFailed(.insufficientFunds)
        try chain.harness.when(
            .with {
                $0.bond.amount.denom = "uatom"
                $0.bond.amount.amount = "340282366920938463463374607431768211456"
            },
            from: alice
        ).thenFailed(.arithmeticOverflow)
        try chain.bond("200uatom", from: alice).thenSucceeded()
        try chain.unbond("1uatom", from: bob).thenFailed(.collateralLocked)
        try chain.unbond("201uatom", from: alice).thenFailed(.collateralLocked)
        try chain.unbond("340282366920938463463374607431768211455uatom", from: alice).thenFailed(.collateralLocked)
        try chain.unbond("0uatom", from: alice).thenFailed(.zeroCollateral)
        try chain.harness.when(encoded: [], from: alice).thenFailed(.unknownMessage)
        try chain.finish()
    }

    @Test("What a lien needs can't leave, and what it does not need can")
    func locked() throws {
        let chain = try VaultChain(slashable: ["alpha": "0.5"])
        try chain.bond("200uatom", from: chain.alice).thenSucceeded()
        try chain.stake("150uatom", with: "alpha", from: chain.alice).thenSucceeded()
        try chain.unbond("51uatom", from: chain.alice).thenFailed(.collateralLocked, saying: "{50, 200}")
        try chain.unbond("50uatom", from: chain.alice).thenSucceeded()
        try chain.finish()
    }

    @Test("Coins that are still vesting can be bonded, and vest on while they are")
    func vesting() throws {
        let carol = Address.named("carol")
        let address = JSONValue.string(try carol.text(prefix: "cosmos"))
        let account: JSONValue = [
            "@type": "/cosmos.vesting.v1beta1.DelayedVestingAccount",
            "base_vesting_account": [
                "base_account": [
                    "address": address, "pub_key": .null, "account_number": "3", "sequence": "4",
                ],
                "original_vesting": [["denom": "uatom", "amount": "100"]],
                "delegated_free": [],
                "delegated_vesting": [],
                "end_time": "4000000000",
            ],
        ]
        let chain = try VaultChain(accounts: [account], balances: [(carol, "120uatom")])
        try chain.bond("120uatom", from: carol).thenSucceeded()
        try chain.stake("120uatom", with: "alpha", from: carol).thenSucceeded()
        try chain.finish()
        try chain.say(Alpha.self, of: carol, .rollBack("120")).thenSucceeded()
        try chain.unbond("120uatom", from: carol).thenSucceeded()
        #expect(try chain.balance(carol) == "120")
        try chain.finish()
    }

    @Test("Settings are checked, have defaults, and change without the others")
    func settings() throws {
        let chain = try VaultChain()
        let settings = try chain.harness.query(.with { $0.settings = .init() }).settings
        #expect(settings.denom == "uatom")
        #expect(settings.liensMax == 32)
        #expect(settings.minimumStake == "1")
        #expect(settings.unbondingPeriod == TimeSpan.days(21).nanoseconds)
        #expect(settings.moduleAccount == "vault:1")
        for (name, value) in [
            ("denom", "no denom"), ("liens_max", "0"), ("liens_max", "65"), ("minimum_stake", "-1"),
            ("unbonding_period", "soon"), ("local_staking", true), ("novelty", "1"),
        ] as [(String, JSONValue)] {
            #expect(throws: HarnessError.self) { try VaultChain(configuration: [(name, value)]) }
        }
    }
}
