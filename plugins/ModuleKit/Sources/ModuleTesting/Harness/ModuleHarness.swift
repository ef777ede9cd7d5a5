public import ModuleKit
internal import ModuleRuntime

/// Runs one module alone on a real, temporary store, and proves with every block that its state follows from its events.
///
///     let harness = try ModuleHarness(Counter())
///     try harness.given(.messages([.increment(by: 2)], from: alice))
///     try harness.when(.increment(by: 3), from: alice).thenEmitted(.incremented(by: 3))
///     try harness.nextBlock(after: .seconds(5))
///     #expect(try harness.query(.total).total == 5)
///
/// The chain begins with a genesis block of height 0; whatever is called first ends it, and the rest happens from block 1
/// on. The module under test is instance 1, labelled with its name. Its neighbours follow; each is configured with `{}`
/// unless the options say otherwise.
///
/// After every message and every block the invariants of all modules are checked. After every block its records are read
/// back from the store, and applied by fresh modules to a second store, whose state root has to be the same.
///
/// Nothing here belongs to a test framework: what does not hold is thrown as a `HarnessError` that says what.
public final class ModuleHarness<Module: ProtocolModule> {
    /// Where the harness stands.
    enum Stage {
        /// Nothing has happened yet.
        case fresh
        /// A block is in progress.
        case inBlock
        /// The chain failed; nothing can go on.
        case failed
    }

    /// The chain on which the modules run.
    public let options: HarnessOptions
    /// What the import of a genesis document met; empty before.
    public internal(set) var genesisReport = GenesisReport(strictness: .refuse)

    let setup: MachineSetup
    let chain: TestChain
    let replay: ReplayCheck?
    var machine: TestMachine
    var stage = Stage.fresh
    var transactionCount: UInt32 = 0

    /// Deploys a module and its neighbours on a new chain.
    ///
    /// - Parameters:
    ///   - module: the module under test: instance 1.
    ///   - neighbours: other modules, real ones or `AcceptingNeighbour` and `FailingNeighbour`: instances 2 and on. They
    ///     come before the module under test in the order of hooks and reactions, unless one of them requires it.
    ///   - options: the chain.
    /// - Throws: `storage` when no temporary store can be made; `unknownModule` when the options configure a neighbour that
    ///   is not there.
    public init(_ module: Module, neighbours: [any ProtocolModule] = [], options: HarnessOptions = HarnessOptions())
        throws(HarnessError)
    {
        self.options = options
        setup = try MachineSetup(module, neighbours: neighbours, options: options)
        chain = try TestChain(options)
        replay = options.replaysEveryBlock ? try ReplayCheck(setup) : nil
        machine = try TestMachine(setup, over: chain)
    }

    /// The block in progress; the genesis block before anything was called.
    public var block: BlockInfo { machine.execution.block }

    /// The text forms of the chain's addresses.
    public var addresses: AddressPrefixes { machine.execution.addresses }

    /// The module under test.
    public var module: Module {
        get throws(HarnessError) { try instance(of: Module.self).module }
    }

    /// The instance of the module under test.
    public var identity: InstanceIdentity {
        get throws(HarnessError) { try identity(of: Module.self) }
    }

    /// The instance that runs a module; the first, where there are several.
    ///
    /// - Throws: `unknownModule`.
    public func identity<Other: ProtocolModule>(of module: Other.Type) throws(HarnessError) -> InstanceIdentity {
        try instance(of: module).identity
    }

    /// Takes a privilege from a module; every module holds every privilege until then.
    ///
    /// It is how things stand from the outset: nothing is recorded, and it has no say on a grant that the test has decided on
    /// with `when(granting:)` or `when(revoking:)`.
    public func withhold(_ privilege: Privilege, from module: any ProtocolModule.Type = Module.self) {
        setup.grants.withhold(privilege, from: module.manifest.name)
    }

    /// Gives a withheld privilege back.
    public func grant(_ privilege: Privilege, to module: any ProtocolModule.Type = Module.self) {
        setup.grants.grant(privilege, to: module.manifest.name)
    }

    func checkInvariants(after what: String) throws(HarnessError) {
        if options.checksInvariants { try machine.checkInvariants(after: what) }
    }

    func instance<Other: ProtocolModule>(of _: Other.Type) throws(HarnessError) -> ModuleInstance<Other> {
        for instance in machine.execution.installedInstances {
            if let found = instance as? ModuleInstance<Other> { return found }
        }
        throw HarnessError(
            .unknownModule,
            "\(Other.manifest.name) is not in this harness: name it among the neighbours"
        )
    }
}

extension Address {
    /// The account of a test's person; the same name gives the same account.
    public static func named(_ name: String) -> Address { Address(moduleName: "person/\(name)") }
}
