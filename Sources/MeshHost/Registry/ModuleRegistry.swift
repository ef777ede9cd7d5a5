public import ModuleKit

/// The modules that a host knows, in their declared order.
///
/// The order decides in which sequence reactions and hooks run, so it is part of consensus: the hash of the set stands
/// in every header.
public struct ModuleRegistry: Sendable {
    /// The modules; several versions of one may stand side by side.
    public let modules: [RegisteredModule]
    /// Bounds on transactions and blocks; part of the set, because every node of a chain has to agree on them.
    public let limits: TransactionLimits

    /// Declares and checks a module set.
    ///
    /// - Throws: `invalidModuleSet` for a bad or reserved name, a version given twice, a required module that does not
    ///   stand before, event kinds or collections that share a number, descriptors that say something else of the events than
    ///   the code does, two modules with published collections, two that are a chain's authority, two that take fees.
    public init(_ modules: any ProtocolModule..., limits: TransactionLimits = TransactionLimits()) throws(HostError) {
        try self.init(modules.map { Self.register($0) }, limits: limits)
    }

    /// Declares and checks a module set.
    public init(_ modules: [RegisteredModule], limits: TransactionLimits = TransactionLimits()) throws(HostError) {
        self.modules = modules
        self.limits = limits
        var seen: [CodeKey] = []
        for module in modules {
            try Self.checkName(module.manifest)
            let key = CodeKey(module.manifest.name, module.manifest.version)
            guard !seen.contains(key) else {
                throw Self.invalid("\(key) is registered twice: leave one out")
            }
            for required in module.manifest.requires where !seen.contains(where: { $0.name == required }) {
                throw Self.invalid("\(module.manifest.name) needs \(required) to be registered before it")
            }
            try Self.checkNumbers(module)
            try Self.checkVocabulary(of: module.manifest.name, module.events.kinds, module.events)
            seen.append(key)
        }
        try Self.checkPublishing(modules)
        try Self.checkAuthority(modules)
        try Self.checkFees(modules)
    }

    private static func register(_ module: some ProtocolModule) -> RegisteredModule { RegisteredModule(module) }

    /// The names in order, each once, the host's own first.
    var order: [String] {
        var names = [HostModule.manifest.name]
        for module in modules where !names.contains(module.manifest.name) { names.append(module.manifest.name) }
        return names
    }

    /// The modules of which a chain has an instance when its genesis names none, each in its highest version, in order.
    public var standardModules: [RegisteredModule] {
        order.compactMap { module($0) }.filter(\.manifest.isStandard)
    }

    /// The name of the module whose instance is a chain's authority unless the genesis says otherwise; nil when none is.
    var authorityModule: String? { modules.first(where: \.manifest.isAuthority)?.manifest.name }

    /// The name of the module whose first instance takes fees; nil when none does.
    var feeModule: String? { modules.first(where: \.manifest.takesFees)?.manifest.name }

    /// A module's code by name, the highest version of it, or exactly the one given.
    public func module(_ name: String, version: Version? = nil) -> RegisteredModule? {
        modules.filter { $0.manifest.name == name && (version == nil || $0.manifest.version == version) }
            .max { $0.manifest.version < $1.manifest.version }
    }

    /// Whether any registered version of a module has published collections.
    func isPublishing(_ name: String) -> Bool { modules.contains { $0.manifest.name == name && $0.isPublishing } }

    /// SHA-256 over the identities of all modules, in order, and the limits.
    public var hash: [UInt8] {
        var hasher = FieldHasher(domain: "mesh-host/module-set/1")
        hasher.add(UInt64(modules.count))
        for module in modules { hasher.add(module.identity.interfaceHash) }
        for limit in limits.all { hasher.add(limit) }
        return hasher.finish()
    }

    static func invalid(_ message: String) -> HostError { HostError(.invalidModuleSet, message) }

    private static func checkName(_ manifest: Manifest) throws(HostError) {
        guard InstanceLabel.isValid(manifest.name), manifest.name != HostModule.manifest.name else {
            throw invalid(
                "'\(manifest.name)' can't name a module: use 2 to 64 lower-case letters, digits and hyphens, "
                    + "and not '\(HostModule.manifest.name)'"
            )
        }
        guard manifest.version > Version(0, 0, 0) else {
            throw invalid("\(manifest.name) has no version: write it as major.minor.patch, above 0.0.0")
        }
    }

    /// Published entries of two modules would stand under the same paths.
    private static func checkPublishing(_ modules: [RegisteredModule]) throws(HostError) {
        let publishing = modules.filter(\.isPublishing).map(\.manifest.name)
        guard let first = publishing.first, let second = publishing.first(where: { $0 != first }) else { return }
        throw invalid(
            "\(first) and \(second) both declare published collections (numbers \(PublishedCollections.numbers.lowerBound) "
                + "to \(PublishedCollections.numbers.upperBound)), whose entries would stand under the same paths: leave one "
                + "out, or number its collections lower"
        )
    }

    /// One chain has one authority.
    private static func checkAuthority(_ modules: [RegisteredModule]) throws(HostError) {
        let names = modules.filter(\.manifest.isAuthority).map(\.manifest.name)
        guard let first = names.first, let second = names.first(where: { $0 != first }) else { return }
        throw invalid("\(first) and \(second) both are a chain's authority: leave one out")
    }

    /// A fee is paid once.
    private static func checkFees(_ modules: [RegisteredModule]) throws(HostError) {
        let names = modules.filter(\.manifest.takesFees).map(\.manifest.name)
        guard let first = names.first, let second = names.first(where: { $0 != first }) else { return }
        throw invalid("\(first) and \(second) both take fees: leave one out")
    }

    private static func checkNumbers(_ module: RegisteredModule) throws(HostError) {
        let name = module.manifest.name
        let kinds = module.events.kinds
        for (first, second) in zip(kinds, kinds.dropFirst()) where first.number >= second.number {
            throw invalid("\(name) lists its event kinds out of order: \(first.name) stands before \(second.name)")
        }
        for (index, collection) in module.collections.enumerated() {
            for other in module.collections[..<index]
            where other.number == collection.number || other.name == collection.name {
                throw invalid("\(name) has two collections alike: \(other.name) and \(collection.name)")
            }
        }
    }
}

/// A module's name and version.
struct CodeKey: Hashable, CustomStringConvertible {
    let name: String
    let version: Version

    init(_ name: String, _ version: Version) {
        self.name = name
        self.version = version
    }

    var description: String { "\(name) \(version)" }
}

/// The rule for labels of instances and names of modules.
enum InstanceLabel {
    /// Lower-case letters, digits and hyphens, 2 to 64, a letter first, and no hyphen last.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (2...64).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte) }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        return isLetter(first) && last != 0x2D && bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D }
    }
}
