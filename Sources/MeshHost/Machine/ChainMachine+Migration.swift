internal import ModuleKit
internal import Storage

extension ChainMachine {
    /// Puts the requested versions that are due to work; each succeeds or fails alone.
    ///
    /// It happens at the start of a block, where every cell is sealed: the new version reads what the old one wrote. Requests
    /// beyond the limit stay due, and come first in the next block.
    func runMigrations() throws(ModuleError) {
        let due = try host.module.dueMigrations(
            by: execution.block.height,
            limit: Self.migrationsMax,
            in: StateReader(host.state)
        )
        for (number, text) in due {
            let version = try Version(text)
            let instance = try execution.instance(number)
            do throws(ModuleError) {
                try execution.unit(transaction: 0) { () throws(ModuleError) in
                    try migrate(instance, to: version)
                }
            } catch {
                execution.install(instance)
                try execution.unit(transaction: 0) { () throws(ModuleError) in
                    try host.record(
                        .migrated(number, to: version, vocabulary: instance.vocabulary.number, failure: error),
                        execution
                    )
                }
            }
            execution.settle()
        }
    }

    private func migrate(_ instance: AnyModuleInstance, to version: Version) throws(ModuleError) {
        let number = instance.identity.number
        guard let code = registry.module(instance.identity.module, version: version) else {
            throw host.module.unknownModule("\(instance.identity.module) \(version)")
        }
        let vocabulary = try host.module.vocabularyNumber(of: code, host.context(execution))
        try host.record(.migrated(number, to: version, vocabulary: vocabulary), execution)
        try reinstall(number)
        try execution.instance(number).run(.migrate(from: instance.identity.version), execution)
    }

    /// How many migrations one block carries out; more wait for the next.
    private static var migrationsMax: Int { 16 }

    /// The dictionary's entries that the block in progress has added, with their descriptor sets.
    func addedSchemas() throws(ModuleError) -> [BlockContent.Schema] {
        var schemas: [BlockContent.Schema] = []
        for event in execution.events.entries
        where event.instance == HostModule.instanceNumber && event.kind == HostModule.vocabularyAddedKind {
            let recorded = try HostEvent(
                recorded: Array(execution.events.payload(of: event)),
                schemaVersion: event.schemaVersion
            )
            guard case .vocabularyAdded(let added) = recorded.event else { continue }
            let known = [HostEvent.self as any EventVocabulary.Type] + registry.modules.map(\.events)
            guard let vocabulary = known.first(where: { HostVocabulary(of: $0) == HostVocabulary(added) }) else {
                throw ModuleError(.notFound, "\(added.messageName) was added, but no registered module has it")
            }
            schemas.append(BlockContent.Schema(identifier: added.number, bytes: vocabulary.descriptorSet))
        }
        return schemas
    }
}

extension HostVocabulary {
    /// The dictionary's entry that an event added.
    init(_ added: HostVocabularyAdded) {
        self.init()
        messageName = added.messageName
        schemaVersion = added.schemaVersion
        descriptorHash = added.descriptorHash
    }
}
