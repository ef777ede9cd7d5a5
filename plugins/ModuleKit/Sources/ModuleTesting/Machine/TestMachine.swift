internal import ModuleKit
internal import ModuleRuntime

/// The instances of a harness at work over one store: what runs messages, and what replays a log.
///
/// Instance 0 stands for the host, instance 1 is the module under test, and its neighbours follow in their order.
final class TestMachine {
    let execution: Execution
    let source: StoredStateSource
    let host: ModuleInstance<TestHost>
    /// All instances in the order of hooks and reactions.
    let instancesInOrder: [AnyModuleInstance]

    init(_ setup: MachineSetup, over chain: TestChain) throws(HarnessError) {
        let options = setup.options
        let (source, addresses) = try HarnessError.wrapping(.storage, "the modules can't be put to work") {
            (
                try chain.makeSource(),
                try AddressPrefixes(
                    account: options.addressPrefix,
                    validatorOperator: options.operatorPrefix ?? options.addressPrefix + "valoper",
                    consensus: options.consensusPrefix ?? options.addressPrefix + "valcons"
                )
            )
        }
        let session = StateSession(source: source, meter: WorkMeter())
        execution = Execution(
            block: BlockInfo(chainID: options.chainID, height: 0, time: options.genesisTime, isGenesis: true),
            addresses: addresses,
            session: session,
            moduleOrder: setup.moduleOrder,
            limits: options.limits
        )
        self.source = source
        host = Self.make(TestHost(), number: 0, label: TestHost.manifest.name, vocabulary: 0, session)
        execution.install(host)
        for (index, deployment) in setup.deployments.enumerated() {
            Self.deploy(deployment.module, deployment, number: UInt32(index) + 1, execution)
        }
        let order = setup.moduleOrder
        instancesInOrder = execution.installedInstances
            .map { (order.firstIndex(of: $0.identity.module) ?? order.count, $0.identity.number, $0) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
            .map(\.2)
        let grants = setup.grants
        execution.setGovernor(
            Execution.Governor(
                instance: { (_, _) throws(ModuleError) in nil },
                grant: { [host] (instance, privilege) throws(ModuleError) in
                    let state = StateReader(host.state)
                    if let decision = try host.module.decision(on: privilege, of: instance, in: state) {
                        return decision.isGranted ? try Grant(privilege, recordedCap: decision.cap) : nil
                    }
                    return grants.isGranted(privilege, to: instance) ? Grant(privilege) : nil
                },
                recordFailure: { [unowned execution, host] (failure) throws(ModuleError) in
                    try host.record(.reactionFailed(failure), execution, cause: failure.origin.sequence)
                },
                admin: { [host] (number) throws(ModuleError) in
                    try host.module.admins.value(for: number, in: StateReader(host.state))
                },
                authority: { [host] () throws(ModuleError) in
                    try host.module.authority.value(in: StateReader(host.state))
                },
                hasHeld: { [host] (instance, privilege) throws(ModuleError) in
                    try host.module.decision(on: privilege, of: instance, in: StateReader(host.state)) != nil
                }
            )
        )
    }

    private static func deploy(
        _ module: some ProtocolModule,
        _ deployment: MachineSetup.Deployment,
        number: UInt32,
        _ execution: Execution
    ) {
        let (label, vocabulary) = (deployment.label, deployment.vocabulary)
        execution.install(make(module, number: number, label: label, vocabulary: vocabulary, execution.session))
    }

    private static func make<Module: ProtocolModule>(
        _ module: Module,
        number: UInt32,
        label: String,
        vocabulary: UInt32,
        _ session: StateSession
    ) -> ModuleInstance<Module> {
        let identity = InstanceIdentity(
            number: number,
            address: Address(moduleName: label),
            label: label,
            module: Module.manifest.name,
            version: Module.manifest.version
        )
        return ModuleInstance(
            module,
            identity: identity,
            state: InstanceState(instance: number, session: session),
            vocabularyNumber: vocabulary
        )
    }

    /// The events of the block in progress from the `first`-th on, decoded.
    func recordedEvents(from first: Int = 0) throws(HarnessError) -> [RecordedEvent] {
        let buffer = execution.events
        return try HarnessError.wrapping(.replayDiffers, "an event that was just recorded can't be decoded") {
            try buffer.entries.indices.dropFirst(first).map { index in
                let entry = buffer.entries[index]
                let instance = try execution.instance(entry.instance)
                guard let kind = instance.vocabulary.type.kind(numbered: entry.kind) else {
                    throw ModuleError(.unknownEvent, "kind \(entry.kind) is not in the vocabulary")
                }
                return RecordedEvent(
                    sequence: buffer.firstSequence + UInt64(index),
                    instance: instance.identity,
                    kind: kind,
                    transaction: entry.transaction,
                    cause: entry.cause,
                    event: try instance.vocabulary.type.init(
                        recorded: Array(buffer.payload(of: entry)),
                        schemaVersion: entry.schemaVersion
                    )
                )
            }
        }
    }

    /// Makes sure that storage has not failed, whatever a module made of the error that it saw.
    func requireStorage() throws(HarnessError) {
        if let failure = execution.session.storageFailure {
            throw HarnessError(.storage, "the temporary store can't be read: \(failure)", cause: failure)
        }
    }

    /// Makes sure that every invariant of every module holds.
    func checkInvariants(after what: String) throws(HarnessError) {
        for instance in instancesInOrder {
            let violations = try HarnessError.wrapping(
                .invariantViolated,
                "the invariants of \(instance.identity.label) can't be checked after \(what)"
            ) { try instance.invariantViolations() }
            guard violations.isEmpty else {
                let list = violations.map { "\n    \($0)" }.joined()
                throw HarnessError(
                    .invariantViolated,
                    "after \(what), \(instance.identity.label) does not hold what it must:\(list)"
                )
            }
        }
    }
}
