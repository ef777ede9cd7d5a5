internal import Crypto
internal import Foundation
@_spi(Host) import ModuleKit

internal import enum Storage.StateKey

/// Deploying, changing and finding instances.
extension HostModule {
    func deploy(_ request: HostDeploy, _ context: Context) throws(ModuleError) {
        let creator = try context.requireSender()
        let admin = request.admin.isEmpty ? "" : try checkedAccount(request.admin, context)
        let configuration = try JSONValue(parsing: request.configuration.isEmpty ? "{}" : request.configuration)
        try deploy(
            module: request.module,
            label: request.label,
            configuration: configuration,
            admin: admin,
            creator: creator,
            context
        )
    }

    /// Records the deployment and hands the new instance its configuration.
    func deploy(
        module name: String,
        label: String,
        configuration: JSONValue,
        admin: String,
        creator: Address?,
        _ context: Context
    ) throws(ModuleError) {
        guard InstanceLabel.isValid(label), label != Self.manifest.name else {
            throw ModuleError(
                .invalidLabel,
                "'\(label)' is no label: use 2 to 64 lower-case letters, digits and hyphens, a letter first"
            )
        }
        // An address names one instance alone, and a label must not take its place.
        guard (try? Address(bech32: label)) == nil else {
            throw ModuleError(.invalidLabel, "'\(label)' reads like an address: choose another label")
        }
        guard try !labels.contains(label, in: context) else {
            throw ModuleError(.invalidLabel, "the label '\(label)' is taken: choose another")
        }
        guard let code = registry.module(name) else { throw unknownModule(name) }
        try requireAlone(name, context)
        try context.charge(Self.deploymentWork)
        let vocabulary = try vocabularyNumber(of: code, context)
        let number = try nextNumber(context)
        let deployed = try context.emit(
            .with {
                $0.instanceDeployed = .with {
                    $0.number = number
                    $0.label = label
                    $0.module = name
                    $0.version = code.manifest.version.description
                    $0.configuration = configuration.text()
                    $0.admin = admin
                    $0.creator = creator.map { context.addresses.format($0, as: .account) } ?? ""
                    $0.address = Self.instanceAddress(chainID: context.block.chainID, number: number)
                    $0.vocabulary = vocabulary
                    $0.height = context.block.height
                }
            }
        )
        let execution = context.execution
        try execution.instance(number)
            .run(.configure(configuration, sender: creator), execution, cause: deployed.sequence)
    }

    /// What a deployment costs. Every instance is called at the start and the end of each block from then on, so a block must
    /// not hold many deployments.
    private static let deploymentWork: UInt64 = 1_000_000

    func reconfigure(_ request: HostReconfigure, _ context: Context) throws(ModuleError) {
        let instance = try administered(request.instance, context)
        let configuration = try JSONValue(parsing: request.configuration.isEmpty ? "{}" : request.configuration)
        let reconfigured = try context.emit(
            .with {
                $0.instanceReconfigured = .with {
                    $0.number = instance.number
                    $0.configuration = configuration.text()
                }
            }
        )
        let execution = context.execution
        try execution.instance(instance.number)
            .run(.configure(configuration, sender: context.sender), execution, cause: reconfigured.sequence)
    }

    func setAdmin(_ reference: String, to admin: String, _ context: Context) throws(ModuleError) {
        let instance = try administered(reference, context)
        let admin = try checkedAccount(admin, context)
        try emitAdmin(admin, of: instance, context)
    }

    /// Leaves the instance without an admin, for good.
    func clearAdmin(_ reference: String, _ context: Context) throws(ModuleError) {
        try emitAdmin("", of: try administered(reference, context), context)
    }

    /// The number of the instance with a label or an address.
    func number(of reference: String, in state: some StateReading) throws(ModuleError) -> UInt32 {
        if reference == Self.manifest.name { return Self.instanceNumber }
        if let address = try? Address(bech32: reference), let number = try addresses.value(for: address, in: state) {
            return number
        }
        if InstanceLabel.isValid(reference), let number = try labels.value(for: reference, in: state) { return number }
        throw ModuleError(
            .unknownInstance,
            "no instance is called '\(reference)': use the label or the address of a deployed instance"
        )
    }

    /// What is recorded of an instance.
    func record(_ number: UInt32, in state: some StateReading) throws(ModuleError) -> HostInstance {
        guard let instance = try instances.value(for: number, in: state) else {
            throw ModuleError(.unknownInstance, "no instance has the number \(number)")
        }
        return instance
    }

    /// The admin of an instance; nil when it has none, as the host itself.
    func admin(of number: UInt32, in state: some StateReading) throws(ModuleError) -> Address? {
        guard number != Self.instanceNumber else { return nil }
        let admin = try record(number, in: state).admin
        return admin.isEmpty ? nil : try Address(bech32: admin)
    }

    /// The dictionary's number for a module's event vocabulary; a new entry when it has none yet.
    func vocabularyNumber(of code: RegisteredModule, _ context: Context) throws(ModuleError) -> UInt32 {
        let entry = HostVocabulary(of: code.events)
        var next: UInt32 = 0
        var known: UInt32?
        try vocabularies.forEach(in: context) { (number, other) throws(ModuleError) in
            if other == entry { known = number }
            next = number + 1
            return known == nil
        }
        if let known { return known }
        try context.emit(
            .with {
                $0.vocabularyAdded = .with {
                    $0.number = next
                    $0.messageName = entry.messageName
                    $0.schemaVersion = entry.schemaVersion
                    $0.descriptorHash = entry.descriptorHash
                }
            }
        )
        return next
    }

    func unknownModule(_ name: String) -> ModuleError {
        let known = registry.modules.map { "\($0.manifest.name) \($0.manifest.version)" }.joined(separator: ", ")
        return ModuleError(.unknownModule, "no module '\(name)' is registered here; there are: \(known)")
    }

    /// Makes sure that a module with published collections has no other instance: both would write the same paths.
    ///
    /// A version with such collections may come after several instances of one without; so migrations ask, too.
    func requireAlone(_ module: String, besides number: UInt32? = nil, _ context: Context) throws(ModuleError) {
        guard registry.isPublishing(module) else { return }
        let other = context.execution.installedInstances.first {
            $0.identity.module == module && $0.identity.number != number
        }
        guard let other else { return }
        throw ModuleError(
            .alreadyExists,
            "\(module) runs as \(other.identity.label) and can't run a second time, because what it proves to other chains "
                + "stands under paths that know of one instance only: use \(other.identity.label)"
        )
    }

    private func nextNumber(_ context: Context) throws(ModuleError) -> UInt32 {
        let last = try instances.entries(in: context, reversed: true, limit: 1).first?.key
        let number = last ?? Self.instanceNumber
        guard number < Storage.StateKey.maximumInstance else {
            throw ModuleError(.limitExceeded, "this chain can number no more instances: use one that is there")
        }
        return number + 1
    }

    func administered(_ reference: String, _ context: Context) throws(ModuleError) -> HostInstance {
        let sender = context.addresses.format(try context.requireSender(), as: .account)
        let number = try number(of: reference, in: context)
        guard number != Self.instanceNumber else {
            throw ModuleError(.notAdmin, "the host itself has no admin and can't be changed by a transaction")
        }
        let instance = try record(number, in: context)
        guard instance.admin == sender else {
            let admin = instance.admin.isEmpty ? "nobody, for good" : instance.admin
            throw ModuleError(.notAdmin, "\(instance.label) can only be changed by its admin: \(admin)")
        }
        return instance
    }

    private func emitAdmin(_ admin: String, of instance: HostInstance, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.adminChanged = .with {
                    $0.number = instance.number
                    $0.admin = admin
                }
            }
        )
    }

    /// The address of an account, or of the instance with a label: who is to have a say.
    func checkedAccount(_ reference: String, _ context: Context) throws(ModuleError) -> String {
        if let instance = context.instance(named: reference), instance.number != Self.instanceNumber {
            return context.addresses.format(instance.address, as: .account)
        }
        return context.addresses.format(try context.addresses.parse(reference, as: .account), as: .account)
    }

    /// The first 20 bytes of SHA-256 over a domain, the chain and the number.
    static func instanceAddress(chainID: String, number: UInt32) -> Data {
        var hasher = FieldHasher(domain: "mesh-host/instance-address/1")
        hasher.add(chainID)
        hasher.add(UInt64(number))
        return Data(hasher.finish().prefix(20))
    }
}

extension HostVocabulary {
    /// The dictionary's entry for a vocabulary.
    init(of vocabulary: any EventVocabulary.Type) {
        self.init()
        messageName = vocabulary.protoMessageName
        schemaVersion = vocabulary.schemaVersion
        descriptorHash = Data(SHA256.hash(data: vocabulary.descriptorSet))
    }
}
