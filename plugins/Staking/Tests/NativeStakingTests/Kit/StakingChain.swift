import Bank
import BankEvents
import ModuleKit
import NativeStaking
import StakingEvents

/// A chain of three instances: a bank, staking, and a probe that takes the part of the slashing module.
final class StakingChain {
    static let prefixes: AddressPrefixes = {
        guard let prefixes = try? AddressPrefixes(account: "cosmos") else { preconditionFailure("a valid prefix") }
        return prefixes
    }()

    let execution: Execution
    let bank: ModuleInstance<Bank>
    let staking: ModuleInstance<NativeStaking>
    let probe: ModuleInstance<Probe>
    let store: TemporaryChainStore
    private(set) var height: UInt64
    private(set) var time: Timestamp
    private(set) var failures: [Execution.FailedReaction] = []
    /// The privileges that nobody holds.
    var withheld: Set<Privilege> = []
    /// The changes of the validator set in the last block.
    private(set) var updates: [ValidatorUpdate] = []
    private(set) var report = GenesisReport(strictness: .skip)

    /// Starts a chain with a genesis of these sections, after staking was given this configuration.
    init(
        _ sections: JSONValue,
        configuration: JSONValue = ["slashing": "probe"],
        prefixes: AddressPrefixes = StakingChain.prefixes,
        time: Timestamp = Timestamp(nanoseconds: 1_600_000_000_000_000_000)
    ) throws {
        self.time = time
        height = 0
        store = try TemporaryChainStore()
        let session = StateSession(source: store.source, meter: WorkMeter())
        execution = Execution(
            block: BlockInfo(chainID: "test-1", height: 0, time: time, isGenesis: true),
            addresses: prefixes,
            session: session,
            moduleOrder: ["bank", "staking", "probe"]
        )
        bank = ModuleInstance(
            Bank(),
            identity: Self.identity(0, "bank"),
            state: InstanceState(instance: 0, session: session),
            vocabularyNumber: 0
        )
        staking = ModuleInstance(
            NativeStaking(),
            identity: Self.identity(1, "staking"),
            state: InstanceState(instance: 1, session: session),
            vocabularyNumber: 1
        )
        probe = ModuleInstance(
            Probe(),
            identity: Self.identity(2, "probe"),
            state: InstanceState(instance: 2, session: session),
            vocabularyNumber: 2
        )
        execution.setGovernor(
            Execution.Governor(
                instance: { (_, _) in nil },
                isGranted: { [unowned self] (_, privilege) in !withheld.contains(privilege) },
                recordFailure: { [unowned self] in failures.append($0) }
            )
        )
        execution.install(bank)
        execution.install(staking)
        execution.install(probe)
        try start(sections, configuration)
    }

    private static func identity(_ number: UInt32, _ name: String) -> InstanceIdentity {
        InstanceIdentity(
            number: number,
            address: Address(moduleName: name),
            label: name,
            module: name,
            version: "1.0.0"
        )
    }

    private func start(_ sections: JSONValue, _ configuration: JSONValue) throws {
        execution.startBlock(execution.block, nextSequence: 0)
        let document = GenesisDocument(chainID: "test-1", time: time, appState: sections)
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try bank.run(.configure([:], sender: nil), execution)
            try staking.run(.configure(configuration, sender: nil), execution)
            try bank.importGenesis(document, execution, &report)
            try staking.importGenesis(document, execution, &report)
        }
        try seal()
    }

    /// Runs a block some seconds after the last: what `body` sends, then the end of the block.
    func block(after seconds: UInt64 = 6, _ body: () throws -> Void = {}) throws {
        height += 1
        time = Timestamp(nanoseconds: time.nanoseconds + seconds * 1_000_000_000)
        execution.startBlock(
            BlockInfo(chainID: "test-1", height: height, time: time),
            nextSequence: execution.events.nextSequence
        )
        try body()
        try execution.unit(transaction: 0) { () throws(ModuleError) in try staking.run(.endBlock, execution) }
        try seal()
    }

    private func seal() throws {
        updates = execution.validatorUpdates
        try store.append(execution)
    }

    /// Sends a message to staking, as a transaction of its own.
    func send(_ message: StakingMessage, from sender: Address) throws(ModuleError) {
        try execution.unit(transaction: 1, signer: sender) { () throws(ModuleError) in
            try staking.handle(try message.encodedBytes(), execution, sender: sender)
        }
    }

    /// Has the probe record an event.
    func probe(_ event: ProbeEvent) throws(ModuleError) {
        let message = try ProbeMessage.with { $0.event = event }.encodedBytes()
        try execution.unit(transaction: 1, signer: Account.stranger) { () throws(ModuleError) in
            try probe.handle(message, execution, sender: Account.stranger)
        }
    }

    /// Asks staking.
    func ask(_ query: StakingQuery) throws(ModuleError) -> StakingAnswer {
        try execution.ask(query, of: staking.identity.number)
    }

    func balance(of account: Address, _ denom: String = "stake") throws -> Amount {
        try bank.module.balances.value(for: Pair(account, try Denom(denom)), in: StateReader(bank.state)) ?? .zero
    }

    /// What staking's invariants say, and whether the pools' accounts have what staking thinks.
    func violations() throws -> [String] {
        var found = try staking.invariantViolations().map(\.description)
        let pool = try ask(.with { $0.pool = .init() }).pool
        let denom = pool.bonded.denom
        for (pool, coin) in [(StakingPool.bonded, pool.bonded), (StakingPool.notBonded, pool.notBonded)] {
            let balance = try balance(of: pool.address, denom)
            if balance.description != coin.amount { found.append("\(pool.name) has \(balance), not \(coin.amount)") }
        }
        return found + failures.map { "failed: \($0.error)" }
    }

    func exported() throws -> JSONValue {
        guard let section = try staking.exportGenesis().first else { return .null }
        return section.value
    }

    /// Rebuilds staking's state from the log alone, and returns what it then is and what is stored.
    func replay() throws -> (rebuilt: [[UInt8]: [UInt8]], original: [[UInt8]: [UInt8]]) {
        let session = StateSession(source: EmptyStateSource(), meter: WorkMeter())
        let twin = Execution(
            block: BlockInfo(chainID: "test-1", height: 0, time: .epoch),
            addresses: execution.addresses,
            session: session,
            moduleOrder: []
        )
        let instance = ModuleInstance(
            NativeStaking(),
            identity: staking.identity,
            state: InstanceState(instance: 1, session: session),
            vocabularyNumber: 1
        )
        twin.install(instance)
        for height in 0...height {
            for payload in try store.payloads(of: 1, at: height) {
                try instance.apply(recorded: payload, schemaVersion: 1)
            }
        }
        var rebuilt: [[UInt8]: [UInt8]] = [:]
        for change in try twin.sealState().changes { rebuilt[change.key] = change.value }
        return (rebuilt, try store.entries(of: 1))
    }
}
