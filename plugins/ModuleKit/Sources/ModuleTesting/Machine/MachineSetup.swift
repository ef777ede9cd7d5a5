internal import ModuleKit

/// Which modules a harness runs, in which order, with which grants.
struct MachineSetup {
    /// One module at its place.
    struct Deployment {
        let module: any ProtocolModule
        /// The module's name; with a number behind it where there are several of one name.
        let label: String
        /// The place of its vocabulary in the dictionary.
        let vocabulary: UInt32
    }

    let options: HarnessOptions
    /// The module under test, then its neighbours.
    let deployments: [Deployment]
    /// The names of modules, in the order of hooks and reactions.
    let moduleOrder: [String]
    let grants = Grants()

    /// - Throws: `unknownModule` when a configuration is meant for a neighbour that is not there.
    init(_ module: any ProtocolModule, neighbours: [any ProtocolModule], options: HarnessOptions) throws(HarnessError) {
        self.options = options
        var vocabularies: [any EventVocabulary.Type] = [HarnessEvent.self]
        var names: [String] = []
        deployments = ([module] + neighbours).map { module in
            let events = Self.events(of: module)
            let number = vocabularies.firstIndex { $0 == events } ?? vocabularies.count
            if number == vocabularies.count { vocabularies.append(events) }
            let name = type(of: module).manifest.name
            names.append(name)
            let count = names.count { $0 == name }
            return Deployment(
                module: module,
                label: count == 1 ? name : "\(name)-\(count)",
                vocabulary: UInt32(number)
            )
        }
        // The host comes first, then what others count upon: the neighbours, and last the module under test, unless a
        // neighbour requires it.
        moduleOrder = [TestHost.manifest.name] + Self.ordered((neighbours + [module]).map { type(of: $0).manifest })
        let labels = deployments.dropFirst().map(\.label)
        for label in options.neighbourConfigurations.keys.sorted() where !labels.contains(label) {
            throw HarnessError(
                .unknownModule,
                "there is a configuration for \(label), but the neighbours are \(labels.joined(separator: ", ")): name one "
                    + "of them"
            )
        }
    }

    /// What an instance is deployed with.
    func configuration(of instance: InstanceIdentity) -> JSONValue {
        guard instance.number > 1 else { return options.configuration }
        return options.neighbourConfigurations[instance.label] ?? .object(JSONObject())
    }

    private static func events(of module: some ProtocolModule) -> any EventVocabulary.Type {
        func events<Module: ProtocolModule>(_: Module) -> any EventVocabulary.Type { Module.Event.self }
        return events(module)
    }

    /// Names in the given order, but each after those that it requires; a circle is left in the given order.
    private static func ordered(_ manifests: [Manifest]) -> [String] {
        var rest: [Manifest] = []
        for manifest in manifests where !rest.contains(where: { $0.name == manifest.name }) { rest.append(manifest) }
        var names: [String] = []
        while !rest.isEmpty {
            let next = rest.firstIndex { candidate in
                !candidate.requires.contains { required in
                    required != candidate.name && rest.contains { $0.name == required }
                }
            }
            names.append(rest.remove(at: next ?? 0).name)
        }
        return names
    }
}

/// Who holds which privilege until a test decides on the grant of an instance: everybody every one, but for what is withheld.
final class Grants {
    private struct Withheld: Hashable {
        let privilege: Privilege
        let module: String
    }

    private var withheld: Set<Withheld> = []

    func isGranted(_ privilege: Privilege, to instance: InstanceIdentity) -> Bool {
        !withheld.contains(Withheld(privilege: privilege, module: instance.module))
    }

    func withhold(_ privilege: Privilege, from module: String) {
        withheld.insert(Withheld(privilege: privilege, module: module))
    }

    func grant(_ privilege: Privilege, to module: String) {
        withheld.remove(Withheld(privilege: privilege, module: module))
    }
}
