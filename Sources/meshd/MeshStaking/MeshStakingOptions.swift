import ArgumentParser
import MeshHost

/// Which vault is meant.
struct VaultOptions: ParsableArguments {
    @Option(name: .customLong("vault"), help: "The vault's label or address. (default: the only one of this chain)")
    var reference: String?

    /// The label of the vault.
    func label(_ chain: ChainView) throws(CommandError) -> String {
        try chain.label(of: .vault, named: reference)
    }
}

/// Which pairing is meant, by its end on the provider.
struct ExternalStakingOptions: ParsableArguments {
    @Option(
        name: .customLong("external-staking"),
        help: "The label or address of the External Staking for the other chain. (default: the only one of this chain)"
    )
    var reference: String?

    /// The label of the External Staking.
    func label(_ chain: ChainView) throws(CommandError) -> String {
        try chain.label(of: .externalStaking, named: reference)
    }
}

/// A module of mesh staking of which a chain may have several instances, as users name it.
struct MeshModule: Sendable {
    /// The name in the manifest.
    let module: String
    /// What people call an instance of it.
    let title: String
    /// The option that names one.
    let option: String

    static let vault = MeshModule(module: "vault", title: "vault", option: "--vault")
    static let externalStaking = MeshModule(
        module: "external-staking",
        title: "External Staking",
        option: "--external-staking"
    )
    static let converter = MeshModule(module: "converter", title: "Converter", option: "--converter")
}

extension ChainView {
    /// The instances of a module, by number.
    func labels(of module: MeshModule) -> [String] {
        instances.filter { $0.module == module.module }.map(\.label)
    }

    /// The label of the instance that is meant: the named one, or the only one of its module.
    ///
    /// An instance is never guessed among several, because anyone may deploy one.
    ///
    /// - Throws: `badInput` when there is none, when there are several and none is named, or none of the name.
    func label(of module: MeshModule, named reference: String?) throws(CommandError) -> String {
        let labels = labels(of: module)
        let list = labels.joined(separator: ", ")
        guard let first = labels.first else {
            throw CommandError(
                .badInput,
                "\(host.chainID) has no \(module.title): see `meshd query instances`, or name another home with --home"
            )
        }
        guard let reference else {
            guard labels.count == 1 else {
                throw CommandError(
                    .badInput,
                    "\(host.chainID) has several instances of \(module.module): name one with \(module.option), of: \(list)"
                )
            }
            return first
        }
        if labels.contains(reference) { return reference }
        guard let named = try? instance(reference), named.module == module.module else {
            throw CommandError(
                .badInput,
                "'\(reference.printable)' is no \(module.title) of \(host.chainID): name one of: \(list)"
            )
        }
        return named.label
    }
}
