import ControlChannel
import ExternalStakingEvents
import InterchainEvents
import InterchainTesting
import ModuleKit
import Testing

@testable import ExternalStaking

@Suite("Reconfiguration")
struct ReconfigurationTests {
    let execution: Execution
    let staking: ModuleInstance<ExternalStaking>

    /// An external staking alone in memory, configured, beside a stand-in for Interchain.
    init() throws {
        execution = Execution(
            block: BlockInfo(chainID: "provider-1", height: 1, time: .epoch),
            addresses: try AddressPrefixes(account: "cosmos"),
            session: StateSession(source: EmptyStateSource(), meter: WorkMeter()),
            moduleOrder: ["interchain", "external-staking"]
        )
        staking = Self.instance(ExternalStaking(), number: 1, execution)
        execution.install(Self.instance(Switchboard(peer: "consumer-1"), number: 0, execution))
        execution.install(staking)
        execution.startBlock(execution.block, nextSequence: 0)
        try configure(StakingChain.configuration(.newest, []))
    }

    private static func instance<Module: ProtocolModule>(_ module: Module, number: UInt32, _ execution: Execution)
        -> ModuleInstance<Module>
    {
        ModuleInstance(
            module,
            identity: InstanceIdentity(
                number: number,
                address: Address(moduleName: "instance/\(number)"),
                label: "instance-\(number)",
                module: Module.manifest.name,
                version: Module.manifest.version
            ),
            state: InstanceState(instance: number, session: execution.session),
            vocabularyNumber: number
        )
    }

    private func configure(_ configuration: JSONValue) throws {
        let (staking, execution) = (staking, execution)
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try staking.run(.configure(configuration, sender: nil), execution)
        }
    }

    private func settings() throws -> ExternalStakingSettings {
        try staking.module.answer(.with { $0.settings = .init() }, StateReader(staking.state)).settings
    }

    static let terms: [JSONValue] = [
        ["unbonding_period": "2h0m0s"], ["slash_ratio": ["double_sign": "0.3", "offline": "0"]],
        ["remote_endpoint": ["connection": "connection-7", "port": "mesh.b"]], ["remote_endpoint": .null],
        ["vault": "other"], ["rewards_denom": "uother"], ["versions": ["minimum": "0.11.0", "maximum": "1.0.0"]],
    ]

    @Test("Until there was a channel everything can change, and what is left out stays", arguments: terms)
    func before(change: JSONValue) throws {
        let old = try settings()
        try configure(change)
        #expect(try settings() != old)
        #expect(try settings().portID == old.portID)
    }

    @Test("Afterwards nothing can change on which users have relied", arguments: terms)
    func after(change: JSONValue) throws {
        try pair()
        let old = try settings()
        let error = #expect(throws: ModuleError.self) { try configure(change) }
        #expect(error?.code == .settingFixed)
        #expect(try settings() == old)
    }

    @Test("The minimum, the timeout and the bounds of what the consumer names can always change")
    func changeable() throws {
        try pair()
        try configure(["minimum_stake": "7", "packet_timeout": "1h0m0s", "validators_max": "9", "keys_max": "3"])
        #expect(try settings().minimumStake == "7")
        #expect(try settings().packetTimeout == TimeSpan.hours(1).nanoseconds)
        #expect(try settings().validatorsMax == 9)
        #expect(try settings().keysMax == 3)
    }

    private func pair() throws {
        let (staking, execution) = (staking, execution)
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try staking.record(.with { $0.channelOpened.pairing.channelID = "channel-0" }, execution)
        }
    }
}
