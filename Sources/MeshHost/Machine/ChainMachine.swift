public import ModuleKit
public import ModuleRuntime

/// The instances of one chain at work over its state: what executes blocks, and what replays a log.
///
/// The machine knows nothing of transactions, signatures or storage of events. Its owner starts a block, lets it run
/// messages and hooks (or apply recorded events), and takes the state changes out at the end.
public final class ChainMachine {
    /// The modules that instances can run.
    public let registry: ModuleRegistry
    /// The machine below: events, state, reactions.
    public let execution: Execution
    /// The host's own instance, number 0.
    let host: ModuleInstance<HostModule>

    /// A machine over committed state; `loadInstances` puts the deployed instances to work.
    public init(
        registry: ModuleRegistry,
        chainID: String,
        addresses: AddressPrefixes,
        source: any StateSource
    ) {
        self.registry = registry
        let session = StateSession(source: source, meter: WorkMeter())
        execution = Execution(
            block: BlockInfo(chainID: chainID, height: 0, time: .epoch),
            addresses: addresses,
            session: session,
            moduleOrder: registry.order
        )
        host = ModuleInstance(
            HostModule(registry: registry),
            identity: InstanceIdentity(
                number: HostModule.instanceNumber,
                address: Address(moduleName: HostModule.manifest.name),
                label: HostModule.manifest.name,
                module: HostModule.manifest.name,
                version: HostModule.manifest.version
            ),
            state: InstanceState(instance: HostModule.instanceNumber, session: session),
            vocabularyNumber: 0
        )
        execution.install(host)
        execution.setGovernor(governor)
    }

    /// Puts every deployed instance to work.
    ///
    /// - Throws: `unknownModule` when an instance runs code that is not registered here.
    public func loadInstances() throws(ModuleError) {
        try host.module.instances.forEach(in: StateReader(host.state)) { (number, _) throws(ModuleError) in
            _ = try execution.instance(number)
            return true
        }
    }

    /// All instances in the order in which hooks run: by module order, then number; the host's own first.
    public var instancesInOrder: [AnyModuleInstance] {
        let order = registry.order
        let ranked = execution.installedInstances.map { instance in
            (rank: order.firstIndex(of: instance.identity.module) ?? order.count, instance: instance)
        }
        return ranked.sorted {
            ($0.rank, $0.instance.identity.number) < ($1.rank, $1.instance.identity.number)
        }
        .map(\.instance)
    }

    /// The labels that the sections of instances bear in a genesis document, by number; not those of instances whose sections
    /// stand under the module's own names.
    ///
    /// That is one instance of each module: the one under the module's name, or the first where none is called so.
    var sectionLabels: [UInt32: String] {
        let identities = execution.installedInstances.map(\.identity)
        let named = identities.filter { $0.label == $0.module }
        let unlabelled = Dictionary((named + identities).map { ($0.module, $0.number) }) { first, _ in first }
        let labelled = identities.filter { unlabelled[$0.module] != $0.number }
        return Dictionary(labelled.map { ($0.number, $0.label) }) { first, _ in first }
    }

    /// The vocabularies of the instances known so far, by number: what recorded events can be decoded with ahead.
    public var vocabularies: [any EventVocabulary.Type] {
        execution.installedInstances.map(\.vocabulary.type)
    }

    /// Projects one recorded event onto the state, as a replay does.
    ///
    /// - Parameter event: what the payload decodes to, where somebody did that ahead. Of another vocabulary than the
    ///   instance has by now, it is not used: the payload is decoded here then, as it is without this event.
    /// - Throws: `unknownInstance`, `undecodable`, or what the module's `apply` throws: the log is damaged, or was written
    ///   by other code.
    public func apply(_ envelope: EventEnvelope, decoded event: (any DecodedEvent)? = nil) throws(ModuleError) {
        let instance = try execution.instance(envelope.instance)
        guard instance.vocabulary.number == envelope.vocabulary else {
            throw ModuleError(
                .undecodable,
                "\(instance.identity.label) writes with vocabulary \(instance.vocabulary.number), but this event says "
                    + "\(envelope.vocabulary): the log is damaged or was written by other code"
            )
        }
        try checkPrivilege(of: envelope, by: instance)
        if try event.map({ (event) throws(ModuleError) in try instance.apply(decoded: event) }) != true {
            try instance.apply(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
        }
        if envelope.instance == HostModule.instanceNumber, envelope.kind == HostModule.migratedKind {
            try reinstall(recorded: envelope)
        }
    }

    /// Puts the version of its module to work that an instance's record names.
    func reinstall(_ number: UInt32) throws(ModuleError) {
        guard let instance = try makeInstance(number) else {
            throw ModuleError(.unknownInstance, "no instance has the number \(number)")
        }
        execution.install(instance)
    }

    private func reinstall(recorded envelope: EventEnvelope) throws(ModuleError) {
        let event = try HostEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
        if case .instanceMigrated(let migrated) = event.event, migrated.succeeded { try reinstall(migrated.number) }
    }

    /// A privileged event stands in a log only under a live grant, or where it outlives one, under one that was revoked: an audit
    /// proves it from the log alone.
    private func checkPrivilege(of envelope: EventEnvelope, by instance: AnyModuleInstance) throws(ModuleError) {
        guard let kind = instance.vocabulary.type.kind(numbered: envelope.kind), let privilege = kind.privilege else {
            return
        }
        if kind.outlivesGrant, try hasHeld(privilege, instance.identity) { return }
        guard try grant(of: privilege, to: instance.identity) != nil else {
            throw ModuleError(
                .notGranted,
                "\(instance.identity.label) recorded a privileged event without a live grant of \(privilege)"
            )
        }
    }

    private func grant(of privilege: Privilege, to instance: InstanceIdentity) throws(ModuleError) -> Grant? {
        try host.module.grant(of: privilege, to: instance.number, in: StateReader(host.state))
    }

    private func hasHeld(_ privilege: Privilege, _ instance: InstanceIdentity) throws(ModuleError) -> Bool {
        try host.module.hasHeld(privilege, instance.number, in: StateReader(host.state))
    }

    /// Makes an instance from its record.
    private func makeInstance(_ number: UInt32) throws(ModuleError) -> AnyModuleInstance? {
        guard let record = try host.module.instances.value(for: number, in: StateReader(host.state)) else { return nil }
        let version = try Version(record.version)
        guard let code = registry.module(record.module, version: version) else {
            throw host.module.unknownModule("\(record.module) \(version)")
        }
        let identity = InstanceIdentity(
            number: number,
            address: try Address(bytes: record.address),
            label: record.label,
            module: record.module,
            version: version
        )
        return code.makeInstance(identity, session: execution.session, vocabulary: record.vocabulary)
    }

    private var governor: Execution.Governor {
        Execution.Governor(
            instance: { [unowned self] (number, _) throws(ModuleError) in try makeInstance(number) },
            grant: { [unowned self] (instance, privilege) throws(ModuleError) in
                try grant(of: privilege, to: instance)
            },
            recordFailure: { [unowned self] (failure) throws(ModuleError) in
                try host.record(.reactionFailed(failure), execution, cause: failure.origin.sequence)
            },
            admin: { [unowned self] (number) throws(ModuleError) in
                try host.module.admin(of: number, in: StateReader(host.state))
            },
            authority: { [unowned self] () throws(ModuleError) in
                try host.module.authority.value(in: StateReader(host.state))
            },
            hasHeld: { [unowned self] (instance, privilege) throws(ModuleError) in try hasHeld(privilege, instance) }
        )
    }
}
