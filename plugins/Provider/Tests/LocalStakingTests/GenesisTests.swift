import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import Vault
import VaultEvents

@Suite("Genesis of local staking")
struct GenesisTests {
    private func harness() throws -> ModuleHarness<LocalStaking> {
        try ModuleHarness(
            LocalStaking(),
            neighbours: [Vault()],
            options: HarnessOptions {
                $0.configuration = ["vault": "vault", "slash_ratio": ["double_sign": "0.2", "offline": "0.1"]]
                $0.neighbourConfigurations = ["vault": ["denom": "stake", "local_staking": "local-staking"]]
            }
        )
    }

    private func document(_ change: (inout JSONObject) -> Void = { _ in }) throws -> JSONValue {
        var stake = JSONObject()
        stake["validator"] = .string(try LocalChain.validator(0).text(prefix: "cosmosvaloper"))
        for (name, amount) in [
            ("staked", "5"), ("unbonding", "4"), ("returned", "3"), ("forfeit", "2"), ("leaving", "1"),
        ] {
            stake[name] = .string(amount)
        }
        change(&stake)
        let account: JSONValue = [
            "address": .string(try Address.named("alice").text(prefix: "cosmos")), "stakes": [.object(stake)],
        ]
        return ["local-staking/local-staking": ["vault": "vault", "denom": "stake", "accounts": [account]]]
    }

    @Test("What a chain exports gives the same when it is imported, and the list of what is leaving is made anew")
    func roundTrips() throws {
        let chain = try LocalChain(params: [("max_entries", "1")])
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(600, at: 0, from: chain.alice)
        try chain.stake(400, at: 1, from: chain.alice)
        try chain.stakeAfar(1_000, from: chain.alice)
        try chain.unstake(100, from: 0, by: chain.alice)
        try chain.finish()
        try chain.lose(100, of: chain.alice)
        try chain.finish()
        let exported = try chain.harness.exportGenesis()
        let harness = try harness()
        try harness.given(.genesis(appState: exported))
        #expect(try harness.exportGenesis() == exported)
        let account = try chain.account(of: chain.alice)
        #expect(try harness.query(.with { $0.account.address = chain.text(chain.alice) }).account == account)
        try #require(account.forfeit == "100")
    }

    @Test("Malformed and contradictory accounts are refused with their place")
    func refusesFaults() throws {
        let operatorText = try LocalChain.validator(1).text(prefix: "cosmosvaloper")
        let cases: [(String, (inout JSONObject) -> Void)] = [
            ("leaving", { $0["leaving"] = "3" }), ("staked", { $0["staked"] = "-1" }),
            ("validator", { $0["validator"] = "x" }), ("returned", { $0["returned"] = nil }),
            (
                "stakes[0]",
                { stake in
                    for name in ["staked", "unbonding", "returned", "forfeit", "leaving"] { stake[name] = "0" }
                    stake["validator"] = .string(operatorText)
                }
            ), ("other", { $0["other"] = "1" }),
        ]
        for (place, change) in cases {
            let harness = try harness()
            let error = #expect(throws: HarnessError.self) {
                try harness.given(.genesis(appState: try document(change)))
            }
            #expect(error?.description.contains(place) == true, "\(place): \(error?.description ?? "")")
        }
        let harness = try harness()
        try harness.given(.genesis(appState: try document()))
        let alice = harness.addresses.format(.named("alice"), as: .account)
        let account = try harness.query(.with { $0.account.address = alice }).account
        #expect(account.lien == "12" && account.forfeit == "2")
    }

    @Test("A document for another vault, or for one that is not there, is refused")
    func refusesOtherVaults() throws {
        for name in ["nobody", "local-staking"] {
            let harness = try harness()
            let error = #expect(throws: HarnessError.self) {
                try harness.given(
                    .genesis(appState: [
                        "local-staking/local-staking": ["vault": .string(name), "denom": "stake", "accounts": []]
                    ])
                )
            }
            #expect(error?.description.contains("vault") == true)
        }
    }
}
