import MeshHost
import MeshSandbox
import ModuleKit

/// The due diligence of a pairing: what both ends show, held against each other and against this program.
///
/// Pure: the same two reports and the same modules give the same points.
struct PairingVerification {
    let provider: EndReport
    let consumer: EndReport
    /// The code that this program has, by module and version.
    let registry: ModuleRegistry

    /// All points, from the outside in: how the ends find each other, who has power over them, and on what terms.
    func points() throws(CommandError) -> [PairingPoint] {
        [
            endpoints(provider, consumer), endpoints(consumer, provider), connection, follows(provider, consumer),
            follows(consumer, provider), channel, version, pair,
        ] + [provider, consumer].map(admins) + [grant] + terms + [price] + (try [provider, consumer].map(code))
    }

    /// An end looks where the other end is.
    private func endpoints(_ near: EndReport, _ far: EndReport) -> PairingPoint {
        let wanted = (far.connection?.farConnection ?? "", far.end.port)
        var troubles: [String] = []
        if near.end.remoteConnection.isEmpty {
            troubles.append(
                "\(near.end.label) knows no other end yet: the deployer sets remote_endpoint, see `meshd pairing plan`"
            )
        } else {
            if near.end.remotePort != wanted.1 {
                troubles.append(
                    "it looks for \(near.end.remotePort), and \(far.end.label) owns \(wanted.1): deploy one that does not"
                )
            }
            if near.end.remoteConnection != wanted.0 {
                troubles.append(
                    "it looks over \(near.end.remoteConnection), and \(far.end.label) is behind "
                        + (wanted.0.isEmpty ? "no connection" : wanted.0)
                )
            }
        }
        return PairingPoint(
            "\(near.side.rawValue)_endpoint",
            "the \(near.side.rawValue)'s end looks for the other end",
            troubles: troubles,
            else: "\(near.end.remotePort) over \(near.end.remoteConnection)"
        )
    }

    private var connection: PairingPoint {
        var troubles: [String] = []
        for (near, far) in [(provider, consumer), (consumer, provider)] {
            guard let ours = near.connection, let theirs = far.connection else {
                troubles.append("\(near.chain.chainID) or \(far.chain.chainID) has no such connection")
                break
            }
            if !ours.isOpen { troubles.append("\(ours.id) of \(near.chain.chainID) is not open") }
            if ours.farConnection != theirs.id || ours.farClient != theirs.client {
                troubles.append(
                    "\(ours.id) of \(near.chain.chainID) leads to \(ours.farConnection) over \(ours.farClient), and not to "
                        + "\(theirs.id) over \(theirs.client)"
                )
            }
        }
        return PairingPoint(
            "connection",
            "the connection is one, and open",
            troubles: troubles,
            else: "\(provider.connection?.id ?? "") and \(consumer.connection?.id ?? "")"
        )
    }

    /// A chain's client follows the other chain, and can be relied upon.
    private func follows(_ near: EndReport, _ far: EndReport) -> PairingPoint {
        let (name, title) = ("\(near.side.rawValue)_client", "the \(near.side.rawValue) follows the other chain")
        guard let client = near.client else {
            return PairingPoint(name, title, .no, "there is no client: a relayer opens a connection first")
        }
        var troubles: [String] = []
        if client.chainID != far.chain.chainID {
            troubles.append("\(client.id) follows \(client.chainID), and not \(far.chain.chainID)")
        }
        if client.status != "active" {
            troubles.append("\(client.id) is \(client.status): nothing can be proven to it")
        }
        if client.trustingPeriod >= far.chain.unbondingTime {
            troubles.append(
                "\(client.id) trusts headers for \(client.trustingPeriod.inWords), and \(far.chain.chainID) can punish who signed "
                    + "them only for \(far.chain.unbondingTime.inWords): it has to be less"
            )
        }
        if client.unbondingPeriod != far.chain.unbondingTime {
            troubles.append(
                "\(client.id) takes \(client.unbondingPeriod.inWords) for the unbonding time of \(far.chain.chainID), which is "
                    + "\(far.chain.unbondingTime.inWords)"
            )
        }
        return PairingPoint(
            name,
            title,
            troubles: troubles,
            else:
                "\(client.id), active, trusts headers for \(client.trustingPeriod.inWords) of \(far.chain.unbondingTime.inWords)"
        )
    }

    /// Every instance of a side runs code that this program has, byte for byte in all that others can see of it.
    private func code(_ report: EndReport) throws(CommandError) -> PairingPoint {
        var (troubles, found): ([String], [String]) = ([], [])
        for role in PairingRole.all(on: report.side) {
            guard let instance = report.instance(role) else {
                troubles.append("there is no \(role.title)")
                continue
            }
            let version = try CommandError.wrapping { try Version(instance.version) }
            guard instance.module == role.module, let known = registry.module(instance.module, version: version) else {
                troubles.append(
                    "\(instance.label) runs \(instance.module) \(instance.version), which this program does not have as a "
                        + role.title
                )
                continue
            }
            guard known.identity.interfaceHash.hexText == instance.interfaceHash else {
                troubles.append(
                    "\(instance.label) runs a \(instance.module) \(instance.version) with another interface than this program's"
                )
                continue
            }
            found.append("\(instance.module) \(instance.version)")
        }
        return PairingPoint(
            "\(report.side.rawValue)_code",
            "the \(report.side.rawValue) runs known code",
            troubles: troubles,
            else: found.joined(separator: ", ")
        )
    }
}
