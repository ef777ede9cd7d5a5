import ModuleKit
import Testing
import Vault
import VaultEvents

@Suite("Reconfiguration")
struct ReconfigurationTests {
    let execution: Execution
    let vault: ModuleInstance<Vault>

    /// A vault alone in memory, not configured.
    init() throws {
        execution = Execution(
            block: BlockInfo(chainID: "vault-1", height: 1, time: .epoch),
            addresses: try AddressPrefixes(account: "cosmos"),
            session: StateSession(source: EmptyStateSource(), meter: WorkMeter()),
            moduleOrder: ["vault"]
        )
        vault = Self.instance(number: 1, execution)
        execution.install(Self.instance(number: 0, execution))
        execution.install(vault)
        execution.startBlock(execution.block, nextSequence: 0)
    }

    private static func instance(number: UInt32, _ execution: Execution) -> ModuleInstance<Vault> {
        ModuleInstance(
            Vault(),
            identity: InstanceIdentity(
                number: number,
                address: Address(moduleName: "instance/\(number)"),
                label: "vault-\(number)",
                module: "vault",
                version: "1.0.0"
            ),
            state: InstanceState(instance: number, session: execution.session),
            vocabularyNumber: number
        )
    }

    private func configure(_ configuration: JSONValue) throws {
        let (vault, execution) = (vault, execution)
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try vault.run(.configure(configuration, sender: nil), execution)
        }
    }

    private func settings() throws -> VaultSettings {
        try vault.module.answer(.with { $0.settings = .init() }, StateReader(vault.state)).settings
    }

    @Test("A later configuration changes what it names and nothing else; the denomination is for good")
    func reconfiguration() throws {
        try configure([
            "denom": "uatom", "local_staking": "local", "liens_max": "7", "minimum_stake": "5",
            "unbonding_period": "10s",
        ])
        try configure(["liens_max": "9"])
        var settings = try settings()
        #expect(settings.denom == "uatom")
        #expect(settings.localStaking == "local")
        #expect(settings.liensMax == 9)
        #expect(settings.minimumStake == "5")
        #expect(settings.unbondingPeriod == 10_000_000_000)
        try configure(["denom": "uatom", "local_staking": .null])
        settings = try self.settings()
        #expect(settings.localStaking.isEmpty)
        #expect(settings.liensMax == 9)
        let error = #expect(throws: ModuleError.self) { try configure(["denom": "ujuno"]) }
        #expect(error?.code == .wrongCollateralDenomination)
    }

    @Test("The unbonding period gets longer and never shorter: others have relied on it")
    func unbondingPeriod() throws {
        try configure(["denom": "uatom", "unbonding_period": "100s"])
        let error = #expect(throws: ModuleError.self) { try configure(["unbonding_period": "99s", "liens_max": "3"]) }
        #expect(error?.code == .unbondingPeriodShortened)
        #expect(try settings().liensMax == Vault.liensMaxDefault)
        for period in ["100s", "101s"] { try configure(["unbonding_period": .string(period)]) }
        #expect(try settings().unbondingPeriod == 101_000_000_000)
    }

    @Test("A vault without a denomination can be asked for nothing, and its first configuration has to name one")
    func unconfigured() throws {
        #expect(throws: ModuleError.self) { try configure([:]) }
        let error = #expect(throws: ModuleError.self) { try settings() }
        #expect(error?.code == .invalidState)
    }
}
