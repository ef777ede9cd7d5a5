@_spi(Host) public import ModuleKit

/// The host's own module, instance 0: it keeps instances, grants, the dictionary, and accounts' sequences; and it hands on the
/// messages that instances send.
///
/// It is a module like others, so that the host's state, too, is a projection of the log.
public struct HostModule: ProtocolModule {
    /// The number of the host's own instance.
    public static let instanceNumber: UInt32 = 0
    /// The kind of event that adds an entry to the dictionary.
    static let vocabularyAddedKind: UInt32 = 2
    /// The kind of event after which an instance runs another version of its module.
    static let migratedKind: UInt32 = 7

    /// What the host says of itself.
    public static let manifest = Manifest(
        name: "host",
        version: "1.0.0",
        summary: "instances, grants, accounts' sequences, receipts, messages of instances"
    )

    let instances = StateMap<UInt32, HostInstance>(1, "instances")
    let labels = StateMap<String, UInt32>(2, "labels")
    let addresses = StateMap<Address, UInt32>(3, "addresses")
    let grants = StateMap<Pair<UInt32, String>, HostGrant>(4, "grants")
    let sequences = StateMap<Address, UInt64>(5, "sequences")
    let vocabularies = StateMap<UInt32, HostVocabulary>(6, "vocabularies")
    /// The requested versions, by the height of the block and the instance's number: those that are due come first.
    let migrations = StateMap<Pair<UInt64, UInt32>, String>(7, "requested-migrations")
    let chain = StateItem<HostChain>(8, "chain")
    let authority = StateItem<Address>(9, "authority")
    /// The height of the one request that an instance has, by its number.
    let migrationHeights = StateMap<UInt32, UInt64>(10, "migration-heights")
    /// What the caps of a privilege's grants may add up to, by the privilege.
    let totalCaps = StateMap<String, HostTotalCap>(11, "total-caps")
    /// The grants that were revoked, and not given again.
    let revokedGrants = StateMap<Pair<UInt32, String>, Unit>(12, "revoked-grants")

    let registry: ModuleRegistry

    init(registry: ModuleRegistry) { self.registry = registry }

    /// Handles what concerns instances and their grants.
    public func handle(_ message: HostMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .deploy(let deploy): try self.deploy(deploy, context)
        case .reconfigure(let request): try reconfigure(request, context)
        case .setAdmin(let request): try setAdmin(request.instance, to: request.admin, context)
        case .clearAdmin_p(let request): try clearAdmin(request.instance, context)
        case .migrate(let request): try requestMigration(request, context)
        case .grant(let request): try grant(request, by: try context.requireSender(), context)
        case .revoke(let request): try revoke(request, by: try context.requireSender(), context)
        case .setTotalCap(let request): try setTotalCap(request, by: try context.requireSender(), context)
        case .setAuthority(let request): try setAuthority(request, by: try context.requireSender(), context)
        case nil: throw ModuleError(.unknownMessage, "the host is told nothing: set one of its requests")
        }
    }

    /// Hands on what instances tell others, when everybody else has reacted to the event that tells it.
    ///
    /// The host stands first in the order of modules, but its messages go last: an event may move coins as well, and whoever
    /// is told counts on having them. A reaction that vetoes the event saves the messages the trouble.
    public var subscriptions: [Subscription<HostModule>] {
        [
            .dispatchingMessages { (host, message, origin, context) throws(ModuleError) in
                let execution = context.execution
                try execution.instance(try host.number(of: message.instance, in: context))
                    .handle(message.payload, execution, sender: origin.instance.address, cause: origin.sequence)
            }
        ]
    }

    /// Projects the host's events onto its state.
    public func apply(_ event: HostEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .chainStarted(let started):
            try chain.set(
                .with {
                    $0.chainID = started.chainID
                    $0.addressPrefix = started.addressPrefix
                    $0.validatorPrefix = started.validatorPrefix
                    $0.consensusPrefix = started.consensusPrefix
                    $0.initialHeight = started.initialHeight
                    $0.genesisHash = started.genesisHash
                },
                in: state
            )
        case .vocabularyAdded(let added):
            try vocabularies.set(HostVocabulary(added), for: added.number, in: state)
        case .instanceDeployed(let deployed): try apply(deployed, to: state)
        case .instanceReconfigured(let change):
            try update(change.number, in: state) { $0.configuration = change.configuration }
        case .adminChanged(let change): try apply(change, to: state)
        case .migrationRequested(let request): try apply(request, to: state)
        case .instanceMigrated(let migrated): try apply(migrated, to: state)
        case .privilegeGranted(let granted): try apply(granted, to: state)
        case .privilegeRevoked(let revoked): try apply(revoked, to: state)
        case .transactionExecuted(let executed): try apply(executed, to: state)
        case .authorityChanged(let change):
            try authority.set(try Address(bech32: change.authority), in: state)
        case .totalCapSet(let change): try apply(change, to: state)
        case .sequenceImported(let imported):
            try sequences.set(imported.sequence, for: try Address(bech32: imported.address), in: state)
        case .hookFailed, .reactionFailed, .privilegeOffered, .feeCharged: break
        case nil: throw ModuleError(.unknownEvent, "an event of the host says nothing: the log is damaged")
        }
    }

    /// Answers questions about instances, grants, accounts, and the chain's authority.
    public func answer(_ query: HostQuery, _ state: StateReader) throws(ModuleError) -> HostAnswer {
        switch query.query {
        case .instance(let query):
            let number = try number(of: query.instance, in: state)
            let instance = try record(number, in: state)
            return .with { $0.instance = instance }
        case .instances(let query):
            let limit = query.limit == 0 ? 100 : Int(min(query.limit, 1_000))
            let found = try instances.entries(in: state, from: query.start, limit: limit)
            return .with { $0.instances.instances = found.map(\.value) }
        case .account(let query):
            let sequence = try sequences.value(for: try Address(bech32: query.address), in: state) ?? 0
            return .with {
                $0.account.address = query.address
                $0.account.sequence = sequence
            }
        case .grants:
            let (grants, caps) = (try liveGrants(in: state), try allTotalCaps(in: state))
            return .with {
                $0.grants.grants = grants
                $0.grants.totalCaps = caps
            }
        case .authority:
            let address = try authorityText(in: state)
            return .with { $0.authority.address = address }
        case nil: throw ModuleError(.invalidArgument, "the host is asked nothing: set one of its questions")
        }
    }

    /// That the grants of each privilege keep to its total cap.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        try totalCapViolations(in: state)
    }

    /// Writes the instances, their admins and grants, the total caps, the authority, and the accounts' sequences.
    ///
    /// Requested migrations are not among them: whoever starts from it deploys the newest versions.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        [(Self.manifest.name, try exportedSection(state))]
    }

    private func apply(_ deployed: HostInstanceDeployed, to state: StateWriter) throws(ModuleError) {
        try instances.set(
            .with {
                $0.number = deployed.number
                $0.label = deployed.label
                $0.module = deployed.module
                $0.version = deployed.version
                $0.configuration = deployed.configuration
                $0.admin = deployed.admin
                $0.creator = deployed.creator
                $0.address = deployed.address
                $0.vocabulary = deployed.vocabulary
                $0.deployedHeight = deployed.height
            },
            for: deployed.number,
            in: state
        )
        try labels.set(deployed.number, for: deployed.label, in: state)
        try addresses.set(deployed.number, for: try Address(bytes: deployed.address), in: state)
    }

    /// Whoever was the admin has no say any more, also not by what he asked for before.
    private func apply(_ change: HostAdminChanged, to state: StateWriter) throws(ModuleError) {
        try forgetMigration(of: change.number, in: state)
        try update(change.number, in: state) { $0.admin = change.admin }
    }

    private func apply(_ migrated: HostInstanceMigrated, to state: StateWriter) throws(ModuleError) {
        try forgetMigration(of: migrated.number, in: state)
        guard migrated.succeeded else { return }
        try update(migrated.number, in: state) {
            $0.version = migrated.version
            $0.vocabulary = migrated.vocabulary
        }
    }

    /// Uses up one sequence of each signer.
    private func apply(_ executed: HostTransactionExecuted, to state: StateWriter) throws(ModuleError) {
        for signer in executed.signers {
            try sequences.update(try Address(bech32: signer), in: state) { (sequence) throws(ModuleError) in
                let (next, overflow) = (sequence ?? 0).addingReportingOverflow(1)
                guard !overflow else {
                    throw ModuleError(
                        .arithmeticOverflow,
                        "the account has used up every sequence: use another account"
                    )
                }
                sequence = next
            }
        }
    }

    private func update(_ number: UInt32, in state: StateWriter, _ change: (inout HostInstance) -> Void)
        throws(ModuleError)
    {
        try instances.update(number, in: state) { (instance) throws(ModuleError) in
            guard var changed = instance else {
                throw ModuleError(.unknownInstance, "no instance has the number \(number): the log is damaged")
            }
            change(&changed)
            instance = changed
        }
    }
}
