import Bank
import BankEvents
import ModuleKit
import Testing

/// A chain in memory with a bank and two pools, driven unit by unit, that remembers what was recorded.
final class BankChain {
    /// What the bank instance has been granted.
    final class Grants {
        var privileges: Set<Privilege> = [.bankMint, .bankBurn, .bankSupplyOffset]
    }

    let grants = Grants()
    let execution: Execution
    let bank: ModuleInstance<Bank>
    let pools: [ModuleInstance<Pool>]
    private(set) var bankEvents: [[UInt8]] = []

    /// Starts in the genesis block, or, with a configuration of `{}` done, in the first one after it.
    init(prefix: String = "cosmos", isGenesis: Bool = false, seconds: UInt64 = 1_000) throws {
        execution = Execution(
            block: BankChain.block(seconds, isGenesis: isGenesis),
            addresses: try AddressPrefixes(account: prefix),
            session: StateSession(source: EmptyStateSource(), meter: WorkMeter()),
            moduleOrder: ["bank", "pool"]
        )
        execution.setGovernor(
            Execution.Governor(
                instance: { (_, _) in nil },
                isGranted: { [grants] (identity, privilege) in
                    identity.module == "pool" || grants.privileges.contains(privilege)
                },
                recordFailure: { _ in }
            )
        )
        // Number 0 is the host's own; a pool stands in for it.
        let host = BankChain.instance(Pool(), 0, execution)
        bank = BankChain.instance(Bank(), 1, execution)
        pools = [BankChain.instance(Pool(), 2, execution), BankChain.instance(Pool(), 3, execution)]
        execution.install(host)
        execution.install(bank)
        for pool in pools { execution.install(pool) }
        execution.startBlock(execution.block, nextSequence: 0)
        if !isGenesis { try configure("{}") }
    }

    static func block(_ seconds: UInt64, isGenesis: Bool = false) -> BlockInfo {
        BlockInfo(
            chainID: "bank-1",
            height: isGenesis ? 0 : 1,
            time: Timestamp(nanoseconds: seconds * 1_000_000_000),
            isGenesis: isGenesis
        )
    }

    static func instance<Module: ProtocolModule>(_ module: Module, _ number: UInt32, _ execution: Execution)
        -> ModuleInstance<Module>
    {
        ModuleInstance(
            module,
            identity: InstanceIdentity(
                number: number,
                address: Address(moduleName: "instance/\(number)"),
                label: "\(Module.manifest.name)-\(number)",
                module: Module.manifest.name,
                version: Module.manifest.version
            ),
            state: InstanceState(instance: number, session: execution.session),
            vocabularyNumber: number
        )
    }

    /// Goes on with a block at another time.
    func startBlock(at seconds: UInt64) { execution.startBlock(BankChain.block(seconds), nextSequence: 0) }

    /// Runs a unit and keeps the bank's events of it.
    private func unit(signer: Address? = nil, _ body: () throws(ModuleError) -> Void) throws(ModuleError) {
        let count = execution.events.entries.count
        try execution.unit(transaction: signer == nil ? 0 : 1, signer: signer, body)
        for entry in execution.events.entries.dropFirst(count) where entry.instance == bank.identity.number {
            bankEvents.append(Array(execution.events.payload(of: entry)))
        }
    }

    /// Has the bank handle a message of an account.
    func send(_ message: BankMessage, from sender: Address) throws {
        let bytes = try message.encodedBytes()
        try unit(signer: sender) { () throws(ModuleError) in try bank.handle(bytes, execution, sender: sender) }
    }

    /// Has a pool record an event, on behalf of an account or of nobody.
    func record(_ event: PoolEvent, by pool: Int = 0, signer: Address? = nil) throws {
        let bytes = try PoolMessage.with { $0.record = event }.encodedBytes()
        let instance = pools[pool]
        try unit(signer: signer) { () throws(ModuleError) in
            try instance.handle(bytes, execution, sender: signer ?? instance.identity.address)
        }
    }

    func configure(_ json: String) throws {
        let configuration = try JSONValue(parsing: json)
        try unit { () throws(ModuleError) in try bank.run(.configure(configuration, sender: nil), execution) }
    }

    /// Imports sections of `app_state`; what the report says.
    @discardableResult
    func importGenesis(_ json: String) throws -> GenesisReport {
        try importGenesis(try JSONValue(parsing: json))
    }

    @discardableResult
    func importGenesis(_ appState: JSONValue) throws -> GenesisReport {
        let genesis = GenesisDocument(chainID: "bank-1", time: .epoch, appState: appState)
        var report = GenesisReport(strictness: .skip)
        try unit { () throws(ModuleError) in try bank.importGenesis(genesis, execution, &report) }
        return report
    }

    /// What importing the export would read.
    func exported() throws -> JSONValue {
        var object = JSONObject()
        for (section, value) in try bank.exportGenesis() { object[section] = value }
        return .object(object)
    }

    func ask(_ query: BankQuery) throws -> BankAnswer { try bank.module.answer(query, StateReader(bank.state)) }

    func balance(_ address: Address, _ denom: String = "uatom") throws -> String {
        let query = BankQuery.with {
            $0.balance.address = text(address)
            $0.balance.denom = denom
        }
        return try ask(query).balance.amount
    }

    func supply(_ denom: String = "uatom") throws -> BankSupply { try ask(.with { $0.supply.denom = denom }).supply }

    func text(_ address: Address) -> String { execution.addresses.format(address, as: .account) }

    /// Checks the invariants, and that the events alone lead to the same bytes of state. Ends the chain.
    func finish(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let violations = try bank.invariantViolations()
        #expect(violations == [], sourceLocation: sourceLocation)
        let replica = try BankChain(prefix: execution.addresses.account, isGenesis: true)
        for event in bankEvents { try replica.bank.apply(recorded: event, schemaVersion: 1) }
        let state = try execution.sealState().entries(ofInstance: 1)
        let replayed = try replica.execution.sealState().entries(ofInstance: 1)
        #expect(state == replayed, sourceLocation: sourceLocation)
    }
}

extension StateWrites {
    /// What is stored in the end, key and value in turn; entries that were removed again do not count.
    func entries(ofInstance number: UInt8) -> [[[UInt8]]] {
        changes.compactMap { change in
            guard change.key.starts(with: [0, 0, 0, number]), let value = change.value else { return nil }
            return [change.key, value]
        }
    }
}

extension Address {
    /// A user that only tests know.
    static func user(_ name: String) -> Address { Address(moduleName: "user/\(name)") }
}

/// The code of what a body throws; nil when it does not.
func code(of body: () throws -> Void) -> ModuleError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? ModuleError)?.code
    }
}
