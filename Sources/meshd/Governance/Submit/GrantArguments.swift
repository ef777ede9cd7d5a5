import ArgumentParser
import MeshHost
import ModuleKit
import StakingEvents

/// Whose grant is meant, and of which privilege.
struct GrantArguments: ParsableArguments {
    @Argument(help: "The instance's label or address.")
    var instance: String

    @Option(name: .long, help: "The privilege. (default: the only one that the instance's module needs)")
    var privilege: String?

    /// A grant that may be given, or is.
    struct Found {
        let label: String
        let privilege: String
        /// Nil where it is not given.
        let live: HostGrant?

        /// Gives the grant, or another cap.
        ///
        /// - Parameter cap: nil for no bound.
        func request(cap: Amount?) throws(CommandError) -> Request {
            let message = HostMessage.with {
                $0.grant.instance = label
                $0.grant.privilege = privilege
                $0.grant.cap = cap?.description ?? ""
            }
            return try Request(message, to: HostModule.manifest.name)
        }
    }

    /// Looks for the instance and the privilege.
    ///
    /// - Throws: `badInput` when the instance does not exist, or its module needs no privilege, not this one, or several and
    ///   none is named.
    func find(_ chain: ChainView) throws(CommandError) -> Found {
        let instance = try chain.proposedInstance(instance)
        let needed = chain.privileges(of: instance)
        let list = needed.joined(separator: ", ")
        guard let first = needed.first else {
            throw CommandError(
                .badInput,
                "\(instance.label) is an instance of \(instance.module), which needs no privilege: name an instance of another "
                    + "module, see `meshd query instances`"
            )
        }
        if let privilege, !needed.contains(privilege) {
            throw CommandError(.badInput, "\(instance.label) needs no '\(privilege.printable)': name one of \(list)")
        }
        guard privilege != nil || needed.count == 1 else {
            throw CommandError(
                .badInput,
                "\(instance.label) needs several privileges: name one with --privilege, of: \(list)"
            )
        }
        let privilege = privilege ?? first
        let live = try chain.grants().first { $0.number == instance.number && $0.privilege == privilege }
        return Found(label: instance.label, privilege: privilege, live: live)
    }

    /// Looks for a grant that is given.
    ///
    /// - Throws: `badInput`, as `find` does, and when it is not given.
    func findLive(_ chain: ChainView) throws(CommandError) -> Found {
        let found = try find(chain)
        guard found.live != nil else {
            throw CommandError(
                .badInput,
                "\(found.label) has no grant of \(found.privilege): `meshd query instances` shows all; propose one with "
                    + "`meshd gov submit authorise \(found.label)`"
            )
        }
        return found
    }
}

extension ChainView {
    /// The privileges that the module of an instance needs, by name.
    fileprivate func privileges(of instance: HostInstance) -> [String] {
        host.registry.module(instance.module)?.privileges.map(\.name).sorted() ?? []
    }

    /// All privileges that an instance of this chain needs, by name.
    var privileges: [String] {
        var all: [String] = []
        for instance in instances {
            for name in privileges(of: instance) where !all.contains(name) { all.append(name) }
        }
        return all.sorted()
    }

    /// A cap: an amount, or a coin that the chain bonds.
    ///
    /// - Throws: `badInput`.
    func cap(_ text: String) throws(CommandError) -> Amount {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
        if isPlain { return try CommandError.wrapping { try Amount(text) } }
        let coin = try CommandError.wrapping { try Coin(text) }
        let denom = try staking { $0.parameters = .init() }.parameters.bondDenom
        guard coin.denom.text == denom else {
            throw CommandError(
                .badInput,
                "the cap is in \(coin.denom), and what \(host.chainID) bonds is \(denom): give it in \(denom)"
            )
        }
        return coin.amount
    }
}
