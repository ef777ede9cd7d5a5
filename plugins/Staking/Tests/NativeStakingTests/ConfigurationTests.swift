import ModuleKit
import NativeStaking
import StakingEvents
import Testing

@Suite("Configuring")
struct ConfigurationTests {
    private func configure(_ chain: StakingChain, _ configuration: JSONValue) throws {
        try chain.block {
            try chain.execution.unit(transaction: 0) { () throws(ModuleError) in
                try chain.staking.run(.configure(configuration, sender: nil), chain.execution)
            }
        }
    }

    private func parameters(_ chain: StakingChain) throws -> StakingParameters {
        try chain.ask(.with { $0.parameters = .init() }).parameters
    }

    @Test("What a configuration names changes, the rest stays; without change nothing is recorded")
    func changesWhatIsNamed() throws {
        let chain = try StakingChain.fresh(["max_entries": "3"])
        try configure(chain, ["params": ["unbonding_time": "7s", "max_validators": "9"]])
        #expect(try parameters(chain).maxEntries == 3)
        #expect(try parameters(chain).maxValidators == 9)
        #expect(try parameters(chain).unbondingTimeNanoseconds == 7_000_000_000)
        try configure(chain, ["params": ["max_validators": "9"]])
        #expect(chain.execution.events.entries.isEmpty)
    }

    @Test(
        "Unknown settings and values that are not allowed are refused",
        arguments: [
            ["slasher": "x"], ["params": ["max_entries": "0"]], ["params": ["max_validators": "0"]],
            ["params": ["max_validators": "10001"]], ["params": ["unbonding_time": "0s"]],
            ["params": ["power_reduction": "0"]], ["params": ["min_commission_rate": "1.1"]],
            ["params": ["bond_denom": "?"]], ["params": ["colour": "red"]], ["params": ["max_entries": "-1"]],
        ] as [JSONValue]
    )
    func refuses(configuration: JSONValue) throws {
        let chain = try StakingChain.fresh()
        let before = try parameters(chain)
        #expect(throws: ModuleError.self) { try configure(chain, configuration) }
        #expect(try parameters(chain) == before)
    }

    @Test("The bond denomination and the power reduction stay once there are validators")
    func keepsDenomination() throws {
        let chain = try StakingChain.fresh()
        try configure(chain, ["params": ["power_reduction": "1000"]])
        try chain.addValidators([5_000_000])
        #expect(try chain.activeSet() == ["validator 0: 5000"])
        for params in [["bond_denom": "atom"], ["power_reduction": "1"]] as [JSONValue] {
            let error = #expect(throws: ModuleError.self) { try configure(chain, ["params": params]) }
            #expect(error?.code == .parameterNotAllowed)
        }
    }

    @Test("A smaller maximum takes the weakest out of the active set at the end of the block")
    func shrinksActiveSet() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000, 4_000_000, 3_000_000])
        try configure(chain, ["params": ["max_validators": "1"]])
        #expect(try chain.activeSet() == ["validator 0: 5"])
        #expect(try chain.violations() == [])
    }
}
